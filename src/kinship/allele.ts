/**
 * An allele as a laboratory writes it: `12` whole repeats, `9.3` nine repeats and three bases.
 * Off the ladder: `<8`, `>25` (shorter, longer than the ladder), `12.X` (bases not resolved), `OL`. `F` stands for one
 * that may have dropped out: `12,F` is a 12 beside which nothing was seen, in a sample too weak to say that nothing is there.
 */
export type AlleleLabel = string & { readonly __brand: 'AlleleLabel' };

/** The place of an allele in one locus of one frequency table; never carried to another table. */
export type AlleleIndex = number & { readonly __brand: 'AlleleIndex' };

const SIZED = /^([<>]?)(\d{1,3})(?:\.(\d|X))?$/;
const MAX_TENTHS = 9_999;

const SIZE = 0x3fff;
const BELOW_LADDER = 1 << 14;
const ABOVE_LADDER = 2 << 14;
const UNRESOLVED = 3 << 14;
const OFF_LADDER = 0xffff;
const DROPPED_OUT = 0xfffe;

/**
 * Reads one allele as written in a file. Blanks, leading zeros and a trailing `.0` do not matter.
 * @returns undefined for text that is no allele (`0`, `-3`, `9.33`, `abc`)
 */
export function parseAllele(text: string): AlleleLabel | undefined {
  const trimmed = text.trim().toUpperCase();
  if (trimmed === 'OL' || trimmed === 'F') return trimmed as AlleleLabel;
  const match = SIZED.exec(trimmed);
  if (!match) return undefined;
  const [, side = '', digits = '', part = '0'] = match;
  const whole = Number(digits);
  if (whole === 0 || (side !== '' && part === 'X')) return undefined;
  return `${side}${whole}${part === '0' ? '' : `.${part}`}` as AlleleLabel;
}

/** Whether the allele's length is known: only then does it enter a likelihood. */
export function isOnLadder(allele: AlleleLabel): boolean {
  return encodeAllele(allele) <= MAX_TENTHS;
}

/** Whether the label says that an allele may have dropped out, rather than what was seen. */
export function isDropOut(allele: AlleleLabel): boolean {
  return allele === 'F';
}

/** Whether two labels may be written for one allele: `<8` for `7`, `12.X` for `12.2`, `OL` and `F` for any. */
export function mayBeSame(a: AlleleLabel, b: AlleleLabel): boolean {
  const [shortestA, longestA] = lengthsOf(a);
  const [shortestB, longestB] = lengthsOf(b);
  return shortestA <= longestB && shortestB <= longestA;
}

/** The shortest and the longest allele that a label may be written for, in tenths of a repeat. */
function lengthsOf(allele: AlleleLabel): readonly [number, number] {
  const code = encodeAllele(allele);
  if (code === OFF_LADDER || code === DROPPED_OUT) return [0, Infinity];
  const size = code & SIZE;
  switch (code & ~SIZE) {
    case BELOW_LADDER:
      return [0, size - 1];
    case ABOVE_LADDER:
      return [size + 1, Infinity];
    case UNRESOLVED:
      return [size, size + 9];
    default:
      return [size, size];
  }
}

/** Bases beyond the whole repeats: 3 for `9.3`, 0 for `12`. For alleles on the ladder. */
export function microvariant(allele: AlleleLabel): number {
  return encodeAllele(allele) % 10;
}

/** Whole repeats: 9 for `9.3`. For alleles on the ladder. */
export function wholeRepeats(allele: AlleleLabel): number {
  return Math.floor(encodeAllele(allele) / 10);
}

/**
 * A 16-bit number that stands for the label in packed profiles: repeats × 10 + bases for an
 * allele on the ladder, so that the order of numbers is the order on the ladder.
 */
export function encodeAllele(allele: AlleleLabel): number {
  let code = codes.get(allele);
  if (code === undefined) {
    code = readCode(allele);
    codes.set(allele, code);
  }
  return code;
}

/** Of the labels met so far, of which there are some ten thousand at most. */
const codes = new Map<AlleleLabel, number>();

function readCode(allele: AlleleLabel): number {
  if (allele === 'OL') return OFF_LADDER;
  if (allele === 'F') return DROPPED_OUT;
  const side = allele[0];
  if (side === '<') return BELOW_LADDER | tenths(allele.slice(1));
  if (side === '>') return ABOVE_LADDER | tenths(allele.slice(1));
  if (allele.endsWith('.X')) return UNRESOLVED | tenths(allele.slice(0, -2));
  return tenths(allele);
}

/** The label that a 16-bit number stands for: the inverse of {@link encodeAllele}. */
export function decodeAllele(code: number): AlleleLabel {
  if (code === OFF_LADDER) return 'OL' as AlleleLabel;
  if (code === DROPPED_OUT) return 'F' as AlleleLabel;
  const size = code & SIZE;
  const label = size % 10 === 0 ? `${size / 10}` : `${Math.floor(size / 10)}.${size % 10}`;
  switch (code & ~SIZE) {
    case BELOW_LADDER:
      return `<${label}` as AlleleLabel;
    case ABOVE_LADDER:
      return `>${label}` as AlleleLabel;
    case UNRESOLVED:
      return `${label}.X` as AlleleLabel;
    default:
      return label as AlleleLabel;
  }
}

/** Orders alleles by length; those off the ladder come last. */
export function compareAlleles(a: AlleleLabel, b: AlleleLabel): number {
  return encodeAllele(a) - encodeAllele(b);
}

function tenths(size: string): number {
  const [whole = '0', part = '0'] = size.split('.');
  return Number(whole) * 10 + Number(part);
}
