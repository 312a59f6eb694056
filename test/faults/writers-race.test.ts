import postgres from 'postgres';
import t from 'tap';
import {
  type NewCandidate,
  replaceCandidates,
} from '../../src/casework/candidates/outcomes.repository.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { startServer } from '../servers.ts';

const CHILDREN = 4;
const FAMILIES = 6;
const WRITERS = 4;
const SEARCHES = 120;

/** Children and families under a policy that has nothing to say: an outcome for every pair of them. */
async function makePairs(owner: postgres.Sql): Promise<NewCandidate[]> {
  const rows = await owner<{ child: string; family: string; policy: string; profile: string }[]>`
    with point as (insert into collection_points (code, name, division) values ('P', 'P', '510100') returning id),
    b as (insert into batches (collection_point_id, side, idempotency_key, content_hash, receipt)
          select id, 'unknowns', 'k', 'h', '{}' from point returning id),
    c as (insert into cases (collection_point_id, number, kind, division)
          select id, 'HW-' || n, 'missing-child', '510100' from point, generate_series(1, ${CHILDREN + FAMILIES}) n
          returning id, substr(number, 4)::int as place, collection_point_id),
    f as (insert into families (collection_point_id, code, case_id)
          select collection_point_id, 'F' || place, id from c where place > ${CHILDREN} returning id),
    s as (insert into samples (collection_point_id, code, sex, case_id, batch_id)
          select collection_point_id, 'U' || place, 'male', c.id, b.id from c, b where place <= ${CHILDREN}
          returning id),
    p as (insert into profiles (sample_id, genotypes) select id, '' from s returning id, sample_id),
    t as (insert into frequency_tables (name, content_hash, csv) values ('t', 't', '') returning id),
    y as (insert into policies (name, content_hash, frequency_table_id, document, active)
          select 'y', 'y', id, '{}', true from t returning id)
    select s.id as child, f.id as family, y.id as policy, p.id as profile
    from s join p on p.sample_id = s.id, f, y`;
  return rows.map(({ child, family, policy, profile }) => ({
    unknownSampleId: child,
    familyId: family,
    policyId: policy,
    relationship: 'father',
    log10Lr: 5,
    lociCompared: 8,
    lociInconsistent: 0,
    chanceProbability: 0,
    result: {} as NewCandidate['result'],
    childProfileId: profile,
    familyProfileIds: [],
    relativeProfileIds: [],
    engineVersion: 'x',
  }));
}

t.test(
  'searches that meet the same pairs write one after the other, and none waits in a ring',
  { timeout: 120_000 },
  async (t) => {
    const { url, loginUrl } = await startServer(t, 'migrated');
    const owner = postgres(url, { max: 1, onnotice: () => undefined });
    const outcomes = await makePairs(owner);
    t.equal(outcomes.length, CHILDREN * FAMILIES);
    const connection = openDatabase(loginUrl, { connections: WRITERS, role: 'homeward_engine' });
    t.teardown(async () => {
      await connection.close();
      await owner.end();
    });

    async function write(): Promise<void> {
      for (let search = 0; search < SEARCHES; search++) {
        const some = outcomes.filter(() => Math.random() < 0.5);
        const reached = some.filter(() => Math.random() < 0.5);
        const pairs = some.map(({ unknownSampleId, familyId }) => ({ sampleId: unknownSampleId, familyId })); // prettier-ignore
        await connection.db.transaction((tx) =>
          replaceCandidates(tx, outcomes[0]!.policyId, pairs, reached),
        );
      }
    }

    const ended = await Promise.allSettled(Array.from({ length: WRITERS }, write));
    const troubles = ended.flatMap((one) => (one.status === 'rejected' ? [String(one.reason.cause ?? one.reason)] : [])); // prettier-ignore
    t.same(troubles, []);
    const [{ written } = { written: 0 }] = await owner<{ written: number }[]>`
      select count(*)::int as written from candidate_matches where lapsed_at is null or revision > 1`;
    t.ok(written > CHILDREN, `${written} candidates`);
  },
);
