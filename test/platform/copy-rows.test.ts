import postgres from 'postgres';
import t, { type Test } from 'tap';
import { copyRows } from '../../src/platform/copy-rows.ts';
import { startDatabase } from '../servers.ts';

async function connect(t: Test): Promise<postgres.Sql> {
  const client = postgres(await startDatabase(t), { max: 1, onnotice: () => undefined });
  t.teardown(() => client.end());
  return client;
}

/** Bytes of many lengths, so that rows end at every place of what arrives at once. */
const query = (rows: number, bytes: number): string => `
  select md5('a' || n)::uuid::text, case when n % 3 = 0 then null else 'näme ' || n end,
    substring(decode(repeat(md5('b' || n), 300), 'hex') for (n * 7 % ${bytes}))
  from generate_series(1, ${rows}) n`;

t.test('rows arrive as they are, and the connection goes on', async (t) => {
  const client = await connect(t);
  for (const [rows, bytes] of [
    [0, 1],
    [1, 2],
    [7, 4_800],
    [90, 400],
    [160, 200],
    [3_000, 300],
    [40_000, 190],
  ]) {
    // prettier-ignore
    const expected = await client.unsafe<unknown[][]>(query(rows!, bytes!)).values();
    const copied: unknown[] = [];
    const after = await client.begin(async (tx) => {
      await copyRows(tx, query(rows!, bytes!), 3, (row) => {
        copied.push([row.text(0), row.isNull(1) ? null : row.text(1), Buffer.from(row.bytes(2))]);
      });
      return tx`select 1 as one`;
    });
    t.equal(after[0]?.one, 1);
    t.equal(copied.length, rows);
    t.strictSame(copied, [...expected].map((values: unknown[]) => [...values]), `${rows} rows`); // prettier-ignore
  }
});

t.test('a reader that fails fails alone', async (t) => {
  const client = await connect(t);
  let rows = 0;
  const failing = client.begin((tx) =>
    copyRows(tx, query(20_000, 190), 3, () => {
      if (++rows === 1_000) throw new RangeError('no more room');
    }),
  );
  await t.rejects(failing, { message: 'no more room' });
  t.equal(rows, 1_000);
  t.equal((await client`select 1 as one`)[0]?.one, 1);
});

t.test('a query that fails is an error of the query', async (t) => {
  const client = await connect(t);
  const late = 'select 1 / (5000 - n) from generate_series(1, 9000) n';
  for (const wrong of ['select no_such_column', late]) {
    await t.rejects(client.begin((tx) => copyRows(tx, wrong, 1, () => undefined)));
    t.equal((await client`select 1 as one`)[0]?.one, 1, 'the connection goes on');
  }
});
