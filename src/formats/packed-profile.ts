import {
  type AlleleLabel,
  decodeAllele,
  encodeAllele,
  type Locus,
  LOCI,
  locusNumber,
  parseAllele,
  type Profile,
} from '../kinship/index.ts';

const FORMAT = 1;

/**
 * A profile as bytes for storage: the format's number, then for each locus (in the order of
 * their numbers) the locus number, the number of alleles, and two bytes an allele, big-endian.
 * Every label survives, those off the ladder too; 24 ordinary loci take 145 bytes.
 */
export function packProfile(profile: Profile): Uint8Array {
  const loci = [...profile]
    .map(([locus, genotype]) => ({ number: locusNumber(locus), genotype }))
    .sort((a, b) => a.number - b.number);
  const bytes = [FORMAT];
  for (const { number, genotype } of loci) {
    bytes.push(number, genotype.length);
    for (const code of genotype.map(encodeAllele)) bytes.push(code >> 8, code & 0xff);
  }
  return Uint8Array.from(bytes);
}

/**
 * The inverse of {@link packProfile}.
 * @throws RangeError for bytes that it does not write
 */
export function unpackProfile(bytes: Uint8Array): Profile {
  const profile = new Map<Locus, AlleleLabel[]>();
  readLoci(bytes, (number, count, at) => {
    const labels = Array.from({ length: count }, (_, place) =>
      labelOf(codeAt(bytes, at + 2 * place)),
    );
    profile.set(LOCI[number]!, labels);
  });
  return profile;
}

/**
 * Reads the same bytes as numbers, for those who read many: two alleles a locus, at twice its number,
 * as {@link encodeAllele} has them. A locus with more than two is not typed, which is 0.
 * @param into of two numbers a locus, overwritten
 * @throws RangeError as {@link unpackProfile} does
 */
export function unpackAlleles(bytes: Uint8Array, into: Uint16Array): void {
  into.fill(0);
  readLoci(bytes, (number, count, at) => {
    for (let place = 0; place < count; place++) {
      const code = codeAt(bytes, at + 2 * place);
      if (CHECKED[code] === 0) labelOf(code);
      if (count === 2) into[2 * number + place] = code;
    }
  });
}

/**
 * Visits each locus: its number, how many alleles it has, and where the first of them stands.
 * @throws RangeError for bytes of another format, or damaged ones
 */
function readLoci(
  bytes: Uint8Array,
  visit: (number: number, count: number, at: number) => void,
): void {
  if (bytes[0] !== FORMAT)
    throw new RangeError(`a stored profile has format ${bytes[0] ?? 'none'}`);
  let least = 0;
  for (let at = 1; at < bytes.length;) {
    const number = bytes[at]!;
    const count = bytes[at + 1]!;
    const end = at + 2 + 2 * count;
    if (number >= LOCI.length) {
      throw new RangeError('a stored profile names a locus that is unknown');
    }
    // Compared this way round, so that a count beyond the end is no count either.
    if (!(number >= least && count >= 2 && end <= bytes.length)) {
      throw new RangeError('a stored profile is damaged');
    }
    visit(number, count, at + 2);
    least = number + 1;
    at = end;
  }
}

function codeAt(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}

/** 1 for a code whose label was found right. */
const CHECKED = new Uint8Array(65_536);
const LABELS = new Map<number, AlleleLabel>();

/** The label of a code, checked the first time that the code is met. */
function labelOf(code: number): AlleleLabel {
  const known = LABELS.get(code);
  if (known !== undefined) return known;
  const label = decodeAllele(code);
  if (parseAllele(label) !== label) throw new RangeError(`a stored profile has an allele ${code}`);
  LABELS.set(code, label);
  CHECKED[code] = 1;
  return label;
}
