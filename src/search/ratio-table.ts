import type { AlleleLabel, AllelePair } from '../kinship/index.ts';
import type { Arena } from './arena.ts';
import type { GenotypeCode, LocusAlphabet } from './genotype-alphabet.ts';
import { toScore } from './score.ts';
import type { SharedMemory } from './shared-memory.ts';

/**
 * What kind of person somebody is, seen through the planes of two alleles: the numbers by which
 * penalties are ordered in a query.
 */
export const KIND = {
  neitherHomozygote: 0,
  neither: 1,
  first: 2,
  second: 3,
  both: 4,
} as const;
export const KINDS = 5;

/** The LR of one locus between one known person and everybody who could be met, as scores. */
export type RatioTable = {
  /** Where the scores stand, by genotype code. */
  readonly at: number;
  /** Codes that it knows are smaller. */
  readonly length: number;
  /** Two planes that tell people apart: of alleles that the known person shows. */
  readonly planes: readonly [number, number];
  /** By kind the best score. Who is not typed scores 0 and looks as though they had everything. */
  readonly best: Int32Array;
  /** The best score of all, of those who have one of the two alleles, and of those who have none. */
  readonly most: number;
  readonly sharing: number;
  readonly neither: number;
};

/** Tables are made a little longer than they need be, because genotypes keep being met. */
const SLACK = 1.25;
/** Of a kind that nobody is of: so far below any score that adding 72 of it stays in range. */
const NOBODY = -(1 << 20);

/**
 * @param shown alleles of the known person or family; of their planes the two are taken that bound
 *   the scores best
 * @param lrOf the LR with somebody who shows a genotype
 */
export function makeRatioTable(
  memory: SharedMemory,
  arena: Arena,
  alphabet: LocusAlphabet,
  shown: readonly AlleleLabel[],
  lrOf: (genotype: AllelePair) => number,
): RatioTable {
  const length = alphabet.size + 1;
  const at = arena.allocate(2 * Math.ceil(length * SLACK));
  memory.reach();
  const scores = memory.scores.subarray(at / 2, at / 2 + length);
  scores[0] = 0;
  for (let code = 1; code < length; code++) {
    scores[code] = toScore(lrOf(alphabet.pair(code as GenotypeCode)));
  }
  const planes = shown.map((allele) => alphabet.planeOf(allele));
  return { at, length, ...summarise(tightest(alphabet, scores, planes)) };
}

type View = Pick<RatioTable, 'planes' | 'best'>;

/** The two planes through which the best scores of the kinds lie least above the scores themselves. */
function tightest(alphabet: LocusAlphabet, scores: Int16Array, planes: readonly number[]): View {
  let [chosen, least]: [View | null, number] = [null, Infinity];
  for (const [first, second] of pairsOf([...new Set(planes)])) {
    const view = { planes: [first, second] as const, best: bestByKind(alphabet, scores, first, second) }; // prettier-ignore
    let excess = 0;
    for (let code = 1; code < scores.length; code++) {
      excess += view.best[kindOf(alphabet, code as GenotypeCode, first, second)]! - scores[code]!;
    }
    if (excess < least || !chosen) [chosen, least] = [view, excess];
  }
  return chosen!;
}

function summarise(view: View): Omit<RatioTable, 'at' | 'length'> {
  const { best } = view;
  const sharing = Math.max(best[KIND.first]!, best[KIND.second]!, best[KIND.both]!);
  const neither = Math.max(best[KIND.neither]!, best[KIND.neitherHomozygote]!);
  return { ...view, sharing, neither, most: Math.max(sharing, neither) };
}

function pairsOf(planes: readonly number[]): [number, number][] {
  const pairs = planes.flatMap((first, place) =>
    planes.slice(place + 1).map((second): [number, number] => [first, second]),
  );
  return pairs.length > 0 ? pairs : [[planes[0]!, planes[0]!]];
}

function bestByKind(
  alphabet: LocusAlphabet,
  scores: Int16Array,
  first: number,
  second: number,
): Int32Array {
  const best = new Int32Array(KINDS).fill(NOBODY);
  best[KIND.both] = 0;
  for (let code = 1; code < scores.length; code++) {
    const kind = kindOf(alphabet, code as GenotypeCode, first, second);
    if (scores[code]! > best[kind]!) best[kind] = scores[code]!;
  }
  return best;
}

function kindOf(
  alphabet: LocusAlphabet,
  code: GenotypeCode,
  first: number,
  second: number,
): number {
  const [a, b] = alphabet.planes(code);
  const hasFirst = a === first || b === first;
  const hasSecond = a === second || b === second;
  if (hasFirst) return hasSecond ? KIND.both : KIND.first;
  if (hasSecond) return KIND.second;
  return alphabet.isHomozygote(code) ? KIND.neitherHomozygote : KIND.neither;
}
