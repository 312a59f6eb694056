import fc from 'fast-check';
import t from 'tap';
import { type Entry, makeEntry, type Step } from '../../web/src/offline/entry.ts';
import { makeMemoryStore } from '../../web/src/offline/memory-store.ts';
import { makeOutbox, type Pause, type StepAnswer } from '../../web/src/offline/outbox.ts';
import { sendAs } from '../../web/src/offline/send-as.ts';

const NOW = new Date('2026-03-01T08:00:00Z');

const scanOf = (barcode: string): Step => ({ kind: 'scans', scans: [{ barcode }] });
const nameOf = (step: Step): unknown => step.kind === 'scans' && step.scans[0]?.barcode;

const TAKEN: StepAnswer = { outcome: 'taken', receipt: null };
const REFUSED: StepAnswer = {
  outcome: 'refused',
  refusal: { code: 'SCANNED_TWICE', detail: 'was scanned before', faults: [] },
};
const AWAY: StepAnswer = { outcome: 'later', why: 'unreachable' };

/** A service that takes each step once, over a line that loses what is sent, or the answer to it. */
function makeService(
  line: () => 'good' | 'lost' | 'answer-lost',
  refuses: (name: unknown) => boolean,
) {
  const taken: unknown[] = [];
  const send = (step: Step): Promise<StepAnswer> => {
    const fate = line();
    if (fate === 'lost') return Promise.resolve(AWAY);
    const name = nameOf(step);
    if (refuses(name)) return Promise.resolve(fate === 'good' ? REFUSED : AWAY);
    if (!taken.includes(name)) taken.push(name);
    return Promise.resolve(fate === 'good' ? TAKEN : AWAY);
  };
  return { taken, send };
}

const alone = <Value>(run: () => Promise<Value>): Promise<Value> => run();

t.test(
  'whatever the line loses, everything arrives in order, once, and nothing stays',
  async (t) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 6 }),
        fc.infiniteStream(
          fc.constantFrom('good' as const, 'lost' as const, 'answer-lost' as const),
        ),
        async (lengths, fates) => {
          const store = makeMemoryStore();
          let isHealed = false;
          const line = () =>
            isHealed ? 'good' : (fates.next().value as 'good' | 'lost' | 'answer-lost');
          const { taken, send } = makeService(line, () => false);
          const open = () =>
            makeOutbox({ store, send, alone, onChanged: () => undefined, onSent: () => undefined });
          const expected: string[] = [];
          for (const [place, length] of lengths.entries()) {
            const names = Array.from({ length }, (_, at) => `${place}.${at}`);
            expected.push(...names);
            // Each time as if the page had been opened anew.
            await open().submit(makeEntry(String(place), 'entry', names.map(scanOf), NOW));
          }
          for (let openings = 0; openings < 5; openings++) await open().flush();
          isHealed = true;
          t.equal(await open().flush(), null);
          t.same(taken, expected, 'in order, each once');
          t.same(await store.list(), []);
        },
      ),
      { numRuns: 100 },
    );
  },
);

t.test('what is refused stops and stays, the others go on', async (t) => {
  const store = makeMemoryStore();
  const { taken, send } = makeService(
    () => 'good',
    (name) => name === 'bad',
  );
  const sent: string[] = [];
  const outbox = makeOutbox({ store, send, alone, onChanged: () => undefined, onSent: ({ id }: Entry) => sent.push(id) }); // prettier-ignore
  const refused = await outbox.submit(makeEntry('1', 'a', ['first', 'bad', 'after'].map(scanOf), NOW)); // prettier-ignore
  t.match(refused, { state: 'refused', entry: { done: 1, refusal: { code: 'SCANNED_TWICE' } } });
  t.match(await outbox.submit(makeEntry('2', 'b', [scanOf('second')], NOW)), { state: 'sent' });
  t.same(taken, ['first', 'second'], 'nothing after what was refused');
  t.match(await outbox.list(), [{ id: '1' }]);
  t.same(sent, [], 'whoever waits is told by the answer');

  await outbox.flush();
  t.same(taken, ['first', 'second'], 'it is not sent again by itself');
  const [entry] = await outbox.list();
  await outbox.retry(entry!);
  t.match(await outbox.list(), [{ id: '1', refusal: { code: 'SCANNED_TWICE' } }], 'when asked for');
  await outbox.discard('1');
  t.same(await outbox.list(), []);
});

t.test('nobody is told twice: what waited is announced when it arrives', async (t) => {
  const store = makeMemoryStore();
  let fate: 'good' | 'lost' = 'lost';
  const { send } = makeService(
    () => fate,
    () => false,
  );
  const sent: string[] = [];
  const outbox = makeOutbox({ store, send, alone, onChanged: () => undefined, onSent: ({ id }: Entry) => sent.push(id) }); // prettier-ignore
  t.match(await outbox.submit(makeEntry('1', 'a', [scanOf('one')], NOW)), { state: 'waiting' });
  fate = 'good';
  t.equal(await outbox.flush(), null);
  t.same(sent, ['1']);
});

t.test('a file goes with its step, and is kept while it waits', async (t) => {
  const store = makeMemoryStore();
  const bytes = new TextEncoder().encode('sample_id,TH01');
  const received: (Uint8Array | null)[] = [];
  let isAway = true;
  const outbox = makeOutbox({
    ...{ store, alone, onChanged: () => undefined, onSent: () => undefined },
    send: (_, file) => {
      received.push(file);
      return Promise.resolve(isAway ? AWAY : TAKEN);
    },
  });
  const step: Step = { kind: 'file', side: 'relatives', batchKey: 'k', type: 'text/csv' };
  await outbox.submit(makeEntry('1', 'a.csv', [step], NOW), bytes);
  isAway = false;
  await outbox.flush();
  t.same(received, [bytes, bytes]);
});

t.test('nothing goes but in the session of its owner, asked anew before each step', async (t) => {
  const store = makeMemoryStore();
  let who: { id: string } | Pause = { id: 'owner' };
  const taken: unknown[] = [];
  const send = sendAs('owner', {
    whoIsSignedIn: () => Promise.resolve(who),
    send: (step) => {
      taken.push(nameOf(step));
      // Somebody else signs in meanwhile, in another page.
      if (taken.length === 1) who = { id: 'another' };
      return Promise.resolve(TAKEN);
    },
  });
  const outbox = makeOutbox({ store, send, alone, onChanged: () => undefined, onSent: () => undefined }); // prettier-ignore
  const entry = makeEntry('1', 'a', ['first', 'second'].map(scanOf), NOW);
  t.same(await outbox.submit(entry), { state: 'waiting' });
  t.equal(await outbox.flush(), 'signed-out');
  for (const pause of ['signed-out', 'unready', 'unreachable'] as const) {
    who = pause;
    t.equal(await outbox.flush(), pause);
  }
  t.same(taken, ['first']);
  who = { id: 'owner' };
  t.equal(await outbox.flush(), null);
  t.same(taken, ['first', 'second']);
});

t.test('what is put off again and again lets others go ahead, in the order of each', async (t) => {
  const store = makeMemoryStore();
  const taken: unknown[] = [];
  let isWell = false;
  const send = (step: Step): Promise<StepAnswer> => {
    const name = nameOf(step);
    if (name === 'heavy' && !isWell) return Promise.resolve({ outcome: 'later', why: 'unready' });
    taken.push(name);
    return Promise.resolve(TAKEN);
  };
  const outbox = makeOutbox({ store, send, alone, onChanged: () => undefined, onSent: () => undefined }); // prettier-ignore
  const heavy = makeEntry('1', 'a', ['before', 'heavy', 'after'].map(scanOf), NOW);
  t.same(await outbox.submit(heavy), { state: 'waiting' });
  t.same(await outbox.submit(makeEntry('2', 'b', [scanOf('other')], NOW)), { state: 'waiting' });
  t.equal(await outbox.flush(), 'unready');
  t.same(taken, ['before'], 'three times all wait for it');
  t.match(await outbox.list(), [{ id: '1', done: 1, putOff: 3 }, { id: '2' }]);
  t.equal(await outbox.flush(), 'unready', 'it is tried again later');
  t.same(taken, ['before', 'other'], 'nothing of its own goes past it');
  t.match(await outbox.submit(makeEntry('3', 'c', [scanOf('third')], NOW)), { state: 'sent' });
  isWell = true;
  t.equal(await outbox.flush(), null);
  t.same(taken, ['before', 'other', 'third', 'heavy', 'after']);
});
