import t from 'tap';
import { calculationRequest } from '../../src/casework/likelihood-ratios/calculation.schema.ts';
import { computeDocument } from '../../src/casework/likelihood-ratios/calculation-document.ts';
import {
  type CalculationTask,
  runCalculationTask,
} from '../../src/casework/likelihood-ratios/calculation-task.ts';
import { makeLikelihoodRatiosService } from '../../src/casework/likelihood-ratios/likelihood-ratios.service.ts';
import { readFrequencyCsv } from '../../src/formats/frequency-csv.ts';
import { openCalculationPool, type ThreadPool } from '../../src/platform/thread-pool.ts';
import { LONG, SHORT } from './calculations.ts';

const ALLELES = Array.from({ length: 20 }, (_, place) => `TH01,${place + 5},0.05,30,300`);
const TABLE = readFrequencyCsv(['locus,allele,frequency,count,N', ...ALLELES].join('\n'));
const ID = '00000000-0000-4000-8000-000000000001';

/** One thread for all tests: it takes its time to start. */
const THREAD = openCalculationPool(1);
t.teardown(() => THREAD.close());

/** Computes at once, with what would cross to a thread and back. */
const AT_ONCE: ThreadPool = {
  size: 1,
  run: async (task) =>
    structuredClone(runCalculationTask(structuredClone(task) as CalculationTask)) as never,
  close: async () => undefined,
};

/** The service with one table and no policy. */
function makeService(pool: ThreadPool, timeLimitMs?: number) {
  const service = makeLikelihoodRatiosService({
    policies: { findActive: async () => null },
    frequencyTables: {
      find: async (id) =>
        id === ID ? { name: 'twenty alleles', contentHash: 'hash', table: TABLE } : null,
    },
    pool,
    ...(timeLimitMs !== undefined && { timeLimitMs }),
  });
  const ask = (request: object) =>
    service.answer(calculationRequest.parse({ frequencyTables: [ID], ...request }));
  return { ask, stop: () => service.stop() };
}

t.test('a thread computes what the main thread computes, to the last digit', async (t) => {
  const { ask } = makeService(THREAD);
  const document = await ask(SHORT);
  const again = computeDocument(document.calculation, [
    { name: 'twenty alleles', contentHash: 'hash', table: TABLE },
  ]);
  t.strictSame(document, again);
  t.equal(document.populations[0]?.loci.length, 1);
});

t.test('what takes too long is ended, and the next one finds a thread', async (t) => {
  const impatient = makeService(THREAD, 3000);
  const patient = makeService(THREAD);
  await patient.ask(SHORT);
  const began = performance.now();
  const [first, second] = await Promise.allSettled([impatient.ask(LONG), impatient.ask(LONG)]);
  const seconds = (performance.now() - began) / 1000;
  t.match(first, { status: 'rejected', reason: { code: 'CALCULATION_TOO_LONG' } });
  t.match(second, { reason: { code: 'CALCULATION_TOO_LONG' } }, 'waiting for a thread counts');
  t.ok(seconds > 2.9 && seconds < 15, `ended after ${seconds.toFixed(1)} s`);
  t.match(await patient.ask(SHORT), { populations: [{}] });
});

t.test('a service that stops ends what is under way, and begins nothing else', async (t) => {
  const { ask, stop } = makeService(THREAD);
  await ask(SHORT);
  const underWay = t.rejects(ask(LONG), { code: 'SERVICE_STOPPING' });
  setTimeout(stop, 200);
  await underWay;
  await t.rejects(ask(SHORT), { code: 'SERVICE_STOPPING' });
});

t.test('the reason of a refusal comes out of the thread', async (t) => {
  const { ask } = makeService(AT_ONCE);
  const people = [...SHORT.people, { id: 'a passer-by', genotypes: { TH01: ['9', '10'] } }];
  await t.rejects(ask({ ...SHORT, people }), {
    code: 'CALCULATION_INVALID',
    message: /^twenty alleles: .*passer-by.*\(PEDIGREE_INVALID\)$/,
  });
});

t.test('an error of ours in a thread is no refusal', (t) => {
  t.throws(() => runCalculationTask({} as never), TypeError);
  t.end();
});

t.test('a table named twice is one population', async (t) => {
  const { ask } = makeService(AT_ONCE);
  const { populations } = await ask({ ...SHORT, frequencyTables: [ID, ID] });
  t.equal(populations.length, 1);
});
