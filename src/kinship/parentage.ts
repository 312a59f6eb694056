import type { AlleleLabel } from './allele.ts';
import { KinshipError } from './error.ts';
import type { LocusModel } from './locus-model.ts';
import { OTHER_PARENT } from './parent-role.ts';
import {
  combinePassOn,
  indexIn,
  type OtherParent,
  type PassOn,
  passOnPopulation,
  passOnTyped,
  passOnUntyped,
  type TypedParent,
  viewPassOn,
} from './pass-on.ts';
import type { AllelePair } from './profile.ts';
import { drawGenotype, meanOverDraw, type Urn } from './theta.ts';

/** One typed parent, or both. */
export type TypedParents = readonly [TypedParent] | readonly [TypedParent, TypedParent];

/** Likelihoods of the child's genotype given the parents' (H1) and as an unrelated person (H2). */
export type ParentageLikelihoods = { readonly numerator: number; readonly denominator: number };

/**
 * Closed form for one child and one or two typed parents at one locus: the fast path of the
 * hypotheses «these are the parents» against «all unrelated». The parents' own likelihood stands
 * on both sides and cancels. All founder alleles are drawn from one urn, under H2 too.
 * @param otherParent of one typed parent: whether the other is typed `nowhere`, or `elsewhere`, at
 *   other loci only
 * @throws KinshipError PARAMETER_INVALID for theta together with silent alleles or drop-out
 */
export function parentageLikelihoods(
  model: LocusModel,
  child: AllelePair,
  parents: TypedParents,
  otherParent: OtherParent = 'nowhere',
): ParentageLikelihoods {
  const genotypes = parents.map(({ genotype }) => genotype);
  return {
    numerator: childLikelihood(model, child, parents, [], otherParent),
    denominator: childLikelihood(model, child, [], genotypes),
  };
}

/**
 * P(the child's genotype | genotypes of its typed parents and of typed people unrelated to it): what
 * both parents pass on, combined; without typed parents the child is a founder itself and draws
 * both alleles. With theta everybody draws from one urn. See docs/math/parentage.md and theta.md.
 * @param others whose founder alleles count as drawn; without theta they change nothing
 * @throws KinshipError PARAMETER_INVALID for theta together with silent alleles or drop-out
 */
export function childLikelihood(
  model: LocusModel,
  child: AllelePair,
  parents: readonly [] | TypedParents,
  others: readonly AllelePair[] = [],
  otherParent: OtherParent = 'nowhere',
): number {
  if (model.theta > 0) return drawnLikelihood(model, child, parents, others, otherParent);
  const [first, second] = parents;
  if (!first) {
    const drawn = passOnPopulation(model, child);
    return combinePassOn(model, child, drawn, drawn);
  }
  const byFirst = passOnTyped(model, child, first);
  const bySecond = second
    ? passOnTyped(model, child, second)
    : passOnUntyped(model, child, OTHER_PARENT[first.role], otherParent);
  return combinePassOn(model, child, byFirst, bySecond);
}

/** The same with theta: an untyped parent's allele is the next from the urn. */
function drawnLikelihood(
  model: LocusModel,
  child: AllelePair,
  parents: readonly [] | TypedParents,
  others: readonly AllelePair[],
  otherParent: OtherParent,
): number {
  checkClosedForm(model.theta, model.silentFrequency > 0 || model.dropOut > 0);
  const typed = [...parents.map(({ genotype }) => genotype), ...others];
  const urn: Urn = {
    theta: model.theta,
    drawn: typed.flat().map((allele) => indexIn(model, allele)),
  };
  const [first, second] = parents;
  if (!first) {
    const [c1, c2] = [indexIn(model, child[0]), indexIn(model, child[1])];
    return drawGenotype(urn, model.table.frequencies, c1, c2);
  }
  const byFirst = passOnTyped(model, child, first);
  if (second) return combinePassOn(model, child, byFirst, passOnTyped(model, child, second));
  const { untyped, untypedHere } = model.transmission[OTHER_PARENT[first.role]];
  const { matrix, fromPopulation } = otherParent === 'elsewhere' ? untypedHere : untyped;
  const bySecond: PassOn = viewPassOn(
    model,
    child,
    (allele) =>
      meanOverDraw(
        urn,
        fromPopulation[allele]!,
        (copied) => matrix.values[copied * matrix.size + allele]!,
      ),
    0,
  );
  return combinePassOn(model, child, byFirst, bySecond);
}

/**
 * Whether the closed form reaches a model: alleles that nobody saw have no place in the urn of theta.
 * @throws KinshipError PARAMETER_INVALID
 */
export function checkClosedForm(theta: number, hidesAlleles: boolean): void {
  if (theta === 0 || !hidesAlleles) return;
  throw new KinshipError(
    'PARAMETER_INVALID',
    `the closed form of parentage does not reach theta ${theta} together with silent alleles or ` +
      'drop-out; use theta 0, or the calculation for any pedigree',
  );
}

/**
 * Whether the genotypes fit together without mutation, silent allele or drop-out. An untyped parent
 * fits always.
 * A locus that does not fit is counted as inconsistent; it is no exclusion by itself.
 */
export function isMendelian(child: AllelePair, parents: TypedParents): boolean {
  const [first, second] = parents;
  const [c1, c2] = child;
  const gives = (parent: TypedParent | undefined, allele: AlleleLabel): boolean =>
    parent?.genotype.includes(allele) ?? true;
  return (gives(first, c1) && gives(second, c2)) || (gives(first, c2) && gives(second, c1));
}
