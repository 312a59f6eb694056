import { sql } from 'drizzle-orm';
import t from 'tap';
import { type Database, findByIndex, openDatabase } from '../../src/platform/database.ts';
import { startDatabase } from '../servers.ts';

t.test('a statement is prepared once, and a bulk insert never', async (t) => {
  const { db, ...connection } = openDatabase(await startDatabase(t), { connections: 1 });
  t.teardown(() => connection.close());
  const prepared = async (): Promise<string[]> => {
    const rows = await db.execute<{ statement: string }>(
      sql`select statement from pg_prepared_statements order by statement`,
    );
    return rows.map(({ statement }) => statement);
  };
  const twice = (number: number) => sql`select ${number}::int * 2 as twice`;
  t.same(await db.execute(twice(2)), [{ twice: 4 }]);
  t.same(await db.execute(twice(3)), [{ twice: 6 }], 'the second time with other values');
  await db.transaction(async (tx) => {
    t.same(await tx.execute(twice(4)), [{ twice: 8 }]);
    await tx.transaction(async (inner) => {
      t.same(await inner.execute(sql`select ${'inside'}::text as where`), [{ where: 'inside' }]);
    });
  });
  const values = sql.join(
    Array.from({ length: 2_000 }, (_, place) => sql`${place}::int`),
    sql`, `,
  );
  t.same(await db.execute(sql`select array_length(array[${values}], 1) as many`), [{ many: 2_000 }]); // prettier-ignore
  const codes = Array.from({ length: 200 }, (_, place) => String(place));
  const counted = sql`select cardinality(${sql.param(codes)}::text[]) as many`;
  t.same(await db.execute(counted), [{ many: 200 }], 'planned for its many values');
  // The driver prepares some statements of its own.
  const ours = (await prepared()).filter((statement) => statement.includes('$1'));
  t.strictSame(ours, ['select $1::int * 2 as twice', 'select $1::text as where']);
});

t.test('a prepared statement survives a change of its table', async (t) => {
  const { db, ...connection } = openDatabase(await startDatabase(t), { connections: 1 });
  t.teardown(() => connection.close());
  await db.execute(sql`create table things (one int)`);
  await db.execute(sql`insert into things values (${1})`);
  const read = sql`select * from things where one = ${1}`;
  t.same(await db.execute(read), [{ one: 1 }]);
  await db.execute(sql`alter table things add other int`);
  t.same(await db.execute(read), [{ one: 1, other: null }]);
});

t.test(
  'a plan that was made for a small table does not read it whole once it has grown',
  async (t) => {
    const { db, ...connection } = openDatabase(await startDatabase(t), { connections: 1 });
    t.teardown(() => connection.close());
    await db.execute(sql`create table parents (id int primary key)`);
    await db.execute(sql`create table children (parent int references parents)`);
    const write = (tx: Database, from: number, to: number): Promise<unknown> =>
      tx.execute(sql`with made as (insert into parents select generate_series(${from}::int, ${to}::int) returning id)
      insert into children select id from made`);
    /** How often the parents were read whole while 500 more were written with their children. */
    const wholeReads = (first: number, isFound: boolean): Promise<number> =>
      db.transaction(async (tx) => {
        if (isFound) await findByIndex(tx);
        await write(tx, first, first + 499);
        const [row] = await tx.execute<{ reads: number }>(
          sql`select seq_scan::int as reads from pg_stat_xact_user_tables where relname = 'parents'`,
        );
        return row!.reads;
      });
    const writeFew = (first: number, isFound: boolean): Promise<unknown> =>
      db.transaction(async (tx) => {
        if (isFound) await findByIndex(tx);
        return write(tx, first, first + 9);
      });
    await writeFew(0, true);
    await db.execute(sql`analyze parents`);
    await writeFew(10, true);
    t.ok((await wholeReads(1_000, true)) <= 1);
    // What it is for: without, the plan for ten rows is kept.
    await db.execute(sql`truncate parents, children`);
    await writeFew(0, false);
    await db.execute(sql`analyze parents`);
    await writeFew(10, false);
    t.ok((await wholeReads(1_000, false)) > 400);
  },
);
