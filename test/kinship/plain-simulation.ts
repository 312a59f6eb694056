import {
  drawIndex,
  type Locus,
  type LocusModel,
  type LocusModels,
  type Random,
  seededRandom,
} from '../../src/kinship/index.ts';

/** A simulated comparison: the loci, the parents typed, how many families, and the seed. */
export type Simulation = {
  readonly loci: readonly Locus[];
  readonly parents: 'father' | 'both';
  readonly families: number;
  readonly seed: number;
};

/** One locus: p(v), M[parental allele, v] by sex, and what an untyped mother passes on. */
type SimulatedLocus = {
  readonly size: number;
  readonly p: Float64Array;
  readonly male: Float64Array;
  readonly female: Float64Array;
  readonly untypedMother: Float64Array;
};

/**
 * log10 LR of simulated families, one number a family, −Infinity where the LR is 0. Plain on
 * purpose: no weights, no grid, the LR written out again from its definition.
 * @param truth whether the child is drawn from the couple or from the population
 */
export function simulateLog10Lrs(
  models: LocusModels,
  { loci, parents, families, seed }: Simulation,
  truth: 'related' | 'unrelated',
): Float64Array {
  const random = seededRandom(seed);
  const perLocus = loci.map((locus) => readLocus(models.for(locus, [])!));
  const log10Lrs = new Float64Array(families);
  for (let family = 0; family < families; family++) {
    let lr = 1;
    for (const locus of perLocus)
      lr *= drawLr(locus, parents === 'both', truth === 'related', random);
    log10Lrs[family] = Math.log10(lr);
  }
  return log10Lrs;
}

/** Share of the families whose LR reaches 10^log10Lr. */
export function shareAbove(log10Lrs: Float64Array, log10Lr: number): number {
  return log10Lrs.filter((one) => one >= log10Lr).length / log10Lrs.length;
}

/** P(LR ≥ 10^log10Lr) among unrelated families, from related ones: the mean of 1/LR where it is reached. */
export function tailFromRelated(log10Lrs: Float64Array, log10Lr: number): number {
  const reached = log10Lrs.filter((one) => one >= log10Lr);
  return reached.reduce((sum, one) => sum + 10 ** -one, 0) / log10Lrs.length;
}

function readLocus({ table, transmission: { father, mother } }: LocusModel): SimulatedLocus {
  return {
    size: table.frequencies.length,
    p: table.frequencies,
    male: father.matrix.values,
    female: mother.matrix.values,
    untypedMother: mother.untyped.fromPopulation,
  };
}

function drawLr(
  { size, p, male, female, untypedMother }: SimulatedLocus,
  motherTyped: boolean,
  related: boolean,
  random: Random,
): number {
  const allele = (): number => drawIndex(random, p);
  const f1 = allele() * size;
  const f2 = allele() * size;
  const m1 = motherTyped || related ? allele() * size : 0;
  const m2 = motherTyped || related ? allele() * size : 0;
  const x = related ? drawIndex(random, male, random() < 0.5 ? f1 : f2, size) : allele();
  const y = related ? drawIndex(random, female, random() < 0.5 ? m1 : m2, size) : allele();
  const fatherX = male[f1 + x]! + male[f2 + x]!;
  const fatherY = male[f1 + y]! + male[f2 + y]!;
  const motherX = motherTyped ? female[m1 + x]! + female[m2 + x]! : 2 * untypedMother[x]!;
  const motherY = motherTyped ? female[m1 + y]! + female[m2 + y]! : 2 * untypedMother[y]!;
  // Each of the four is 2·T; the mean over the two ways in which the child's alleles came.
  return (fatherX * motherY + fatherY * motherX) / (8 * p[x]! * p[y]!);
}
