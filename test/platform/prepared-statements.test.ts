import { sql } from 'drizzle-orm';
import t from 'tap';
import { openDatabase } from '../../src/platform/database.ts';
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
