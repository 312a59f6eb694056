import { type AllegedParent, typedLoci } from './comparison.ts';
import { SEX_OF_PARENT } from './hypothesis.ts';
import { comparePedigrees, type PedigreeQuestion } from './hypothesis-comparison.ts';
import { combineLoci, type LikelihoodRatio, likelihoodRatio } from './likelihood-ratio.ts';
import type { LocusModel, LocusModels } from './locus-model.ts';
import { observeGenotype } from './locus-observation.ts';
import { childLikelihood, isMendelian, parentageLikelihoods } from './parentage.ts';
import type { ParentRole } from './parent-role.ts';
import { type AllelePair, type Profile, readGenotype } from './profile.ts';
import { relationshipHypothesis, unrelatedHypothesis } from './relationship.ts';
import { seeGenotype } from './allele-joint.ts';
import { jointOf, pairLikelihood } from './relative-joint.ts';

/** What an alleged parent may be to the child instead; the first is what is alleged. */
export const RIVAL_RELATIONSHIPS = [
  'parent-child',
  'full-siblings',
  'paternal-half-siblings',
  'avuncular',
  'identical',
] as const;
export type RivalRelationship = (typeof RIVAL_RELATIONSHIPS)[number];

/** How well one relationship explains two profiles. */
export type Rival = {
  readonly relationship: RivalRelationship;
  /** Against «unrelated», over the loci that both share. */
  readonly lr: LikelihoodRatio;
  /** Number of loci that do not fit it without mutation, silent allele or drop-out. */
  readonly lociInconsistent: number;
};

/** A locus that both share. */
type RivalLocus = {
  readonly model: LocusModel;
  readonly child: AllelePair;
  readonly parent: AllelePair;
};

/**
 * The likelihood ratios of each rival relationship between a child and one alleged parent. Close
 * relatives reach a high LR as parent and child: a full sibling often, an uncle now and then. Half
 * siblings are those by the father, an uncle or aunt a sibling of the father's; up to mutation both
 * are what a grandparent is. At theta 0 in closed form, else by the calculation for any pedigree.
 * @throws KinshipError when the parameters do not fit the table
 */
export function compareRivals(
  models: LocusModels,
  child: Profile,
  { role, profile }: AllegedParent,
): Rival[] {
  const loci = shareLoci(models, child, profile);
  const lrs =
    models.theta === 0 ? weighClosed(loci, role) : weighPedigrees(loci, role, models.untypedParent);
  return RIVAL_RELATIONSHIPS.map((relationship, place) => ({
    relationship,
    lr: lrs[place]!,
    lociInconsistent: loci.filter((one) => !fits(relationship, one)).length,
  }));
}

const RELATION_OF = {
  'full-siblings': 'sibling',
  'paternal-half-siblings': 'paternal-half-sibling',
  avuncular: 'paternal-uncle',
  identical: 'identical',
} as const;

function weighClosed(loci: readonly RivalLocus[], role: ParentRole): LikelihoodRatio[] {
  const read = loci.map(({ model, child, parent }) => ({
    model,
    child: seeGenotype(model, child),
    parent: seeGenotype(model, parent),
    unrelated: childLikelihood(model, child, []) * childLikelihood(model, parent, []),
  }));
  return RIVAL_RELATIONSHIPS.map((relationship) => {
    if (relationship === 'parent-child') return combineLoci(loci.map((one) => weighParent(one, role))); // prettier-ignore
    const relation = RELATION_OF[relationship];
    return combineLoci(
      read.map(({ model, child, parent, unrelated }) =>
        likelihoodRatio(pairLikelihood(jointOf(model, relation), child, parent), unrelated),
      ),
    );
  });
}

function weighParent({ model, child, parent }: RivalLocus, role: ParentRole): LikelihoodRatio {
  const duo = parentageLikelihoods(model, child, [{ role, genotype: parent }]);
  return likelihoodRatio(duo.numerator, duo.denominator);
}

function weighPedigrees(
  loci: readonly RivalLocus[],
  role: ParentRole,
  untypedParent: PedigreeQuestion['untypedParent'],
): LikelihoodRatio[] {
  const related = RIVAL_RELATIONSHIPS.map((relationship) =>
    relationshipHypothesis(relationship, 'parent', 'child', SEX_OF_PARENT[role]),
  );
  const { lrs } = comparePedigrees(
    {
      hypotheses: [...related, unrelatedHypothesis('parent', 'child')],
      typed: new Set(['parent', 'child']),
      theta: loci[0]?.model.theta ?? 0,
      untypedParent,
    },
    loci.map(({ model, child, parent }) => ({
      name: model.table.locus,
      model: model.alleles,
      observations: new Map([
        ['child', [observeGenotype(model, child)]],
        ['parent', [observeGenotype(model, parent)]],
      ]),
    })),
  );
  return lrs.slice(0, related.length);
}

/** Siblings and the like fit whatever the two show: a parent of theirs may have had any alleles. */
function fits(relationship: RivalRelationship, { child, parent }: RivalLocus): boolean {
  if (relationship === 'parent-child') return isMendelian(child, [{ role: 'parent', genotype: parent }]); // prettier-ignore
  if (relationship !== 'identical') return true;
  return child.every((allele) => parent.includes(allele)) && parent.every((allele) => child.includes(allele)); // prettier-ignore
}

/** The loci where both have a genotype that can be used, in a fixed order. */
function shareLoci(models: LocusModels, child: Profile, parent: Profile): RivalLocus[] {
  return typedLoci([child, parent]).flatMap((locus) => {
    const [ofChild, ofParent] = [child.get(locus), parent.get(locus)].map(
      (genotype) => genotype && readGenotype(genotype),
    );
    if (typeof ofChild !== 'object' || typeof ofParent !== 'object') return [];
    const model = models.for(locus, [...ofChild, ...ofParent]);
    return model ? [{ model, child: ofChild, parent: ofParent }] : [];
  });
}
