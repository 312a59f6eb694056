import { readProfileCsv } from '../../src/formats/profile-csv.ts';
import type { PersonRow, RowOutcome } from '../../src/formats/row.ts';

/** The outcome of every row of a CSV that arrives in chunks of so many bytes. */
export async function readCsv(
  content: string | Uint8Array,
  chunkBytes = Infinity,
): Promise<RowOutcome[]> {
  const outcomes: RowOutcome[] = [];
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for await (const outcome of readProfileCsv(cut(bytes, chunkBytes))) outcomes.push(outcome);
  return outcomes;
}

/** The people of a CSV of which every row is good. */
export async function readPeople(content: string | Uint8Array): Promise<PersonRow[]> {
  return (await readCsv(content)).map((outcome) => {
    if ('person' in outcome) return outcome.person;
    throw new Error(`row ${outcome.row}: ${JSON.stringify(outcome.faults)}`);
  });
}

/** The genotypes of a person as a file writes them: `{ vWA: '14,16' }`. */
export function genotypesOf({ profile }: PersonRow): Record<string, string> {
  return Object.fromEntries([...profile].map(([locus, genotype]) => [locus, genotype.join()]));
}

/** What the only data row of a CSV is refused for: `field code`. */
export async function faultsOf(content: string): Promise<string[]> {
  const [outcome] = await readCsv(content);
  if (!outcome || 'person' in outcome) throw new Error('the row was not refused');
  return outcome.faults.map(({ field, code }) => `${field ?? 'row'} ${code}`);
}

/** Bytes in pieces of so many. */
export function* cut(bytes: Uint8Array, chunkBytes: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    yield bytes.subarray(at, Math.min(bytes.length, at + chunkBytes));
  }
}
