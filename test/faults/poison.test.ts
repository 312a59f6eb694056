import t from 'tap';
import { sql } from 'drizzle-orm';
import {
  CHILD,
  FATHER,
  MOTHER,
  relativesCsv,
  startTestService,
  unknownsCsv,
} from '../http/service.ts';

t.test('a profile whose bytes are spoiled fails alone; the others are found', async (t) => {
  const service = await startTestService(t, { policy: true });
  const { call, db } = service;
  const people = relativesCsv([
    ['P1f', 'F1', 'father', FATHER],
    ['P1m', 'F1', 'mother', MOTHER],
    ['P2f', 'F2', 'father', FATHER],
  ]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', people);
  await service.searched();
  await db.execute(sql`
    update profiles set genotypes = decode('01ff0203', 'hex'), written_in = pg_current_xact_id()
    where sample_id = (select id from samples where code = 'P2f')`);
  await db.execute(sql`
    update search_requests set state = 'pending', offered_at = null
    where profile_id = (select p.id from profiles p join samples s on s.id = p.sample_id where s.code = 'P2f')`);
  const unknowns = unknownsCsv([['U1', CHILD]]);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknowns);
  await service.searched();

  const progress = await call('analyst', 'GET', '/v1/searches/progress');
  t.match(progress.body, { pending: 0, failed: 1 });
  const failures = await db.execute(
    sql`select failure from search_requests where state = 'failed'`,
  );
  t.same([...failures], [{ failure: 'PROFILE_UNREADABLE' }]);
  const { body } = await call('analyst', 'GET', '/v1/candidates');
  t.match(body.candidates, [{ unknown: 'U1', family: 'F1', relationship: 'both-parents' }]);
});
