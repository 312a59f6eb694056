import { LOCI } from '../kinship/index.ts';
import type { Place } from './family-shard.ts';
import { type GenotypeAlphabet, type GenotypeCode, NOT_TYPED } from './genotype-alphabet.ts';
import { BLOCK_SIZE, CODES, COLUMN_BYTES, DIRECTORY, PLANE_BYTES } from './kernel/layout.ts';
import { kinRowsAt } from './kin-record.ts';
import { LEAST_LOCI_ALIKE, mayBeOnePerson, MOST_LOCI_DIFFERING } from './one-person.ts';
import type { StoreSnapshot } from './profile-store.ts';
import type { IndexSnapshot, PersonPlace } from './search-index.ts';
import type { SharedMemory } from './shared-memory.ts';

const PARENT_PARTS: readonly (readonly [place: Exclude<Place, 'kin'>, part: number])[] = [
  ['couples', 0],
  ['couples', 1],
  ['father', 0],
  ['mother', 0],
  ['parent', 0],
];
const PEOPLE_A_WORD = 32;
/** The plane of those who show one allele only. */
const HOMOZYGOTES = 0;

/** One locus of somebody who is looked for. */
type Wanted = {
  readonly number: number;
  readonly code: GenotypeCode;
  /** Bytes from the beginning of a column to two planes on which whoever shows the same has a bit. */
  readonly planes: readonly [number, number];
};

/** The same in one block: places among the 32-bit words, and among the codes. */
type Column = {
  readonly code: GenotypeCode;
  readonly first: number;
  readonly second: number;
  readonly codes: number;
};

/**
 * Finds everybody of an index who may be one person with somebody: a pass over all of them, 32 at once.
 * Whoever changes place meanwhile may be missed, and has a search of their own.
 * @param rows of those who are looked for, one code a locus
 */
export function scanPeople(
  memory: SharedMemory,
  alphabet: GenotypeAlphabet,
  index: IndexSnapshot,
  rows: readonly Uint16Array[],
): PersonPlace[][] {
  alphabet.catchUp();
  return rows.map((row) => {
    const wanted = wantedOf(alphabet, row);
    const found: PersonPlace[] = [];
    if (wanted.length < LEAST_LOCI_ALIKE) return found;
    for (const slot of scanStore(memory, index.unknowns, 0, wanted)) {
      found.push({ side: 'unknowns', slot });
    }
    index.shards.forEach((snapshot, shard) => {
      for (const [place, part] of PARENT_PARTS) {
        for (const slot of scanStore(memory, snapshot[place], part, wanted)) {
          found.push({ side: 'parents', shard, place, part, slot });
        }
      }
      found.push(...scanKin(memory, snapshot.kin, shard, row));
    });
    return found;
  });
}

function wantedOf(alphabet: GenotypeAlphabet, row: Uint16Array): Wanted[] {
  return LOCI.flatMap((_, number): Wanted[] => {
    const code = row[number]! as GenotypeCode;
    if (code === NOT_TYPED) return [];
    const locus = alphabet.at(number);
    const [first, second] = locus.planes(code);
    const other = locus.isHomozygote(code) ? HOMOZYGOTES : second;
    return [{ number, code, planes: [first * PLANE_BYTES, other * PLANE_BYTES] }];
  });
}

function scanStore(
  memory: SharedMemory,
  { parts, size }: StoreSnapshot,
  part: number,
  wanted: readonly Wanted[],
): number[] {
  const slots: number[] = [];
  parts[part]!.forEach((block, number) => {
    const people = Math.min(BLOCK_SIZE, size - number * BLOCK_SIZE);
    const columns = columnsOf(memory, block, wanted);
    if (columns.length < LEAST_LOCI_ALIKE) return;
    for (let word = 0; word * PEOPLE_A_WORD < people; word++) {
      let left = screen(memory.words, block / 4 + word, columns, word);
      for (; left !== 0; left &= left - 1) {
        const place = word * PEOPLE_A_WORD + 31 - Math.clz32(left & -left);
        if (isAlike(memory.codes, columns, place)) slots.push(number * BLOCK_SIZE + place);
      }
    }
  });
  return slots;
}

/** The loci at which somebody of a block is typed. */
function columnsOf(memory: SharedMemory, block: number, wanted: readonly Wanted[]): Column[] {
  const { bytes, words } = memory;
  return wanted.flatMap(({ number, code, planes }): Column[] => {
    const column = words[(block + DIRECTORY) / 4 + number]!;
    // One beyond what this thread sees was added since: nobody who was there before is typed at it.
    if (column === 0 || column + COLUMN_BYTES > bytes.length) return [];
    const [first, second] = planes;
    return [
      { code, first: (column + first) / 4, second: (column + second) / 4, codes: (column + CODES) / 2 }, // prettier-ignore
    ];
  });
}

/** Of each number of loci, up to the most that may differ: those of a word who differ at no more. */
const differing = new Int32Array(1 + MOST_LOCI_DIFFERING);

/**
 * Who of a word of 32 people may differ at few enough loci. Who is not typed at one has all bits there,
 * and alleles may share a plane: nobody who is alike is lost.
 */
function screen(
  words: Uint32Array,
  occupied: number,
  columns: readonly Column[],
  word: number,
): number {
  differing.fill(words[occupied]!);
  for (const { first, second } of columns) {
    const alike = words[first + word]! & words[second + word]!;
    for (let most = MOST_LOCI_DIFFERING; most > 0; most--) {
      differing[most]! &= alike | differing[most - 1]!;
    }
    differing[0]! &= alike;
    if (differing[MOST_LOCI_DIFFERING] === 0) return 0;
  }
  return differing[MOST_LOCI_DIFFERING]!;
}

function isAlike(codes: Uint16Array, columns: readonly Column[], place: number): boolean {
  let lociCompared = 0;
  let lociDiffering = 0;
  for (const column of columns) {
    const code = codes[column.codes + place]!;
    if (code === NOT_TYPED) continue;
    lociCompared++;
    if (code !== column.code) lociDiffering++;
  }
  return mayBeOnePerson({ lociCompared, lociDiffering });
}

/** Families with relatives besides the parents, who stand there too. */
function scanKin(
  memory: SharedMemory,
  records: readonly number[],
  shard: number,
  row: Uint16Array,
): PersonPlace[] {
  const found: PersonPlace[] = [];
  records.forEach((record, slot) => {
    if (record === 0) return;
    kinRowsAt(memory, record).forEach((at, member) => {
      if (isAlikeRow(row, memory.codes, at)) found.push({ side: 'kin', shard, slot, member });
    });
  });
  return found;
}

/** @param at where the other row begins among the codes */
function isAlikeRow(row: Uint16Array, codes: Uint16Array, at: number): boolean {
  let lociCompared = 0;
  let lociDiffering = 0;
  for (let number = 0; number < row.length; number++) {
    const [code, other] = [row[number]!, codes[at + number]!];
    if (code === NOT_TYPED || other === NOT_TYPED) continue;
    lociCompared++;
    if (code !== other && ++lociDiffering > MOST_LOCI_DIFFERING) return false;
  }
  return mayBeOnePerson({ lociCompared, lociDiffering });
}
