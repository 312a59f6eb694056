import t from 'tap';
import { onlyRow } from '../../src/platform/database.ts';
import {
  FORBIDDEN,
  foreign,
  login,
  own,
  owner,
  POINT,
  type Point,
  POLICE,
  type Scope,
  tables,
  takeScope,
  tryOut,
} from './fenced-database.ts';

t.test('nothing is written for another, or into what is another’s', async (t) => {
  const as = (scope: Scope, statement: string) =>
    login.begin(async (tx) => {
      await takeScope(tx, scope);
      await tx.unsafe(statement);
    });
  const idOf = async (from: string): Promise<string> =>
    onlyRow(await owner.unsafe<{ id: string }[]>(`select id from ${from}`)).id;
  const caseOf = ({ caseNumber }: Point) => idOf(`cases where number = '${caseNumber}'`);
  const [theirCase, ownCase] = [await caseOf(foreign), await caseOf(own)];
  const sample = (fields: Partial<Record<'point' | 'case' | 'family' | 'batch', string>>) => `
    insert into samples (collection_point_id, code, sex, case_id, family_id, relation, batch_id)
    values ('${fields.point ?? own.id}', 'new', 'male', '${fields.case ?? ownCase}',
      ${fields.family ? `'${fields.family}'` : 'null'}, ${fields.family ? `'sibling'` : 'null'},
      '${fields.batch ?? own.batchId}')`;
  const theirSample = await idOf("samples where code = 'FOREIGN-u'");
  const theirProfile = await idOf(`profiles where sample_id = '${theirSample}'`);
  const theirFamily = await idOf("families where code = 'FOREIGN'");
  const ownFamily = await idOf("families where code = 'OWN'");
  const refused: [what: string, statement: string][] = [
    [
      'a case of theirs',
      `insert into cases (collection_point_id, number, kind, division)
       values ('${foreign.id}', 'n', 'unknown-origin', '330100')`,
    ],
    [
      'an event of their case',
      `insert into case_events (case_id, status) values ('${theirCase}', 'registered')`,
    ],
    [
      'an event that only the laboratory decides',
      `insert into case_events (case_id, status) values ('${ownCase}', 'lead-supported')`,
    ],
    [
      'a family of theirs',
      `insert into families (collection_point_id, code, case_id)
       values ('${foreign.id}', 'new', '${ownCase}')`,
    ],
    [
      'a family in their case',
      `insert into families (collection_point_id, code, case_id)
       values ('${own.id}', 'new', '${theirCase}')`,
    ],
    ['a sample of theirs', sample({ point: foreign.id })],
    ['a sample in their case', sample({ case: theirCase })],
    ['a sample in their family', sample({ family: theirFamily })],
    ['a sample in their batch', sample({ batch: foreign.batchId })],
    [
      'a profile of their sample',
      `insert into profiles (sample_id, genotypes) values ('${theirSample}', '')`,
    ],
    [
      'a search of their profile',
      `insert into search_requests (profile_id) values ('${theirProfile}')`,
    ],
    ['a change of its own family', `update families set created_at = now()`],
    ['a change of its own registration', `update collection_points set created_at = now()`],
    [
      'a scan of their tube',
      `insert into custody_scans (barcode, collection_point_id, event, at, scanner, actor, content_hash)
       values ('HW-${foreign.id}', '${own.id}', 'drawn', now(), 's', 'k', 'new')`,
    ],
    [
      'a scan of theirs',
      `insert into custody_scans (barcode, collection_point_id, event, at, scanner, actor, content_hash)
       values ('HW-${own.id}', '${foreign.id}', 'drawn', now(), 's', 'k', 'newer')`,
    ],
    [
      'an alarm of theirs',
      `insert into custody_alarms (code, barcode, collection_point_id, at, content_hash)
       values ('c', 'b', '${foreign.id}', now(), 'new')`,
    ],
  ];
  for (const [what, statement] of refused) {
    await t.rejects(as(POINT, statement), FORBIDDEN, what);
    const unfenced = tryOut(async (tx) => {
      for (const table of tables) await tx`alter table ${tx(table)} disable row level security`;
      await takeScope(tx, POINT);
      return tx.savepoint((sp) => sp.unsafe(statement)).catch((error: unknown) => error);
    });
    t.notMatch(await unfenced, FORBIDDEN, `${what}: by the policy`);
  }
  const caseOfFamily = (code: string) =>
    idOf(`cases where id = (select case_id from families where code = '${code}')`);
  const [ownRelatives, theirRelatives] = [await caseOfFamily('OWN'), await caseOfFamily('FOREIGN')];
  await t.resolves(as(POINT, sample({ family: ownFamily, case: ownRelatives })), 'its own it may');
  await t.rejects(as(POINT, sample({ family: ownFamily })), FORBIDDEN, 'in the case of the family');

  const rows = await owner<{ number: string }[]>`
    select number from cases where id = ${theirRelatives}`;
  const { number } = onlyRow(rows);
  const presenting = (statement: string) =>
    as(POINT, `set local homeward.case_numbers = '${number}'; ${statement}`);
  const joined = sample({ family: theirFamily, case: theirRelatives });
  await t.rejects(as(POINT, joined), FORBIDDEN, 'a relative without the number of the case');
  for (const statement of [
    sample({ case: theirRelatives }),
    sample({ family: theirFamily }),
    `insert into families (collection_point_id, code, case_id) values ('${own.id}', 'new', '${theirRelatives}')`,
    `insert into case_events (case_id, status) values ('${theirRelatives}', 'registered')`,
    `insert into case_features (case_id, sex) values ('${theirRelatives}', 'male')`,
    `update families set created_at = now() where id = '${theirFamily}'`,
  ]) {
    await t.rejects(presenting(statement), FORBIDDEN, `with it: ${statement}`);
  }
  await t.resolves(
    presenting(joined.replace('new', 'newer')),
    'with it a relative is added, and nothing else',
  );

  await t.rejects(
    as({ ...POINT, role: 'homeward_engine' }, `update families set created_at = now()`),
    FORBIDDEN,
    'the engine locks families and changes none',
  );
  const ownProfile = `sample_id in (select id from samples where code = 'OWN-u')`;
  await t.rejects(as(POINT, `update profiles set genotypes = '' where ${ownProfile}`), FORBIDDEN);
  const supersede = `update profiles set superseded_by = gen_random_uuid()`;
  const revive = `update profiles set superseded_by = null`;
  await t.rejects(as(POINT, revive), FORBIDDEN, 'what was superseded stays so');
  await t.resolves(as(POINT, supersede), 'it ends its own profiles');
  const [theirs] = await owner`
    select superseded_by from profiles where id = ${theirProfile}`;
  t.equal(theirs!.superseded_by, null, 'and not those of another');
  await t.rejects(as(POLICE, `update cases set status = 'registered'`), FORBIDDEN);
});

t.test('a search drops a finding while it is open, and none that an analyst settled', async (t) => {
  const dropped = (settled: boolean) =>
    login
      .begin(async (tx) => {
        await tx`set local role homeward_laboratory`;
        const said = settled
          ? `'twins', 'born together', 'key_0', now()`
          : 'null, null, null, null';
        await tx.unsafe(`update identity_findings set (verdict, reason, settled_by, settled_at) = (${said})`); // prettier-ignore
        await tx`set local role homeward_engine`;
        const { count } = await tx`delete from identity_findings`;
        throw new Error(`dropped ${count}`);
      })
      .catch((error: unknown) => (error as Error).message);
  t.equal(await dropped(true), 'dropped 0');
  t.match(await dropped(false), /^dropped [1-9]/);
});
