import t, { type Test } from 'tap';
import { openKeyRing } from '../../../src/platform/crypto/key-ring.ts';
import { makeRecordKeys } from '../../../src/platform/crypto/record-keys.ts';
import { migrateDatabase, openDatabase } from '../../../src/platform/database.ts';
import { startDatabase, TEST_KEY_RING } from '../../servers.ts';

const OTHER = `next ${Buffer.alloc(32, 8).toString('base64')}\n`;

async function open(t: Test) {
  const url = await startDatabase(t);
  await migrateDatabase(url);
  const connection = openDatabase(url);
  const { db } = connection;
  t.teardown(() => connection.close());
  const withRing = async (text: string) =>
    makeRecordKeys({ ring: await openKeyRing({ kind: 'text', text }) });
  return { db, withRing, recordKeys: await withRing(TEST_KEY_RING) };
}

t.test('every record gets a key of its own and finds it again', async (t) => {
  const { db, recordKeys } = await open(t);
  const made = await recordKeys.make(db, 70);
  t.equal(new Set(made.map(({ key }) => Buffer.from(key).toString('hex'))).size, 70);
  t.equal(new Set(made.map(({ keyPageId, keySlot }) => `${keyPageId} ${keySlot}`)).size, 70);
  const find = await recordKeys.find(db, made);
  for (const { key, ...place } of made) t.strictSame(Buffer.from(find(place)!), Buffer.from(key));
  const { keyPageId } = made[0]!;
  t.equal(find({ keyPageId, keySlot: 99 }), null);
  t.equal(find({ keyPageId: '00000000-0000-0000-0000-000000000000', keySlot: 0 }), null);
  t.strictSame(await recordKeys.make(db, 0), []);
});

t.test('a key that was destroyed is gone, and its neighbours are not', async (t) => {
  const { db, recordKeys } = await open(t);
  const made = await recordKeys.make(db, 40);
  const doomed = made.filter((_, place) => place % 3 === 0);
  // At once: each rewrites a page that others rewrite too.
  await Promise.all(doomed.map((key) => db.transaction((tx) => recordKeys.destroy(tx, [key]))));
  const find = await recordKeys.find(db, made);
  for (const [place, key] of made.entries()) t.equal(find(key) === null, place % 3 === 0);
  await recordKeys.destroy(db, doomed);
  await recordKeys.destroy(db, [{ keyPageId: '00000000-0000-0000-0000-000000000000', keySlot: 0 }]);
});

t.test('pages are wrapped anew while keys are made, found and destroyed', async (t) => {
  const { db, recordKeys, withRing } = await open(t);
  const made = await recordKeys.make(db, 100);
  const rotated = await withRing(TEST_KEY_RING + OTHER);
  const [first] = made;
  await rotated.destroy(db, [first!]);
  let pages = 0;
  for (let some = 1; some > 0; pages += some)
    some = await db.transaction((tx) => rotated.rewrapSome(tx));
  t.equal(pages, 3, 'the fourth was wrapped anew when a key on it was destroyed');
  const alone = await withRing(OTHER);
  const find = await alone.find(db, made);
  t.equal(find(first!), null);
  for (const key of made.slice(1)) t.strictSame(Buffer.from(find(key)!), Buffer.from(key.key));
  await t.rejects(
    recordKeys.find(db, made),
    { code: 'KEY_RING_INVALID' },
    'the old key is of no use',
  );
});
