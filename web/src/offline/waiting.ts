import { useSyncExternalStore } from 'react';
import type { Entry } from './entry.ts';

let entries: readonly Entry[] = [];
const listeners = new Set<() => void>();

/** What is queued and not sent, as the outbox counted it last. Kept apart from it: the shell asks on every page. */
export function showWaiting(waiting: readonly Entry[]): void {
  entries = waiting;
  for (const listen of listeners) listen();
}

export function useWaiting(): readonly Entry[] {
  return useSyncExternalStore(listen, () => entries);
}

function listen(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}
