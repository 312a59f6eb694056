import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import t, { type Test } from 'tap';
import { startTestService, type TestService } from '../http/service.ts';
import { PROGRAM } from '../package.ts';
import { makeFolder } from '../servers.ts';
import { isRefused, type Run, run } from './homeward.ts';

/** `homeward audit` on the service's database. */
function audit({ loginUrl }: TestService, ...args: string[]): Promise<Run> {
  return run(`DATABASE_URL=${loginUrl}`, [process.execPath, PROGRAM, 'audit', ...args]);
}

async function startWithEntries(t: Test): Promise<TestService> {
  const service = await startTestService(t, { policy: false, search: false });
  for (let entry = 0; entry < 4; entry++) await service.call('analyst', 'GET', '/v1/candidates');
  return service;
}

/** As somebody does who rules over the database. */
async function tamper(service: TestService, ...statements: SQL[]): Promise<void> {
  await service.db.execute(sql`alter table audit_entries disable trigger append_only`);
  for (const statement of statements) await service.db.execute(statement);
}

t.test(
  'an altered byte, a removed row and two that changed places are found and named',
  async (t) => {
    const service = await startWithEntries(t);
    const whole = await audit(service, 'verify');
    t.match(whole.stdout, /^the chain is whole: \d+ entries; head \d+:[0-9a-f]{64}\n$/);
    t.equal(whole.code, 0);
    const [head = ''] = /\d+:[0-9a-f]{64}/.exec(whole.stdout) ?? [];

    const isNamed = async (entry: number, statements: SQL[], back: SQL[], args: string[] = []) => {
      await tamper(service, ...statements);
      const { code, stdout } = await audit(service, 'verify', ...args);
      t.match(stdout, new RegExp(`^entry ${entry} `));
      t.equal(code, 1);
      await tamper(service, ...back);
    };
    await isNamed(
      3,
      [sql`update audit_entries set origin = overlay(origin placing '8' from length(origin)) where seq = 3`], // prettier-ignore
      [sql`update audit_entries set origin = overlay(origin placing '1' from length(origin)) where seq = 3`], // prettier-ignore
    );
    await isNamed(
      4,
      [sql`create table kept as select * from audit_entries where seq = 4`, sql`delete from audit_entries where seq = 4`], // prettier-ignore
      [sql`insert into audit_entries select * from kept`],
    );
    const swap = sql`update audit_entries set seq = case seq when -2 then 5 else 2 end where seq in (-2, -5)`; // prettier-ignore
    const aside = sql`update audit_entries set seq = -seq where seq in (2, 5)`;
    await isNamed(2, [aside, swap], [aside, swap]);
    t.equal((await audit(service, 'verify')).code, 0, 'whole again');

    const last = Number(head.split(':')[0]);
    await isNamed(
      last,
      [sql`create table cut as select * from audit_entries where seq = ${last}`, sql`delete from audit_entries where seq = ${last}`], // prettier-ignore
      [sql`insert into audit_entries select * from cut`],
      ['--head', head],
    );
  },
);

t.test('an exported chain is checked without the database', async (t) => {
  const service = await startWithEntries(t);
  const file = join(await makeFolder(t), 'chain.jsonl');
  t.equal((await audit(service, 'export', '--out', file)).code, 0);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const { stdout } = await audit(service, 'export');
  t.equal(stdout.trim(), lines.join('\n'), 'the same on standard output');

  const offline = (): Promise<Run> => run(process.execPath, [PROGRAM, 'audit', 'verify', '--file', file]); // prettier-ignore
  t.match((await offline()).stdout, `the chain is whole: ${lines.length} entries`);
  writeFileSync(file, lines.with(2, lines[2]!.replace('"status":2', '"status":4')).join('\n'));
  t.match(await offline(), { code: 1, stdout: /^entry 3 was altered/ });
  writeFileSync(file, lines.with(0, lines[1]!).with(1, lines[0]!).join('\n'));
  t.match(await offline(), { code: 1, stdout: /^entry 1 is not in its place/ });

  writeFileSync(file, lines.with(1, lines[1]!.replace('"object":{', '"object":{"__proto__":"7"')).join('\n')); // prettier-ignore
  await isRefused(t, ['audit', 'verify', '--file', file], /AUDIT_INVALID: .*line 2 has a key.*__proto__/); // prettier-ignore

  writeFileSync(file, 'seq,at\n');
  await isRefused(t, ['audit', 'verify', '--file', file], /AUDIT_INVALID: .*line 1 is not JSON/);
  writeFileSync(file, '{"seq":1}\n');
  await isRefused(t, ['audit', 'verify', '--file', file], /AUDIT_INVALID: .*line 1 is no entry/);
  await isRefused(t, ['audit', 'verify', '--file', `${file}.none`], /FILE_NOT_READABLE/);
  await isRefused(t, ['audit', 'verify', '--head', '7'], /head/);
});
