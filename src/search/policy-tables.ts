import {
  type AllelePair,
  combinePassOn,
  encodeAllele,
  type FamilyRelation,
  type Locus,
  LOCI,
  locusNumber,
  type LocusModel,
  type LocusModels,
  parentageLikelihoods,
  type ParentRole,
  type PassOn,
  passOnPopulation,
  passOnTyped,
  passOnUntyped,
  type Profile,
  readGenotype,
} from '../kinship/index.ts';
import type { Arena } from './arena.ts';
import type { CoupleLocus } from './couple-query.ts';
import { type GenotypeAlphabet, genotypeKey } from './genotype-alphabet.ts';
import { makeRatioTable, type RatioTable } from './ratio-table.ts';
import type { SharedMemory } from './shared-memory.ts';
import { toScore } from './score.ts';
import { bestOfCouples, makeTermTable, type TermTable } from './term-table.ts';

/**
 * An allele that the frequency table lacks changes the frequencies of its locus a little for everybody
 * compared there, and so what the other parent passes on: by less than this, as no mutation model
 * makes a transmission more likely when its locus gains an allele.
 */
const UNSEEN_SLACK = 1.5;

/**
 * What one policy makes of pairs of genotypes, tabulated in shared memory the first time that it is
 * asked for. Two people of one genotype share a table, so that a sweep makes a few hundred a locus
 * and not one for each person.
 */
export class PolicyTables {
  readonly #memory: SharedMemory;
  readonly #arena: Arena;
  readonly #alphabet: GenotypeAlphabet;
  readonly #models: LocusModels;
  /** By locus number, then by genotype; null: the frequency table lacks the locus. */
  readonly #duos: Readonly<Record<ParentRole, TablesByLocus<RatioTable>>>;
  readonly #relatives: Partial<Record<FamilyRelation, TablesByLocus<RatioTable>>> = {};
  readonly #couples: TablesByLocus<CoupleLocus & { readonly length: number }> = makeMaps();

  constructor(memory: SharedMemory, arena: Arena, alphabet: GenotypeAlphabet, models: LocusModels) {
    this.#memory = memory;
    this.#arena = arena;
    this.#alphabet = alphabet;
    this.#models = models;
    this.#duos = { father: makeMaps(), mother: makeMaps(), parent: makeMaps() };
  }

  /**
   * The LRs of a child with a parent of any genotype.
   * @returns null where the frequency table lacks the locus
   */
  duo(child: TypedLocus, role: ParentRole): RatioTable | null {
    return this.#remember(this.#duos[role], child, (locus, { number, pair }) =>
      makeRatioTable(this.#memory, this.#arena, this.#alphabet.at(number), pair, (genotype) =>
        this.#duoRatio(locus, pair, role, genotype),
      ),
    );
  }

  /**
   * The LRs of one relative with a child of any genotype.
   * @param lrOf computes one of them
   */
  relative(
    relative: TypedLocus,
    relation: FamilyRelation,
    lrOf: (child: AllelePair) => number,
  ): RatioTable | null {
    const tables = (this.#relatives[relation] ??= makeMaps());
    return this.#remember(tables, relative, (_, { number, pair }) =>
      makeRatioTable(this.#memory, this.#arena, this.#alphabet.at(number), pair, lrOf),
    );
  }

  /** What couples of any genotypes pass on to a child; null where the table lacks the locus. */
  couple(child: TypedLocus): CoupleLocus | null {
    return this.#remember(this.#couples, child, (_, { number, pair }, model) => {
      const locus = this.#alphabet.at(number);
      const planes = [locus.planeOf(pair[0]), locus.planeOf(pair[1])] as const;
      const [bothFirst, crosswise] = coefficients(model, pair);
      const father = this.#termTable(number, pair, planes, 'father', model);
      const mother = this.#termTable(number, pair, planes, 'mother', model);
      const terms = { father, mother, bothFirst, crosswise };
      const { consistent, inconsistent } = bestOfCouples(terms);
      return {
        number,
        planes,
        terms,
        consistent: toScore(consistent),
        inconsistent: toScore(inconsistent),
        length: Math.min(father.length, mother.length),
      };
    });
  }

  #duoRatio(locus: Locus, child: AllelePair, role: ParentRole, genotype: AllelePair): number {
    const model = this.#models.for(locus, [...child, ...genotype])!;
    const { numerator, denominator } = parentageLikelihoods(model, child, [{ role, genotype }]);
    return numerator / denominator;
  }

  #termTable(
    number: number,
    child: AllelePair,
    planes: readonly [number, number],
    role: 'father' | 'mother',
    model: LocusModel,
  ): TermTable {
    return makeTermTable(
      this.#memory,
      this.#arena,
      this.#alphabet.at(number),
      planes,
      boundUntyped(model, child, role),
      (genotype) => this.#typedTerms(model, child, role, genotype),
    );
  }

  #typedTerms(
    model: LocusModel,
    child: AllelePair,
    role: ParentRole,
    genotype: AllelePair,
  ): PassOn {
    const own = this.#models.for(model.table.locus, [...child, ...genotype])!;
    const [first, second] = passOnTyped(own, child, { role, genotype });
    if (own === model) return [first, second];
    const change = probabilityOf(model, child) / probabilityOf(own, child);
    return [UNSEEN_SLACK * change * first, UNSEEN_SLACK * change * second];
  }

  /** A table once made is made anew when genotypes have been met that it does not know. */
  #remember<Table extends { readonly length: number }>(
    tables: TablesByLocus<Table>,
    child: TypedLocus,
    make: (locus: Locus, child: TypedLocus, model: LocusModel) => Table,
  ): Table | null {
    const known = tables[child.number]!;
    const table = known.get(child.key);
    if (table === null) return null;
    if (table && table.length > this.#alphabet.at(child.number).size) return table;
    const locus = LOCI[child.number]!;
    const model = this.#models.for(locus, child.pair);
    const made = model ? make(locus, child, model) : null;
    known.set(child.key, made);
    return made;
  }
}

/** What somebody shows at a locus; `key` stands for the genotype. */
export type TypedLocus = {
  readonly number: number;
  readonly pair: AllelePair;
  readonly key: number;
};

export function readChild(child: Profile): TypedLocus[] {
  const loci: TypedLocus[] = [];
  for (const [locus, genotype] of child) {
    const pair = readGenotype(genotype);
    if (typeof pair === 'string') continue;
    loci.push({ number: locusNumber(locus), pair, key: keyOf(pair) });
  }
  return loci;
}

export function keyOf([first, second]: AllelePair): number {
  return genotypeKey(encodeAllele(first), encodeAllele(second));
}

type TablesByLocus<Table> = readonly Map<number, Table | null>[];

function makeMaps<Table>(): TablesByLocus<Table> {
  return LOCI.map(() => new Map());
}

/**
 * Coefficients of F₁M₁ and of F₁M₂ + F₂M₁ in a couple's LR. With coancestry θ they bound it: they
 * leave out that alleles which the parents show are likelier to be met again.
 */
function coefficients(model: LocusModel, child: AllelePair): readonly [number, number] {
  const { theta } = model;
  const scale = ((1 + 3 * theta) * (1 + 4 * theta)) / (1 - theta) ** 2;
  const probability = probabilityOf(model, child);
  return [
    (scale * combinePassOn(model, child, [1, 0], [1, 0])) / probability,
    (scale * combinePassOn(model, child, [1, 0], [0, 1])) / probability,
  ];
}

/** P(a stranger shows the genotype), whatever the coancestry. */
function probabilityOf(model: LocusModel, child: AllelePair): number {
  const stranger = passOnPopulation(model, child);
  return combinePassOn(model, child, stranger, stranger);
}

/** With coancestry the unknown parent may carry a copy of what the known one shows. */
function boundUntyped(model: LocusModel, child: AllelePair, role: ParentRole): PassOn {
  const [first, second] = passOnUntyped(model, child, role, 'elsewhere');
  const copied = (2 * model.theta) / (1 - model.theta);
  return [first + copied, second + copied];
}
