import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { receipt, type Receipt, type Side } from '../../casework/intake/batch.schema.ts';
import { HomewardError } from '../../platform/errors.ts';

/** Where batches go, and how. */
export type Destination = {
  readonly url: URL;
  readonly apiKey: string;
  readonly side: Side;
  readonly dryRun: boolean;
  /** Part of the name of every batch: under another, rows that were refused are judged again. */
  readonly attempt: string;
};

const MOST_TRIES = 8;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;
/** As long as the service takes for a request, and some more. */
const LONGEST_ANSWER_MS = 330_000;
const TOO_MANY = 429;

type Waiting = { readonly why: string; readonly ms: number | undefined };

/**
 * Sends one batch, again and again where the service is away or busy. Named by its content it is taken
 * once, however often it arrives.
 * @param onWait is told why the next try is put off
 * @throws HomewardError UPLOAD_REFUSED where trying again is no use, SERVICE_UNAVAILABLE
 */
export async function sendBatch(
  destination: Destination,
  bytes: Uint8Array,
  type: string,
  onWait: (why: string) => void,
): Promise<Receipt> {
  for (let tries = 1; ; tries++) {
    const answer = await trySending(destination, bytes, type);
    if ('batchId' in answer) return answer;
    if (tries === MOST_TRIES) throw new HomewardError('SERVICE_UNAVAILABLE', `${answer.why}.`);
    onWait(answer.why);
    const delay = Math.min(FIRST_DELAY_MS * 2 ** (tries - 1), LONGEST_DELAY_MS);
    await setTimeout(answer.ms ?? delay);
  }
}

async function trySending(
  { url, apiKey, side, dryRun, attempt }: Destination,
  bytes: Uint8Array,
  type: string,
): Promise<Receipt | Waiting> {
  const where = new URL(`v1/batches?side=${side}&dryRun=${String(dryRun)}`, url);
  const hash = createHash('sha256').update(`${side} `).update(bytes).digest('hex');
  let status: number;
  let retryAfter: string | null;
  let text: string;
  try {
    const answer = await fetch(where, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': type,
        'idempotency-key': `intake-${attempt}-${hash}`,
      },
      body: bytes,
    });
    ({ status } = answer);
    retryAfter = answer.headers.get('retry-after');
    text = await answer.text();
  } catch (error) {
    return { why: `the service does not answer: ${reasonOf(error)}`, ms: undefined };
  }
  if (status === TOO_MANY || status >= 500) {
    const seconds = Number(retryAfter ?? Number.NaN);
    const ms = Number.isFinite(seconds) ? Math.min(seconds * 1_000, LONGEST_DELAY_MS) : undefined;
    return { why: `the service answers ${status}`, ms };
  }
  return readAnswer(status, text);
}

function readAnswer(status: number, text: string): Receipt {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new HomewardError(
      'UPLOAD_REFUSED',
      `It answers ${status}, and no JSON; is the URL right?`,
    );
  }
  const read = receipt.safeParse(answer);
  if (read.success) return read.data;
  const { code = '', detail = '' } = answer as { code?: string; detail?: string };
  throw new HomewardError('UPLOAD_REFUSED', `It answers ${status} ${code}: ${detail}`);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
}
