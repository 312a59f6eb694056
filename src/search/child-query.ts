import {
  alleleIndex,
  type AlleleLabel,
  type LocusModel,
  type LocusModels,
  locusNumber,
  OTHER_PARENT,
  type ParentRole,
  type Profile,
  readGenotype,
} from '../kinship/index.ts';
import { NOT_TYPED } from './alphabet.ts';
import { type Alternative, alternativesOf } from './alternative.ts';
import { readParents } from './family-store.ts';
import { blockOf, genotypeOffset, type Slot } from './genotype-store.ts';
import { combineTerms, type PassTable, tabulate } from './pass-table.ts';
import type { IndexSnapshot } from './search-index.ts';

/** Everything a parent's allele means for one child at one locus. */
type ChildLocus = {
  readonly number: number;
  readonly byRole: Readonly<Record<ParentRole, RoleTerms>>;
};

/** For the child's alleles c1, c2: P(parent passes c on) / p(c), halved for each parental allele. */
type RoleTerms = {
  readonly first: PassTable;
  readonly second: PassTable;
  /** Of a parent typed nowhere, and of one typed at other loci. */
  readonly untyped: readonly [first: number, second: number];
  readonly untypedHere: readonly [first: number, second: number];
};

/** A child prepared for comparison with many families. */
export type ChildQuery = { readonly loci: readonly ChildLocus[] };

/** @param labels of the index, by locus number */
export function makeChildQuery(
  models: LocusModels,
  labels: readonly (readonly AlleleLabel[])[],
  child: Profile,
): ChildQuery {
  const loci: ChildLocus[] = [];
  for (const [locus, genotype] of child) {
    const pair = readGenotype(genotype);
    if (typeof pair === 'string') continue;
    const model = models.for(locus, pair);
    if (!model) continue;
    const number = locusNumber(locus);
    const c1 = alleleIndex(model.table, pair[0])!;
    const c2 = alleleIndex(model.table, pair[1])!;
    const terms = (role: ParentRole): RoleTerms =>
      roleTerms(model, role, labels[number]!, [c1, c2]);
    loci.push({
      number,
      byRole: { father: terms('father'), mother: terms('mother'), parent: terms('parent') },
    });
  }
  return { loci };
}

function roleTerms(
  model: LocusModel,
  role: ParentRole,
  labels: readonly AlleleLabel[],
  [c1, c2]: readonly [number, number],
): RoleTerms {
  const { matrix, untyped, untypedHere } = model.transmission[role];
  const p = model.table.frequencies;
  const passes = (child: number) => (parental: number) =>
    matrix.values[parental * matrix.size + child]! / (2 * p[child]!);
  return {
    first: tabulate(labels, model, passes(c1)),
    second: tabulate(labels, model, passes(c2)),
    untyped: [untyped.fromPopulation[c1]! / p[c1]!, untyped.fromPopulation[c2]! / p[c2]!],
    untypedHere: [
      untypedHere.fromPopulation[c1]! / p[c1]!,
      untypedHere.fromPopulation[c2]! / p[c2]!,
    ],
  };
}

/**
 * The largest LR that the family reaches with the child in any of its alternatives;
 * NaN when an allele outside the frequency table leaves that to the judge.
 */
export function scoreFamily(query: ChildQuery, index: IndexSnapshot, family: Slot): number {
  const parents = readParents(index.families, family, index.relatives.size);
  let best = 0;
  for (const alternative of alternativesOf(parents)) {
    const lr = scoreAlternative(query, index, alternative, parents);
    if (Number.isNaN(lr)) return NaN;
    if (lr > best) best = lr;
  }
  return best;
}

function scoreAlternative(
  query: ChildQuery,
  { relatives }: IndexSnapshot,
  [roleA, roleB]: Alternative,
  parents: Readonly<Record<ParentRole, Slot | null>>,
): number {
  const slotA = parents[roleA]!;
  const slotB = roleB ? parents[roleB]! : slotA;
  const blockA = blockOf(relatives, slotA);
  const blockB = blockOf(relatives, slotB);
  let lr = 1;
  for (const { number, byRole } of query.loci) {
    const atA = genotypeOffset(number, slotA);
    const atB = genotypeOffset(number, slotB);
    const typedA = blockA[atA] !== NOT_TYPED;
    const typedB = roleB !== undefined && blockB[atB] !== NOT_TYPED;
    if (!typedA && !typedB) continue;
    const termsA = byRole[roleA];
    const termsB = byRole[roleB ?? OTHER_PARENT[roleA]];
    const untypedB = roleB === undefined ? termsB.untyped : termsB.untypedHere;
    lr *= combineTerms(
      typedA ? passed(termsA.first, blockA, atA) : termsA.untypedHere[0],
      typedA ? passed(termsA.second, blockA, atA) : termsA.untypedHere[1],
      typedB ? passed(termsB.first, blockB, atB) : untypedB[0],
      typedB ? passed(termsB.second, blockB, atB) : untypedB[1],
    );
  }
  return lr;
}

/** What both alleles of a typed parent make of one of the child's. */
function passed(terms: PassTable, block: Uint8Array, at: number): number {
  return terms[block[at]!]! + terms[block[at + 1]!]!;
}
