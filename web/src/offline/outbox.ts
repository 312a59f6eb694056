import type { Entry, Refusal, Step } from './entry.ts';
import type { Receipt } from '../uploads/receipt.ts';

/** What became of a step that was sent. */
export type StepAnswer =
  | { readonly outcome: 'taken'; readonly receipt: Receipt | null }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** Nothing is known of it, or the service asks for patience: it is sent again. */
  | { readonly outcome: 'later'; readonly why: Pause };

/** Why nothing more is sent for now. */
export type Pause = 'unreachable' | 'unready' | 'signed-out';

/** What became of an entry that was just queued. */
export type Result =
  | { readonly state: 'sent'; readonly receipts: readonly Receipt[] }
  | { readonly state: 'waiting' }
  | { readonly state: 'refused'; readonly entry: Entry };

/** Where entries are kept until they are sent: those of one person, in the order in which they were queued. */
export type EntryStore = {
  list(): Promise<Entry[]>;
  put(entry: Entry, file?: Uint8Array): Promise<void>;
  /** @returns null where the entry has none */
  readFile(id: string): Promise<Uint8Array | null>;
  remove(id: string): Promise<void>;
};

/** So often is an entry put off before others go first: it may be itself what the service stumbles over. */
const MOST_PUT_OFF = 3;

export type Outbox = ReturnType<typeof makeOutbox>;

/**
 * Sends what was recorded, one entry after the other and each step by step, once in effect: a step is sent until it is
 * answered, and the service takes each once. What it refuses stays until somebody looks at it; the others go on. So
 * they do past what it puts off again and again, which is tried again each time.
 */
export function makeOutbox({
  store,
  send,
  alone,
  onChanged,
  onSent,
}: {
  store: EntryStore;
  send: (step: Step, file: Uint8Array | null) => Promise<StepAnswer>;
  /** Runs while no other page of this person does. */
  alone: <Value>(run: () => Promise<Value>) => Promise<Value>;
  onChanged: () => void;
  /** An entry arrived that nobody stood waiting for. */
  onSent: (entry: Entry) => void;
}) {
  /** Entries that somebody stands waiting for, and what was answered to them. */
  const awaited = new Map<string, readonly Receipt[] | null>();

  async function sendEntry(begun: Entry): Promise<Pause | 'passed' | null> {
    let entry = begun;
    for (const step of begun.steps.slice(begun.done)) {
      const file = step.kind === 'file' ? await store.readFile(entry.id) : null;
      const answer = await send(step, file);
      if (answer.outcome === 'later') return putOff(entry, answer.why);
      if (answer.outcome === 'refused') {
        await store.put({ ...entry, refusal: answer.refusal, putOff: 0 });
        return null;
      }
      const receipts = answer.receipt ? [...entry.receipts, answer.receipt] : entry.receipts;
      entry = { ...entry, done: entry.done + 1, receipts, putOff: 0 };
      if (entry.done < entry.steps.length) await store.put(entry);
    }
    await store.remove(entry.id);
    if (awaited.has(entry.id)) awaited.set(entry.id, entry.receipts);
    else onSent(entry);
    return null;
  }

  /** @returns why the others wait as well; 'passed' where they do not */
  async function putOff(entry: Entry, why: Pause): Promise<Pause | 'passed'> {
    if (why !== 'unready') return why;
    const times = (entry.putOff ?? 0) + 1;
    await store.put({ ...entry, putOff: times });
    return times > MOST_PUT_OFF ? 'passed' : why;
  }

  async function sendAll(): Promise<Pause | null> {
    const tried = new Set<string>();
    let atEnd: Pause | null = null;
    for (;;) {
      // Anew each time: more may have been queued meanwhile, or discarded.
      const next = (await store.list()).find(({ id, refusal }) => refusal === null && !tried.has(id)); // prettier-ignore
      if (!next) return atEnd;
      tried.add(next.id);
      const pause = await sendEntry(next);
      onChanged();
      if (pause === 'passed') atEnd = 'unready';
      else if (pause) return pause;
    }
  }

  const flush = (): Promise<Pause | null> => alone(sendAll);

  return {
    list: () => store.list(),

    /** @returns why it stopped before the end; null where nothing is left to send */
    flush,

    /** Queues an entry, and tries to send it at once. */
    async submit(entry: Entry, file?: Uint8Array): Promise<Result> {
      await store.put(entry, file);
      awaited.set(entry.id, null);
      onChanged();
      await flush();
      const receipts = awaited.get(entry.id);
      awaited.delete(entry.id);
      if (receipts) return { state: 'sent', receipts };
      const left = (await store.list()).find(({ id }) => id === entry.id);
      // Gone without an answer: another page of this person has sent it.
      if (!left) return { state: 'sent', receipts: [] };
      return left.refusal ? { state: 'refused', entry: left } : { state: 'waiting' };
    },

    /** Takes a refused entry up again, as it is. */
    async retry(entry: Entry): Promise<Pause | null> {
      await store.put({ ...entry, refusal: null, putOff: 0 });
      onChanged();
      return flush();
    },

    async discard(id: string): Promise<void> {
      await alone(() => store.remove(id));
      onChanged();
    },
  };
}
