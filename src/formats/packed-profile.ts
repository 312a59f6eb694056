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
  if (bytes[0] !== FORMAT)
    throw new RangeError(`a stored profile has format ${bytes[0] ?? 'none'}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const profile = new Map<Locus, AlleleLabel[]>();
  for (let at = 1, least = 0; at < bytes.length;) {
    const number = view.getUint8(at);
    const count = view.getUint8(at + 1);
    const locus = LOCI[number];
    if (locus === undefined) throw new RangeError('a stored profile names a locus that is unknown');
    if (number < least || count < 2) throw new RangeError('a stored profile is damaged');
    least = number + 1;
    at += 2;
    profile.set(
      locus,
      Array.from({ length: count }, (_, place) => labelOf(view.getUint16(at + 2 * place))),
    );
    at += 2 * count;
  }
  return profile;
}

/**
 * Reads the same bytes as numbers, for those who read many: two alleles a locus, at twice its number,
 * as {@link encodeAllele} has them. A locus with more than two is not typed, which is 0.
 * @param into of two numbers a locus, overwritten
 * @throws RangeError as {@link unpackProfile} does
 */
export function unpackAlleles(bytes: Uint8Array, into: Uint16Array): void {
  if (bytes[0] !== FORMAT)
    throw new RangeError(`a stored profile has format ${bytes[0] ?? 'none'}`);
  into.fill(0);
  let least = 0;
  let at = 1;
  while (at < bytes.length) {
    const number = bytes[at]!;
    const count = bytes[at + 1]!;
    const end = at + 2 + 2 * count;
    // Compared this way round, so that a count beyond the end is no count either.
    if (!(number >= least && number < LOCI.length && count >= 2 && end <= bytes.length)) {
      throw new RangeError('a stored profile is damaged');
    }
    for (let place = at + 2; place < end; place += 2) {
      const code = (bytes[place]! << 8) | bytes[place + 1]!;
      if (CHECKED[code] === 0) labelOf(code);
      if (count === 2) into[2 * number + ((place - at) >> 1) - 1] = code;
    }
    least = number + 1;
    at = end;
  }
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
