import t from 'tap';
import { candidateMatches } from '../../src/platform/tables.ts';
import {
  CHILD,
  FATHER,
  LOCI,
  MOTHER,
  relativesCsv,
  startTestService,
  unknownsCsv,
} from './service.ts';

t.test('every parent of a candidate is weighed as other relatives too', async (t) => {
  const service = await startTestService(t);
  const { call } = service;
  const families = relativesCsv([
    ['S1', 'F1', 'father', FATHER],
    ['S2', 'F1', 'mother', MOTHER],
  ]);
  const unknowns = unknownsCsv([
    ['U1', CHILD],
    ['U2', FATHER],
  ]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', families);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknowns);
  await service.searched();
  const { candidates } = (await call('analyst', 'GET', '/v1/candidates')).body;
  const genotypesOf: Record<string, string[]> = { S1: FATHER, S2: MOTHER, U1: CHILD, U2: FATHER };
  const describe = (id: string, sex: string) => ({
    ...{ id, sex },
    genotypes: Object.fromEntries(
      LOCI.map((locus, place) => [locus, genotypesOf[id]![place]!.split(',')]),
    ),
  });
  const weigh = async (relative: string, unknown: string, rivals: any[]): Promise<any[]> => {
    const relationships = rivals.map(({ relationship }) => relationship);
    const answer = await call('analyst', 'POST', '/v1/likelihood-ratios', {
      people: [
        describe(relative, relative === 'S1' ? 'male' : 'female'),
        describe(unknown, 'unknown'),
      ],
      question: { kind: 'relationships', people: [relative, unknown], relationships },
    });
    return answer.body.populations[0].lrs;
  };
  let compared = 0;
  for (const { id, unknown, relatives, log10Lr, relationship } of candidates) {
    const { status, body } = await call('analyst', 'GET', `/v1/candidates/${id}/rivals`);
    t.equal(status, 200);
    const detail = (await call('analyst', 'GET', `/v1/candidates/${id}`)).body;
    t.same(detail.rivals, body.rivals, 'the candidate shows the same');
    t.same(
      body.rivals.map(({ relative }: { relative: string }) => relative),
      relatives,
    );
    for (const { relative, relationships } of body.rivals) {
      const expected = await weigh(relative, unknown, relationships);
      for (const [place, rival] of relationships.entries()) {
        const what = `${relative} and ${unknown}: ${rival.relationship} ${rival.log10Lr}`;
        const { kind, log10Lr: lr } = expected[place];
        t.ok(rival.kind === kind && (lr === null || Math.abs(rival.log10Lr - lr) < 1e-9), what);
        compared++;
        const isAlleged =
          (relationship === 'same-person' && rival.relationship === 'identical') ||
          (/^(father|mother)$/.test(relationship) && rival.relationship === 'parent-child');
        if (isAlleged) t.ok(Math.abs(rival.log10Lr - log10Lr) < 1e-9, `the LR itself: ${what}`);
      }
    }
  }
  t.ok(compared >= 15, `${compared} LRs as the calculation for any pedigree has them`);
  t.match(candidates, [{ unknown: 'U2', relationship: 'same-person', relatives: ['S1'] }, {}]);
});

t.test('a candidate of an older release has no rivals, and its couple is the whole', async (t) => {
  const service = await startTestService(t);
  const { call, db } = service;
  const families = relativesCsv([['S1', 'F1', 'father', FATHER]]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', families);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknownsCsv([['U1', CHILD]]));
  await service.searched();
  const couple = { kind: 'finite', log10Lr: -4, lociInconsistent: 3 };
  await db.update(candidateMatches).set({ result: { loci: [], omitted: [], couple } });
  const [candidate] = (await call('analyst', 'GET', '/v1/candidates')).body.candidates;
  t.equal(candidate.wholeFails, true);
  const { body } = await call('analyst', 'GET', `/v1/candidates/${candidate.id}`);
  t.match(body, { whole: couple, rivals: [] });
});

t.test('rivals are shown to whom the candidate is shown', async (t) => {
  const { call } = await startTestService(t, { search: false });
  const missing = '/v1/candidates/00000000-0000-4000-8000-000000000000/rivals';
  t.match(await call('analyst', 'GET', missing), { status: 404, body: { code: 'NOT_FOUND' } });
  for (const role of ['admin', 'collection-point', 'police'] as const) {
    t.match(await call(role, 'GET', missing), { status: 403 }, role);
  }
  t.equal((await call(null, 'GET', missing)).status, 401);
});
