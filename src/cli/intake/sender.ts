import { setTimeout } from 'node:timers/promises';
import type { z } from 'zod';
import { HomewardError } from '../../platform/errors.ts';

/** The service that is sent to, and whose key is shown to it. */
export type Destination = { readonly url: URL; readonly apiKey: string };

/** What is posted to the service, and what it answers. Sent again it must change nothing. */
export type Message<Answer> = {
  /** Below the URL of the service. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
  readonly answer: z.ZodType<Answer>;
};

const MOST_TRIES = 8;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;
/** As long as the service takes for a request, and some more. */
const LONGEST_ANSWER_MS = 330_000;
const TOO_MANY = 429;

type Waiting = { readonly why: string; readonly ms: number | undefined };

/**
 * Sends a message, again and again where the service is away or busy.
 * @param onWait is told why the next try is put off
 * @throws HomewardError UPLOAD_REFUSED where trying again is no use, SERVICE_UNAVAILABLE
 */
export async function sendMessage<Answer>(
  destination: Destination,
  message: Message<Answer>,
  onWait: (why: string) => void,
): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    const outcome = await trySending(destination, message);
    if ('answer' in outcome) return outcome.answer;
    if (tries === MOST_TRIES) throw new HomewardError('SERVICE_UNAVAILABLE', `${outcome.why}.`);
    onWait(outcome.why);
    const delay = Math.min(FIRST_DELAY_MS * 2 ** (tries - 1), LONGEST_DELAY_MS);
    await setTimeout(outcome.ms ?? delay);
  }
}

async function trySending<Answer>(
  { url, apiKey }: Destination,
  { path, headers, body, answer: schema }: Message<Answer>,
): Promise<{ readonly answer: Answer } | Waiting> {
  let status: number;
  let retryAfter: string | null;
  let text: string;
  try {
    const answer = await fetch(new URL(path, url), {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
      headers: { authorization: `Bearer ${apiKey}`, ...headers },
      body,
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
  return { answer: readAnswer(status, text, schema) };
}

function readAnswer<Answer>(status: number, text: string, schema: z.ZodType<Answer>): Answer {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new HomewardError(
      'UPLOAD_REFUSED',
      `It answers ${status}, and no JSON; is the URL right?`,
    );
  }
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  const { code = '', detail = '' } = answer as { code?: string; detail?: string };
  throw new HomewardError('UPLOAD_REFUSED', `It answers ${status} ${code}: ${detail}`);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
}
