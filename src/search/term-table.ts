import type { AllelePair, PassOn } from '../kinship/index.ts';
import type { Arena } from './arena.ts';
import type { GenotypeCode, LocusAlphabet } from './genotype-alphabet.ts';
import type { SharedMemory } from './shared-memory.ts';

/**
 * What a parent of a couple passes on to one child at one locus, by the parent's genotype code: two
 * numbers F₁, F₂ that the LR of the couple is bilinear in.
 */
export type TermTable = {
  /** Where they stand, two 32-bit floats for each code. */
  readonly at: number;
  /** Codes that it knows are smaller. */
  readonly length: number;
  /** By kind the largest of each; NaN of a kind that nobody is of. */
  readonly most: readonly PassOn[];
};

/**
 * Kinds of parents, seen through the planes of the child's two alleles: 1 has the first, 2 the second,
 * 3 both, 0 neither, with 4 more for who shows one allele only; and last who is not typed here.
 */
export const UNTYPED_KIND = 8;
const HOMOZYGOTE = 4;

const SLACK = 1.25;
/** Smaller terms are raised to this, so that 32 bits hold them. */
const LEAST = 1e-37;

/**
 * @param untyped the terms of a parent who is typed at other loci only
 * @param termsOf those of a parent who shows a genotype
 */
export function makeTermTable(
  memory: SharedMemory,
  arena: Arena,
  alphabet: LocusAlphabet,
  planes: readonly [number, number],
  untyped: PassOn,
  termsOf: (genotype: AllelePair) => PassOn,
): TermTable {
  const length = alphabet.size + 1;
  const at = arena.allocate(8 * Math.ceil(length * SLACK));
  const most: [number, number][] = Array.from({ length: UNTYPED_KIND + 1 }, () => [NaN, NaN]);
  memory.reach();
  const { singles } = memory;
  for (let code = 0; code < length; code++) {
    const known = code === 0 ? untyped : termsOf(alphabet.pair(code as GenotypeCode));
    const kind = code === 0 ? UNTYPED_KIND : parentKind(alphabet, code as GenotypeCode, planes);
    for (let place = 0; place < 2; place++) {
      const term = known[place]! > 0 ? Math.max(known[place]!, LEAST) : known[place]!;
      singles[at / 4 + 2 * code + place] = term;
      if (!(term <= most[kind]![place]!)) most[kind]![place] = term;
    }
  }
  return { at, length, most };
}

function parentKind(
  alphabet: LocusAlphabet,
  code: GenotypeCode,
  [first, second]: readonly [number, number],
): number {
  const [a, b] = alphabet.planes(code);
  const hasFirst = a === first || b === first ? 1 : 0;
  const hasSecond = a === second || b === second ? 2 : 0;
  return hasFirst + hasSecond + (alphabet.isHomozygote(code) ? HOMOZYGOTE : 0);
}

/** What a couple's LR at a locus is made of: bothFirst·F₁M₁ + crosswise·(F₁M₂ + F₂M₁). */
export type CoupleTerms = {
  readonly father: TermTable;
  readonly mother: TermTable;
  readonly bothFirst: number;
  readonly crosswise: number;
};

/** The largest LRs of couples who fit a child as far as the screen sees, and of those who do not. */
export type CoupleBest = { readonly consistent: number; readonly inconsistent: number };

export function bestOfCouples({ father, mother, bothFirst, crosswise }: CoupleTerms): CoupleBest {
  // A locus at which neither is typed counts 1 and fits.
  let [consistent, inconsistent] = [1, 0];
  for (let f = 0; f <= UNTYPED_KIND; f++) {
    const [f1, f2] = father.most[f]!;
    for (let m = 0; m <= UNTYPED_KIND; m++) {
      const [m1, m2] = mother.most[m]!;
      // NaN, of a kind that nobody is of, is never larger.
      const lr = bothFirst * f1 * m1 + crosswise * (f1 * m2 + f2 * m1);
      if ((HAS_SECOND[f]! & HAS_FIRST[m]!) | (HAS_SECOND[m]! & HAS_FIRST[f]!)) {
        if (lr > consistent) consistent = lr;
      } else if (lr > inconsistent) inconsistent = lr;
    }
  }
  return { consistent, inconsistent };
}

/** By kind, whether it has the first allele, and the second. */
const HAS_FIRST = [0, 1, 0, 1, 0, 1, 0, 1, 1];
const HAS_SECOND = [0, 0, 1, 1, 0, 0, 1, 1, 1];
