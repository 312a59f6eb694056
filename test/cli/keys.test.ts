import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { openKeyRing } from '../../src/platform/crypto/key-ring.ts';
import { makeRecordKeys } from '../../src/platform/crypto/record-keys.ts';
import { migrateDatabase, openDatabase } from '../../src/platform/database.ts';
import { PROGRAM } from '../package.ts';
import { makeFolder, startDatabase } from '../servers.ts';
import { type Run, run } from './homeward.ts';

const nameOf = (line: string): string => line.split(' ')[0]!;

t.test('a ring is made, lengthened and its old key given up', async (t) => {
  const url = await startDatabase(t);
  const file = join(await makeFolder(t), 'key.ring');
  const keys = (...args: string[]): Promise<Run> =>
    run(`DATABASE_URL=${url}`, [
      `KEY_RING_FILE=${file}`,
      process.execPath,
      PROGRAM,
      'keys',
      ...args,
    ]);
  const first = (await keys('new')).stdout;
  t.match(first, /^ring-\d{8}-[0-9a-f]{6} \S{44}\n$/);
  await writeFile(file, first);
  await migrateDatabase(url);
  const connection = openDatabase(url);
  const { db } = connection;
  t.teardown(() => connection.close());
  const recordKeys = makeRecordKeys({ ring: await openKeyRing({ kind: 'file', file }) });
  const made = await recordKeys.make(db, 100);

  const second = (await keys('new')).stdout;
  await appendFile(file, second);
  t.equal((await keys('status')).stdout, `${nameOf(first)} 4\n${nameOf(second)} 0 (current)\n`);
  t.equal((await keys('rewrap')).stdout, `4 pages were wrapped with ${nameOf(second)}\n`);
  t.equal((await keys('status')).stdout, `${nameOf(second)} 4 (current)\n`);
  const find = await recordKeys.find(db, made);
  for (const key of made) t.strictSame(Buffer.from(find(key)!), Buffer.from(key.key));

  await writeFile(file, second);
  t.equal((await keys('rewrap')).stdout, `0 pages were wrapped with ${nameOf(second)}\n`);
  await writeFile(file, (await readFile(file, 'utf8')).slice(0, 40));
  t.match(await keys('status'), { code: 2, stderr: /KEY_RING_INVALID: .*line 1 is no key/ });
});
