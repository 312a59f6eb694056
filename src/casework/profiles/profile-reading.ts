import type { MessagePort } from 'node:worker_threads';
import { LOCI } from '../../kinship/index.ts';
import { type KeyRingSource, openKeyRing } from '../../platform/crypto/key-ring.ts';
import { makeRecordKeys } from '../../platform/crypto/record-keys.ts';
import { openDatabase } from '../../platform/database.ts';
import { type CommitSnapshot, type ComparedSample, streamProfilesSince } from './profile-stream.ts';

/** What a reading thread is told. */
export type ProfileReading = {
  readonly databaseUrl: string;
  readonly ring: KeyRingSource;
  /** How many groups are on their way; whoever has taken one counts down and wakes the thread. */
  readonly underWay: Int32Array<SharedArrayBuffer>;
  /** Where the thread sends its messages. */
  readonly port: MessagePort;
};

/** Some people together, as messages go; `alleles` has a row each, one behind the other. */
export type ComparedGroup = {
  readonly people: readonly ComparedSample[];
  readonly alleles: Uint16Array<ArrayBuffer>;
};

/** What a reading thread says: group after group, then the snapshot. */
export type ReadingMessage =
  { readonly group: ComparedGroup } | { readonly snapshot: CommitSnapshot };

const PEOPLE_A_GROUP = 4_096;
const MOST_GROUPS_UNDER_WAY = 4;
const NUMBERS_A_PERSON = 2 * LOCI.length;

/** Reads and opens everybody's profile, in a thread of its own: see profile-source.ts. */
export async function readProfiles(reading: ProfileReading): Promise<void> {
  const { databaseUrl, ring, underWay, port } = reading;
  const connection = openDatabase(databaseUrl, { connections: 1, role: 'homeward_engine' });
  const recordKeys = makeRecordKeys({ ring: await openKeyRing(ring) });
  let people: ComparedSample[] = [];
  let alleles = new Uint16Array(PEOPLE_A_GROUP * NUMBERS_A_PERSON);

  function send(): void {
    waitForRoom(underWay);
    const message: ReadingMessage = { group: { people, alleles } };
    port.postMessage(message, [alleles.buffer]);
    people = [];
    alleles = new Uint16Array(PEOPLE_A_GROUP * NUMBERS_A_PERSON);
  }

  try {
    const source = { db: connection.db, recordKeys };
    const snapshot = await streamProfilesSince(source, null, {
      onSample(person, row) {
        alleles.set(row, people.length * NUMBERS_A_PERSON);
        if (people.push(person) === PEOPLE_A_GROUP) send();
      },
      onWithdrawn: () => undefined,
    });
    if (people.length > 0) send();
    const end: ReadingMessage = { snapshot };
    port.postMessage(end);
  } finally {
    await connection.close();
  }
}

/** Blocks this thread, which has nothing else to do, and with it the server's sending. */
function waitForRoom(underWay: Int32Array<SharedArrayBuffer>): void {
  for (;;) {
    const count = Atomics.load(underWay, 0);
    if (count < MOST_GROUPS_UNDER_WAY) break;
    Atomics.wait(underWay, 0, count);
  }
  Atomics.add(underWay, 0, 1);
}
