import postgres from 'postgres';
import t from 'tap';
import { makeReviewsService } from '../../src/casework/reviews/reviews.service.ts';
import { HomewardError } from '../../src/platform/errors.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { VERDICTS } from '../../src/casework/reviews/verdict.ts';
import { startServer } from '../servers.ts';

const RACES = 1_000;
const AT_A_TIME = 4;

/** Candidates of one child and as many families, under a policy that has nothing to say. */
async function makeCandidates(owner: postgres.Sql): Promise<string[]> {
  await owner`
    with point as (insert into collection_points (code, name, division) values ('P', 'P', '510100') returning id),
    b as (insert into batches (collection_point_id, side, idempotency_key, content_hash, receipt)
          select id, 'unknowns', 'k', 'h', '{}' from point returning id),
    c as (insert into cases (collection_point_id, number, kind, division)
          select id, 'HW-' || n, 'missing-child', '510100' from point, generate_series(0, ${RACES}) n
          returning id, number, collection_point_id),
    f as (insert into families (collection_point_id, code, case_id)
          select collection_point_id, number, id from c where number <> 'HW-0' returning id),
    s as (insert into samples (collection_point_id, code, sex, case_id, batch_id)
          select collection_point_id, 'U', 'male', c.id, b.id from c, b where number = 'HW-0' returning id),
    p as (insert into profiles (sample_id, genotypes) select id, '' from s returning id),
    t as (insert into frequency_tables (name, content_hash, csv) values ('t', 't', '') returning id),
    y as (insert into policies (name, content_hash, frequency_table_id, document, active)
          select 'y', 'y', id, '{}', true from t returning id)
    insert into candidate_matches (unknown_sample_id, family_id, policy_id, relationship, log10_lr, loci_compared,
      loci_inconsistent, chance_probability, result, child_profile_id, family_profile_ids, relative_profile_ids, engine_version)
    select s.id, f.id, y.id, 'father', 5, 8, 0, 0, '{}', p.id, '{}', '{}', 'x' from s, f, y, p`;
  const rows = await owner<{ id: string }[]>`select id from candidate_matches`;
  return rows.map(({ id }) => id);
}

t.test('two analysts race for one candidate a thousand times', { timeout: 200_000 }, async (t) => {
  const { url, loginUrl } = await startServer(t, 'migrated');
  const owner = postgres(url, { max: 1, onnotice: () => undefined });
  const ids = await makeCandidates(owner);
  t.equal(ids.length, RACES);
  const open = () =>
    openDatabase(loginUrl, { connections: AT_A_TIME, role: 'homeward_laboratory' });
  const analysts = ['a', 'b'].map((name) => {
    const connection = open();
    return { name, connection, reviews: makeReviewsService({ db: connection.db }) };
  });
  t.teardown(async () => {
    await Promise.all(analysts.map(({ connection }) => connection.close()));
    await owner.end();
  });

  const told = new Map<string, string>();
  async function race(id: string, place: number): Promise<string[]> {
    const attempts = analysts.map(async ({ name, reviews }, which) => {
      const verdict = VERDICTS[(place + which * (place >> 2)) % VERDICTS.length]!;
      try {
        const { state } = await reviews.decide(
          id,
          { verdict, reason: name, cause: null, version: 1 },
          name,
        );
        told.set(id, name);
        return state;
      } catch (error) {
        return error instanceof HomewardError ? error.code : String(error);
      }
    });
    return Promise.all(attempts);
  }

  const outcomes: string[][] = [];
  const queue = ids.entries();
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      for (const [place, id] of queue) outcomes.push((await race(id, place)).sort());
    }),
  );
  t.equal(outcomes.length, RACES);
  const unexpected = outcomes.filter((pair) => pair.join() !== 'VERSION_STALE,second-opinion');
  t.same(unexpected, [], 'one wins, the other is told that it has changed');

  const stored = await owner<{ id: string; by: string; state: string; version: number }[]>`
    select m.id, d.decided_by as by, m.state, m.version
    from candidate_matches m join review_decisions d on d.candidate_id = m.id`;
  t.equal(stored.length, RACES, 'one signature each');
  const wrong = stored.filter(
    ({ id, by, state, version }) =>
      told.get(id) !== by || state !== 'second-opinion' || version !== 2,
  );
  t.same(wrong, [], 'that of the one who was told so');
  const winners = new Set(told.values());
  t.equal(winners.size, 2, 'either wins sometimes');
});
