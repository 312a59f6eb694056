import { openPersonFile } from '../../formats/person-file.ts';
import type { RowRefusal } from '../../formats/row.ts';
import type { Profile } from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';

/** More than a plate of the largest sequencer. */
const MOST_ROWS = 400;

/** What a laboratory's file says of people who were sampled again. */
export type Typings = {
  readonly people: readonly { readonly sampleId: string; readonly profile: Profile }[];
  readonly refused: readonly RowRefusal[];
};

/**
 * Reads a file in any of the forms that intake takes; nothing is kept.
 * @throws HomewardError FILE_COMPRESSED, ENCODING_UNKNOWN, FORMAT_MISMATCH, BATCH_TOO_LONG, or what no row of
 *   the file can be read for
 */
export async function readTypings(file: Uint8Array): Promise<Typings> {
  const people: Typings['people'][number][] = [];
  const refused: RowRefusal[] = [];
  for await (const outcome of openPersonFile(file).rows) {
    if (people.length + refused.length >= MOST_ROWS) throw new HomewardError('BATCH_TOO_LONG', TOO_LONG); // prettier-ignore
    if ('faults' in outcome) refused.push(outcome);
    else people.push({ sampleId: outcome.person.sampleId, profile: outcome.person.profile });
  }
  return { people, refused };
}

const TOO_LONG = `More than ${MOST_ROWS} rows: send a file of the people alone who were sampled again.`;
