import {
  type AllelePair,
  type AlleleLabel,
  FamilyRatios,
  LOCI,
  type Locus,
  type LocusModels,
  parentageLikelihoods,
  type ParentRole,
  readGenotype,
  type TypedParent,
} from '../kinship/index.ts';
import type { Alternative } from './alternative.ts';
import type { Family } from './family.ts';

/** The LR of one locus between a family and a child of any genotype; null where nothing is known. */
export type FamilyLocus = {
  readonly number: number;
  /** Alleles that the family shows. */
  readonly shown: readonly AlleleLabel[];
  readonly lrOf: (child: AllelePair) => number;
};

/** What an alternative says at each locus, the family being fixed. */
export function lociOf(
  models: LocusModels,
  family: Family,
  { kind, members }: Alternative,
): FamilyLocus[] {
  const chosen = members.map((place) => family[place]!);
  const ratios = kind === 'relatives' ? new FamilyRatios(models, chosen) : null;
  return LOCI.flatMap((locus, number): FamilyLocus[] => {
    const typed = chosen.flatMap(({ relation, profile }) => {
      const genotype = profile.get(locus);
      const pair = genotype && readGenotype(genotype);
      return typeof pair === 'object' ? [{ role: relation as ParentRole, genotype: pair }] : [];
    });
    if (typed.length === 0 || !models.for(locus, [])) return [];
    const shown = typed.flatMap(({ genotype }) => genotype);
    const lrOf = ratios
      ? (child: AllelePair) => ratios.at(locus, child) ?? 1
      : parentage(models, locus, typed, shown, members.length);
    return [{ number, shown, lrOf }];
  });
}

function parentage(
  models: LocusModels,
  locus: Locus,
  typed: readonly TypedParent[],
  shown: readonly AlleleLabel[],
  parents: number,
): (child: AllelePair) => number {
  const [first, second] = typed;
  const known = second ? ([first!, second] as const) : ([first!] as const);
  return (child) => {
    const model = models.for(locus, [...child, ...shown])!;
    const other = parents === 2 ? 'elsewhere' : 'nowhere';
    const { numerator, denominator } = parentageLikelihoods(model, child, known, other);
    return numerator / denominator;
  };
}
