import { MessageChannel } from 'node:worker_threads';
import { sql } from 'drizzle-orm';
import { LOCI } from '../../kinship/index.ts';
import type { KeyRingSource } from '../../platform/crypto/key-ring.ts';
import type { RecordKeys } from '../../platform/crypto/record-keys.ts';
import { type ConnectedDatabase, onlyRow } from '../../platform/database.ts';
import { runInThread } from '../../platform/thread-pool.ts';
import type { ProfileReading, ReadingMessage } from './profile-reading.ts';
import {
  type CommitSnapshot,
  type ProfileListener,
  streamProfilesSince,
} from './profile-stream.ts';

/** Where the index gets its people from: see {@link streamProfilesSince}. */
export type ProfileSource = {
  streamSince(since: CommitSnapshot | null, listener: ProfileListener): Promise<CommitSnapshot>;
};

/** Fewer are read sooner than a thread starts. */
const MANY_PROFILES = 20_000;

/**
 * Reads the profiles of the whole database in a thread: to open a million of them takes as long as to
 * build the index of them, and the two go on side by side. The few that come later are read here.
 */
export function makeProfileSource({
  db,
  databaseUrl,
  recordKeys,
  ring,
}: {
  db: ConnectedDatabase;
  databaseUrl: string;
  recordKeys: RecordKeys;
  ring: KeyRingSource;
}): ProfileSource {
  return {
    async streamSince(since, listener) {
      return since === null && (await hasMany(db))
        ? readInThread({ databaseUrl, ring }, listener)
        : streamProfilesSince({ db, recordKeys }, since, listener);
    },
  };
}

async function hasMany(db: ConnectedDatabase): Promise<boolean> {
  const rows = await db.execute<{ many: boolean }>(
    sql`select exists (select from profiles offset ${MANY_PROFILES}) as many`,
  );
  return onlyRow(rows).many;
}

async function readInThread(
  from: { databaseUrl: string; ring: KeyRingSource },
  listener: ProfileListener,
): Promise<CommitSnapshot> {
  const underWay = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const { port1, port2 } = new MessageChannel();
  const reading: ProfileReading = { ...from, underWay, port: port2 };
  try {
    return await new Promise<CommitSnapshot>((resolve, reject) => {
      port1.on('message', (message: ReadingMessage) => {
        try {
          if ('snapshot' in message) resolve(message.snapshot);
          else takeGroup(message.group, listener);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
        Atomics.sub(underWay, 0, 1);
        Atomics.notify(underWay, 0);
      });
      runInThread('profile', reading).catch(reject);
    });
  } finally {
    port1.close();
  }
}

function takeGroup(
  { people, alleles }: Extract<ReadingMessage, { group: unknown }>['group'],
  { onSample }: ProfileListener,
): void {
  const width = 2 * LOCI.length;
  for (const [place, person] of people.entries()) {
    onSample(person, alleles.subarray(place * width, (place + 1) * width));
  }
}
