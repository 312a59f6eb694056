import { readFrequencyCsv } from '../../src/formats/frequency-csv.ts';
import {
  type Locus,
  makeGenotype,
  type AlleleLabel,
  type Profile,
} from '../../src/kinship/index.ts';
import { readText } from '../package.ts';

/** The table of the demo's policy. */
export const TABLE = readFrequencyCsv(readText('fixtures/frequencies/nist1036_all.csv'));
export const LOCI: readonly Locus[] = [...TABLE.keys()].slice(0, 24);

type Alleles = readonly [string, string];
/** Somebody's alleles by locus. */
export type Person = ReadonlyMap<Locus, Alleles>;

/** Numbers below 1, the same with every run (mulberry32). */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = makeRandom(24);

/** Cumulated frequencies, as the file has them. */
const DRAWS = new Map<string, [string, number][]>();
for (const line of readText('fixtures/frequencies/nist1036_all.csv').trim().split('\n').slice(1)) {
  const [locus = '', allele = '', frequency = ''] = line.split(',');
  const drawn = DRAWS.get(locus) ?? [];
  drawn.push([allele, (drawn.at(-1)?.[1] ?? 0) + Number(frequency)]);
  DRAWS.set(locus, drawn);
}

function drawAllele(locus: Locus): string {
  const drawn = DRAWS.get(locus)!;
  const number = random() * drawn.at(-1)![1];
  return drawn.find(([, upTo]) => number < upTo)![0];
}

/** Somebody of the table's population. */
export function draw(): Person {
  return new Map(LOCI.map((locus) => [locus, [drawAllele(locus), drawAllele(locus)]]));
}

export function childOf(father: Person, mother: Person): Person {
  const pass = (parent: Person, locus: Locus): string => parent.get(locus)![random() < 0.5 ? 0 : 1];
  return new Map(LOCI.map((locus) => [locus, [pass(father, locus), pass(mother, locus)]]));
}

/** What the likelihood makes of somebody. */
export function profileOf(person: Person): Profile {
  return new Map([...person].map(([locus, alleles]) => [locus, makeGenotype(alleles as readonly string[] as AlleleLabel[])])); // prettier-ignore
}

/** Somebody's sample: whose it is, as a file of samples says it, and the person. */
export type Sample = { readonly code: string; readonly family?: string; readonly relation?: string; readonly person: Person }; // prettier-ignore

/** Samples typed at some loci, as JSON that the service takes. */
export function typedAt(loci: readonly Locus[], samples: readonly Sample[]): object {
  const rows = samples.map(({ code: sampleId, family = '', relation = '', person }) => ({
    ...{ sampleId, family, relation },
    genotypes: Object.fromEntries(loci.map((locus) => [locus, person.get(locus)])),
  }));
  return { rows };
}
