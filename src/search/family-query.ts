import {
  alleleIndex,
  type AllelePair,
  type AlleleLabel,
  type LocusModel,
  type LocusModels,
  LOCI,
  OTHER_PARENT,
  type ParentRole,
  type Profile,
  readGenotype,
  type UntypedTransmission,
} from '../kinship/index.ts';
import { NOT_TYPED } from './alphabet.ts';
import { type Alternative, alternativesOf } from './alternative.ts';
import { blockOf, genotypeOffset, type Slot } from './genotype-store.ts';
import { combineTerms, type PassTable, tabulate } from './pass-table.ts';
import type { IndexSnapshot } from './search-index.ts';

/** The typed parents of one family. */
export type FamilyProfiles = Readonly<Partial<Record<ParentRole, Profile>>>;

/** What the two parents make of each allele of a child: P(parent passes it on) / p. */
type FamilyLocus = {
  readonly number: number;
  readonly first: PassTable;
  readonly second: PassTable;
};

/** A family prepared for comparison with many children: its loci, for each alternative. */
export type FamilyQuery = { readonly alternatives: readonly (readonly FamilyLocus[])[] };

/** @param labels of the index, by locus number */
export function makeFamilyQuery(
  models: LocusModels,
  labels: readonly (readonly AlleleLabel[])[],
  family: FamilyProfiles,
): FamilyQuery {
  const typed = { father: null, mother: null, parent: null, ...family };
  return {
    alternatives: alternativesOf(typed).map((alternative) =>
      LOCI.flatMap((_, number) => makeLocus(models, labels, family, alternative, number) ?? []),
    ),
  };
}

function makeLocus(
  models: LocusModels,
  labels: readonly (readonly AlleleLabel[])[],
  family: FamilyProfiles,
  [roleA, roleB]: Alternative,
  number: number,
): FamilyLocus | undefined {
  const pairA = usablePair(family[roleA], number);
  const pairB = roleB && usablePair(family[roleB], number);
  if (!pairA && !pairB) return undefined;
  const model = models.for(LOCI[number]!, [pairA ?? [], pairB ?? []].flat());
  if (!model) return undefined;
  const terms = (term: (allele: number) => number): PassTable =>
    tabulate(labels[number]!, model, term);
  const second = roleB
    ? passTerm(model, roleB, pairB)
    : untypedTerm(model, model.transmission[OTHER_PARENT[roleA]].untyped);
  return { number, first: terms(passTerm(model, roleA, pairA)), second: terms(second) };
}

/** P(the parent passes the allele on) / p, for one who is typed here or at other loci. */
function passTerm(
  model: LocusModel,
  role: ParentRole,
  pair: AllelePair | undefined,
): (allele: number) => number {
  const { matrix, untypedHere } = model.transmission[role];
  const p = model.table.frequencies;
  if (!pair) return untypedTerm(model, untypedHere);
  const rows = pair.map((parental) => alleleIndex(model.table, parental)! * matrix.size);
  const [row1, row2] = rows as [number, number];
  return (allele) =>
    (matrix.values[row1 + allele]! + matrix.values[row2 + allele]!) / (2 * p[allele]!);
}

function untypedTerm(
  { table: { frequencies } }: LocusModel,
  { fromPopulation }: UntypedTransmission,
): (allele: number) => number {
  return (allele) => fromPopulation[allele]! / frequencies[allele]!;
}

function usablePair(profile: Profile | undefined, number: number): AllelePair | undefined {
  const genotype = profile?.get(LOCI[number]!);
  const pair = genotype && readGenotype(genotype);
  return typeof pair === 'object' ? pair : undefined;
}

/** As {@link scoreFamily} of a child query, the other way round: the family is fixed. */
export function scoreUnknown(query: FamilyQuery, { unknowns }: IndexSnapshot, child: Slot): number {
  const block = blockOf(unknowns, child);
  let best = 0;
  for (const loci of query.alternatives) {
    const lr = scoreAlternative(loci, block, child);
    if (Number.isNaN(lr)) return NaN;
    if (lr > best) best = lr;
  }
  return best;
}

function scoreAlternative(loci: readonly FamilyLocus[], block: Uint8Array, child: Slot): number {
  let lr = 1;
  for (const { number, first, second } of loci) {
    const at = genotypeOffset(number, child);
    const c1 = block[at]!;
    if (c1 === NOT_TYPED) continue;
    const c2 = block[at + 1]!;
    lr *= combineTerms(first[c1]!, first[c2]!, second[c1]!, second[c2]!);
  }
  return lr;
}
