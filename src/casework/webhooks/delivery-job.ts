import type { Logger } from 'pino';
import { openBytes } from '../../platform/crypto/sealed-bytes.ts';
import type { RecordKeys } from '../../platform/crypto/record-keys.ts';
import type { Database } from '../../platform/database.ts';
import { startRegularly } from '../../platform/regular-job.ts';
import { mayBeCalled, type WebhookHosts } from './webhook-hosts.ts';
import { writeMessage } from './message.ts';
import { type DueDelivery, noteArrival, noteFailure, takeDue } from './webhooks.repository.ts';
import { secretPlace } from './webhooks.service.ts';

type Dependencies = {
  readonly db: Database;
  readonly recordKeys: RecordKeys;
  readonly hosts: WebhookHosts;
  readonly log: Logger;
};

const EVERY_MS = 5_000;
const AT_ONCE = 10;
const PATIENCE_MS = 10_000;
const HOUR_S = 3_600;
/** Between attempts; the last one as often as it takes until {@link MOST_ATTEMPTS}: for some two weeks. */
const PAUSES_S = [10, 60, 300, 1_800, 2 * HOUR_S, 6 * HOUR_S, 24 * HOUR_S];
const MOST_ATTEMPTS = 20;

/**
 * Sends what is due, every few seconds, at least once: a process that dies between sending and noting it sends
 * again, with the same id.
 */
export function startWebhookDelivery(dependencies: Dependencies): { close(): Promise<void> } {
  const failure = 'webhooks were not looked after; again soon';
  const run = (signal: AbortSignal) => deliverDue(dependencies, signal);
  return startRegularly({ everyMs: EVERY_MS, run, log: dependencies.log, failure });
}

/** @returns how many messages arrived */
export async function deliverDue(
  dependencies: Dependencies,
  signal?: AbortSignal,
  pauses: readonly number[] = PAUSES_S,
): Promise<number> {
  let arrived = 0;
  for (;;) {
    const due = signal?.aborted ? [] : await takeDue(dependencies.db, AT_ONCE, pauses);
    if (due.length === 0) return arrived;
    const sent = await Promise.all(due.map((one) => deliver(dependencies, one, signal)));
    arrived += sent.filter(Boolean).length;
  }
}

async function deliver(
  { db, recordKeys, hosts, log }: Dependencies,
  { delivery, webhook }: DueDelivery,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { id, attempts } = delivery;
  const isNamed = mayBeCalled(hosts, webhook.url);
  try {
    if (!isNamed) throw new Error('WEBHOOK_HOSTS names its host no longer');
    const key = (await recordKeys.find(db, [webhook]))(webhook);
    if (!key) throw new Error('the key of its secret is gone');
    const secret = openBytes(key, webhook.secret, secretPlace(webhook.id));
    const { caseNumber: caseId, status, happenedAt: at } = delivery;
    const message = writeMessage({ deliveryId: id, caseId, status, at }, secret, new Date());
    await send(webhook.url, message, signal);
    await noteArrival(db, id);
    return true;
  } catch (error) {
    // Whoever forgot to name a host loses no message by it.
    const isLast = isNamed && attempts >= MOST_ATTEMPTS;
    const failure = error instanceof Error ? error.message : String(error);
    await noteFailure(db, id, failure, isLast);
    const level = isLast ? 'error' : 'warn';
    log[level]({ delivery: id, webhook: webhook.id, attempts, failure }, 'a webhook was not delivered'); // prettier-ignore
    return false;
  }
}

/** Whoever answers with another place is not followed: the signed message is for the registered one alone. */
async function send(
  url: string,
  { body, headers }: ReturnType<typeof writeMessage>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch(url, {
    method: 'POST',
    headers,
    body,
    redirect: 'manual',
    signal: signal ? AbortSignal.any([signal, patience]) : patience,
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`it answered ${answer.status}`);
}
