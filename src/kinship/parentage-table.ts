import { alleleIndex } from './frequency-table.ts';
import type { Locus } from './locus.ts';
import type { LocusModel, LocusModels, UntypedTransmission } from './locus-model.ts';
import { identityMatrix, type MutationMatrix } from './mutation-matrix.ts';
import { OTHER_PARENT, type ParentRole } from './parent-role.ts';
import { type Profile, readGenotype } from './profile.ts';

/**
 * What duos and couples are made of, for one frequency table and one set of parameters: tabulated
 * once, so that {@link scoreDuo} and {@link scoreCouple} only look up and multiply, and allocate
 * nothing. Places in the tables are codes of {@link encodeProfile}; NaN stands where a locus has
 * no such allele. The formulas: docs/math/parentage.md, «Many pairs».
 */
export type ParentageTable = {
  readonly models: readonly LocusModel[];
  readonly theta: number;
  /** Number of codes of every locus. */
  readonly width: number;
  readonly terms: Readonly<Record<ParentRole, RoleTerms>>;
  /** [locus, a, c]: what a copy of a adds to the next draw of c, relative to its frequency. */
  readonly copy: Float64Array;
  /** The factor of every locus that the numbers drawn from the urn make: a duo's, a couple's. */
  readonly duoScale: number;
  readonly coupleScale: number;
};

/** What a parent in one role passes on as the child's allele c, relative to its frequency. */
type RoleTerms = {
  /** [locus, f, c]: half of a typed parent's allele f. */
  readonly typed: Float64Array;
  /** A parent who is typed nowhere, and one who is typed at other loci. */
  readonly untyped: UntypedTerms;
  readonly untypedHere: UntypedTerms;
};

type UntypedTerms = {
  /** [locus, c]: an allele from the population. */
  readonly drawn: Float64Array;
  /** [locus, f, c]: what a copy of f adds to that. */
  readonly copied: Float64Array;
};

/** Both codes of a locus that is not typed. The allele at place i of a locus has code i + 1. */
const UNTYPED = 0;

/** A product beyond these goes over into logarithms before it could become 0 or infinite. */
const SMALL = 1e-100;
const LARGE = 1e100;

/**
 * @param loci those to score; every locus of the frequency table where none are named
 * @throws RangeError when the frequencies depend on who is compared, so that no table holds them, or
 *   a genotype may hide an allele; KinshipError when the parameters do not fit the frequency table
 */
export function makeParentageTable(
  locusModels: LocusModels,
  loci: readonly Locus[] = locusModels.loci,
): ParentageTable {
  if (locusModels.dependOnObserved) {
    throw new RangeError('the minimum frequency depends on who is compared: use compareParentage');
  }
  if (locusModels.hidesAlleles) {
    throw new RangeError('with silent alleles or drop-out there is no such table');
  }
  const models = loci.flatMap((locus) => locusModels.for(locus, []) ?? []);
  // Below the codes of the alleles is «untyped», above them «outside the table».
  const width = Math.max(0, ...models.map(({ table }) => table.alleles.length)) + 2;
  const theta = models[0]?.theta ?? 0;
  const copied = theta / (1 - theta);
  const untypedTerms = (of: (model: LocusModel) => UntypedTransmission): UntypedTerms => ({
    drawn: tabulateCodes(models, width, (model, c) => of(model).fromPopulation[c]!),
    copied: tabulatePairs(models, width, copied, (model) => of(model).matrix),
  });
  const termsOf = (role: ParentRole): RoleTerms => ({
    typed: tabulatePairs(models, width, 1 / 2, (model) => model.transmission[role].matrix),
    untyped: untypedTerms((model) => model.transmission[role].untyped),
    untypedHere: untypedTerms((model) => model.transmission[role].untypedHere),
  });
  return {
    models,
    theta,
    width,
    terms: { father: termsOf('father'), mother: termsOf('mother'), parent: termsOf('parent') },
    copy: tabulatePairs(models, width, copied, ({ table }) => identityMatrix(table.alleles.length)),
    duoScale: (1 + 2 * theta) / (1 - theta) / 2,
    coupleScale: ((1 + 3 * theta) * (1 + 4 * theta)) / (1 - theta) ** 2 / 2,
  };
}

/**
 * A person as a row of codes, two for every locus of the table. Rows of many people may stand one
 * after another in one array. A genotype that a likelihood cannot use counts as untyped.
 */
export function encodeProfile({ models, width }: ParentageTable, profile: Profile): Uint16Array {
  const row = new Uint16Array(2 * models.length).fill(UNTYPED);
  models.forEach(({ table }, locus) => {
    const genotype = profile.get(table.locus);
    const pair = genotype && readGenotype(genotype);
    if (typeof pair !== 'object') return;
    pair.forEach((allele, side) => {
      const place = alleleIndex(table, allele);
      row[2 * locus + side] = place === undefined ? width - 1 : place + 1;
    });
  });
  return row;
}

/**
 * log10 LR of «this is a parent of the child» against «unrelated», as compareParentage has it over
 * the loci of the table. −Infinity: excluded. NaN: an allele outside the table, whose frequencies
 * change by it, so that compareParentage must be asked. An LR is never infinite or undefined here,
 * because no allele of a table has frequency 0.
 * @param childAt where the child's row begins in `children`
 * @param parentAt where the parent's row begins in `parents`
 */
export function scoreDuo(
  table: ParentageTable,
  role: ParentRole,
  children: Uint16Array,
  childAt: number,
  parents: Uint16Array,
  parentAt: number,
): number {
  const parent = table.terms[role];
  const other = table.terms[OTHER_PARENT[role]].untyped;
  const loci = table.models.length;
  let log10Lr = 0;
  let product = 1;
  for (let locus = 0; locus < loci; locus++) {
    const c1 = children[childAt + 2 * locus]!;
    const c2 = children[childAt + 2 * locus + 1]!;
    const f1 = parents[parentAt + 2 * locus]!;
    const f2 = parents[parentAt + 2 * locus + 1]!;
    if (c1 === UNTYPED || f1 === UNTYPED) continue;
    const lr = duoRatio(table, parent, other, locus, c1, c2, f1, f2);
    const next = product * lr;
    if (next > SMALL && next < LARGE) {
      product = next;
    } else {
      // Excluded and unknown end here too: log10 of 0 is −Infinity, of NaN NaN.
      log10Lr += Math.log10(product) + Math.log10(lr);
      product = 1;
    }
  }
  return log10Lr + Math.log10(product);
}

/**
 * The same for «these are father and mother of the child» against «all unrelated»; a locus typed
 * in one of them counts as a duo.
 */
export function scoreCouple(
  table: ParentageTable,
  children: Uint16Array,
  childAt: number,
  fathers: Uint16Array,
  fatherAt: number,
  mothers: Uint16Array,
  motherAt: number,
): number {
  const { father, mother } = table.terms;
  const loci = table.models.length;
  let log10Lr = 0;
  let product = 1;
  for (let locus = 0; locus < loci; locus++) {
    const c1 = children[childAt + 2 * locus]!;
    const c2 = children[childAt + 2 * locus + 1]!;
    const f1 = fathers[fatherAt + 2 * locus]!;
    const f2 = fathers[fatherAt + 2 * locus + 1]!;
    const m1 = mothers[motherAt + 2 * locus]!;
    const m2 = mothers[motherAt + 2 * locus + 1]!;
    if (c1 === UNTYPED || (f1 === UNTYPED && m1 === UNTYPED)) continue;
    let lr;
    if (m1 === UNTYPED) lr = duoRatio(table, father, mother.untypedHere, locus, c1, c2, f1, f2);
    else if (f1 === UNTYPED)
      lr = duoRatio(table, mother, father.untypedHere, locus, c1, c2, m1, m2);
    else lr = coupleRatio(table, locus, c1, c2, f1, f2, m1, m2);
    const next = product * lr;
    if (next > SMALL && next < LARGE) {
      product = next;
    } else {
      log10Lr += Math.log10(product) + Math.log10(lr);
      product = 1;
    }
  }
  return log10Lr + Math.log10(product);
}

function duoRatio(
  { width, theta, copy, duoScale }: ParentageTable,
  { typed }: RoleTerms,
  { drawn, copied }: UntypedTerms,
  locus: number,
  c1: number,
  c2: number,
  f1: number,
  f2: number,
): number {
  const at = locus * width;
  const row1 = (at + f1) * width;
  const row2 = (at + f2) * width;
  const passed1 = typed[row1 + c1]! + typed[row2 + c1]!;
  const passed2 = typed[row1 + c2]! + typed[row2 + c2]!;
  if (theta === 0) return (passed1 * drawn[at + c2]! + passed2 * drawn[at + c1]!) / 2;
  const other1 = drawn[at + c1]! + copied[row1 + c1]! + copied[row2 + c1]!;
  const other2 = drawn[at + c2]! + copied[row1 + c2]! + copied[row2 + c2]!;
  const drawn1 = 1 + copy[row1 + c1]! + copy[row2 + c1]!;
  const drawn2 = 1 + copy[row1 + c2]! + copy[row2 + c2]! + copy[(at + c1) * width + c2]!;
  return (duoScale * (passed1 * other2 + passed2 * other1)) / (drawn1 * drawn2);
}

function coupleRatio(
  { width, theta, copy, coupleScale, terms }: ParentageTable,
  locus: number,
  c1: number,
  c2: number,
  f1: number,
  f2: number,
  m1: number,
  m2: number,
): number {
  const at = locus * width;
  const row1 = (at + f1) * width;
  const row2 = (at + f2) * width;
  const row3 = (at + m1) * width;
  const row4 = (at + m2) * width;
  const byFather = terms.father.typed;
  const byMother = terms.mother.typed;
  const father1 = byFather[row1 + c1]! + byFather[row2 + c1]!;
  const father2 = byFather[row1 + c2]! + byFather[row2 + c2]!;
  const mother1 = byMother[row3 + c1]! + byMother[row4 + c1]!;
  const mother2 = byMother[row3 + c2]! + byMother[row4 + c2]!;
  const passed = father1 * mother2 + father2 * mother1;
  if (theta === 0) return passed / 2;
  const copies1 = copy[row1 + c1]! + copy[row2 + c1]! + copy[row3 + c1]! + copy[row4 + c1]!;
  const copies2 = copy[row1 + c2]! + copy[row2 + c2]! + copy[row3 + c2]! + copy[row4 + c2]!;
  const drawn2 = 1 + copies2 + copy[(at + c1) * width + c2]!;
  return (coupleScale * passed) / ((1 + copies1) * drawn2);
}

/** [locus, c] → the term relative to the frequency of c; NaN where there is no such allele. */
function tabulateCodes(
  models: readonly LocusModel[],
  width: number,
  term: (model: LocusModel, c: number) => number,
): Float64Array {
  const values = new Float64Array(models.length * width).fill(NaN);
  models.forEach((model, locus) => {
    model.table.frequencies.forEach((frequency, c) => {
      values[locus * width + c + 1] = term(model, c) / frequency;
    });
  });
  return values;
}

/** [locus, f, c] → the scaled entry of a matrix relative to the frequency of c; else NaN. */
function tabulatePairs(
  models: readonly LocusModel[],
  width: number,
  scale: number,
  matrixOf: (model: LocusModel) => MutationMatrix,
): Float64Array {
  const values = new Float64Array(models.length * width ** 2).fill(NaN);
  models.forEach((model, locus) => {
    const { size, values: entries } = matrixOf(model);
    for (let f = 0; f < size; f++) {
      for (let c = 0; c < size; c++) {
        const at = (locus * width + f + 1) * width + c + 1;
        values[at] = (scale * entries[f * size + c]!) / model.table.frequencies[c]!;
      }
    }
  });
  return values;
}
