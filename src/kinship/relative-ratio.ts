import { seeGenotype } from './allele-joint.ts';
import type { LocusModel } from './locus-model.ts';
import { childLikelihood, type ParentageLikelihoods } from './parentage.ts';
import { combinePassOn, passOnUntyped } from './pass-on.ts';
import type { AllelePair } from './profile.ts';
import { jointOf, pairLikelihood, type SingleRelation } from './relative-joint.ts';

/**
 * P(what is seen of the child and of one relative) if they are so related, and if the child is
 * unrelated to the relative's family. Theta 0, in closed form: docs/math/relatives.md.
 */
export function relativeLikelihoods(
  model: LocusModel,
  relation: SingleRelation,
  child: AllelePair,
  relative: AllelePair,
): ParentageLikelihoods {
  const joint = jointOf(model, relation);
  return {
    numerator: pairLikelihood(joint, seeGenotype(model, child), seeGenotype(model, relative)),
    denominator: childLikelihood(model, child, []) * memberLikelihood(model, relation, relative),
  };
}

/**
 * The LR of every genotype of a child with every genotype of one relative, for those who compare
 * many: the same numbers, without reading the genotypes each time.
 * @returns row-major, rows are the child's, in the order of `genotypes`
 * @throws RangeError for theta above 0, which has no closed form, and for an allele that the model
 *   was made without
 */
export function tabulateRelative(
  model: LocusModel,
  relation: SingleRelation,
  genotypes: readonly AllelePair[],
): Float64Array {
  if (model.theta > 0) throw new RangeError('relatives are tabulated for theta 0');
  const joint = jointOf(model, relation);
  const seen = genotypes.map((pair) => seeGenotype(model, pair));
  const strangers = genotypes.map((pair) => childLikelihood(model, pair, []));
  const members = genotypes.map((pair) => memberLikelihood(model, relation, pair));
  const ratios = new Float64Array(genotypes.length ** 2);
  let at = 0;
  seen.forEach((child, row) => {
    seen.forEach((relative, column) => {
      const related = pairLikelihood(joint, child, relative);
      ratios[at++] = related / (strangers[row]! * members[column]!);
    });
  });
  return ratios;
}

/**
 * P(a relative's genotype | unrelated to the child): two alleles drawn of a grandparent, else the
 * child of two untyped parents.
 */
function memberLikelihood(model: LocusModel, relation: SingleRelation, pair: AllelePair): number {
  if (relation === 'identical' || relation.includes('-grand'))
    return childLikelihood(model, pair, []);
  const [father, mother] = (['father', 'mother'] as const).map((role) =>
    passOnUntyped(model, pair, role, 'nowhere'),
  );
  return combinePassOn(model, pair, father!, mother!);
}
