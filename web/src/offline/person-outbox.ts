import { canKeep } from './can-keep.ts';
import { type Entry, makeEntry, type Step } from './entry.ts';
import { makeMemoryStore } from './memory-store.ts';
import { makeOutbox, type Outbox, type Pause, type Result } from './outbox.ts';
import { openSealedStore } from './sealed-store.ts';
import { sendAs } from './send-as.ts';
import { sendStep } from './send-step.ts';
import { showWaiting } from './waiting.ts';
import { whoIsSignedIn } from './who-is-signed-in.ts';

const CHANNEL = 'homeward-outbox';
const ID_BYTES = 16;
/** Between one try and the next, where nothing else says that the network is back. */
const PAUSES_S = [5, 10, 20, 40, 80, 160, 300];

/** What the person who is signed in has queued, and its sending. One of them is open in a page. */
export type PersonOutbox = {
  readonly outbox: Outbox;
  /** Sends what waits now, and again after a while where it did not go. */
  readonly wake: () => void;
  readonly submit: (title: string, steps: readonly Step[], file?: Uint8Array) => Promise<Result>;
  /** Nothing is sent, shown or tried again after it. */
  readonly close: () => void;
};

let opened: { readonly owner: string; readonly outbox: Promise<PersonOutbox> } | null = null;
let isHeard: (entry: Entry) => void = () => undefined;

/** Where it is told that an entry arrived that nobody stood waiting for. */
export function hearOfArrivals(hear: (entry: Entry) => void): void {
  isHeard = hear;
}

/** The same for whoever asks in this page. */
export function outboxOf(owner: string): Promise<PersonOutbox> {
  if (opened?.owner === owner) return opened.outbox;
  void opened?.outbox.then(({ close }) => {
    close();
  });
  opened = { owner, outbox: open(owner) };
  return opened.outbox;
}

/** A name that nobody guesses and nothing else bears. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function open(owner: string): Promise<PersonOutbox> {
  const store = canKeep() ? await openSealedStore(owner) : makeMemoryStore();
  const channel = new BroadcastChannel(CHANNEL);
  let isOpen = true;
  const count = async (): Promise<void> => {
    const waiting = await store.list();
    if (isOpen) showWaiting(waiting);
  };
  const outbox = makeOutbox({
    store,
    send: sendAs(owner, {
      whoIsSignedIn: () => (isOpen ? whoIsSignedIn() : Promise.resolve('signed-out')),
      send: sendStep,
    }),
    alone: (run) => aloneAs(owner, run),
    onChanged: () => {
      if (isOpen) channel.postMessage(owner);
      void count();
    },
    onSent: (entry) => {
      isHeard(entry);
    },
  });
  channel.onmessage = () => void count();

  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  const rest = (pause: Pause | null): void => {
    clearTimeout(timer);
    if (pause === null) failures = 0;
    // Nothing of theirs goes before they sign in again, and that opens the page anew.
    if (!isOpen || pause === null || pause === 'signed-out') return;
    // A service that asks for patience is not asked for ever: that would keep the session alive.
    if (pause === 'unready' && failures >= PAUSES_S.length) return;
    const seconds = PAUSES_S[Math.min(failures, PAUSES_S.length - 1)] ?? 0;
    failures++;
    timer = setTimeout(wake, seconds * 1000);
  };
  const wake = (): void => {
    outbox.flush().then(rest, () => {
      rest('unreachable');
    });
  };
  addEventListener('online', wake);
  await count();
  return {
    ...{ outbox, wake },
    async submit(title, steps, file) {
      const result = await outbox.submit(makeEntry(newId(), title, steps, new Date()), file);
      if (result.state === 'waiting') rest('unreachable');
      return result;
    },
    close() {
      isOpen = false;
      clearTimeout(timer);
      removeEventListener('online', wake);
      channel.close();
    },
  };
}

/** Two pages of one person do not send the same at once. */
async function aloneAs<Value>(owner: string, run: () => Promise<Value>): Promise<Value> {
  // Without HTTPS there are no locks, and nothing is kept that two pages could send.
  if (!('locks' in navigator)) return run();
  return await navigator.locks.request(`${CHANNEL} ${owner}`, run);
}
