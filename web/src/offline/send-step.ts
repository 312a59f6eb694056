import { api, asProblem } from '../api/client.ts';
import { postBatch } from '../uploads/send-batch.ts';
import type { Receipt } from '../uploads/receipt.ts';
import type { Refusal, Step } from './entry.ts';
import type { StepAnswer } from './outbox.ts';

const PATIENCE_MS = 30_000;
/** A file may be 16 MiB, and the line slow. */
const FILE_PATIENCE_MS = 300_000;
const UNAUTHORIZED = 401;
const STRANGE_ANSWER = 'STRANGE_ANSWER';
/** Asked for patience: the request took too long, there were too many, or the service is not well. */
const isUnready = (status: number): boolean => status === 408 || status === 429 || status >= 500;

type Answer = { readonly data?: unknown; readonly error?: unknown; readonly response: Response };
type RowAnswer = {
  readonly outcome: string;
  /** Of a scan. */
  readonly barcode?: string | null;
  readonly faults: readonly { field: string | null; code: string; message: string }[];
};

/** Sends one step, and says what became of it; whatever is not answered may have been taken all the same. */
export async function sendStep(step: Step, file: Uint8Array | null): Promise<StepAnswer> {
  const signal = AbortSignal.timeout(step.kind === 'file' ? FILE_PATIENCE_MS : PATIENCE_MS);
  try {
    const answer = await post(step, file, signal);
    return answer.error === undefined ? readAnswer(step, answer.data) : readProblem(answer);
  } catch {
    return { outcome: 'later', why: 'unreachable' };
  }
}

function post(step: Step, file: Uint8Array | null, signal: AbortSignal): Promise<Answer> {
  switch (step.kind) {
    case 'consent':
      return api.POST('/v1/consents', { body: { consents: [step.consent] }, signal });
    case 'scans':
      return api.POST('/v1/custody/scans', { body: { scans: [...step.scans] }, signal });
    case 'identity': {
      const { sampleId, identity } = step;
      const path = { sampleId };
      return api.PUT('/v1/samples/{sampleId}/identity', { params: { path }, body: identity, signal }); // prettier-ignore
    }
    case 'profile': {
      const { side, batchKey, row } = step;
      const content = JSON.stringify({ rows: [row] });
      return postBatch(content, { side, batchKey, type: 'application/json', signal });
    }
    case 'file': {
      const { side, batchKey, type } = step;
      return postBatch(file ?? new Uint8Array(), { side, batchKey, type, signal });
    }
  }
}

function readProblem({ error, response: { status } }: Answer): StepAnswer {
  const problem = asProblem(error);
  // Signed in anew in another page, this one bears the token of a session that is over.
  if (status === UNAUTHORIZED || problem?.code === 'CSRF_TOKEN_REQUIRED') {
    return { outcome: 'later', why: 'signed-out' };
  }
  if (isUnready(status)) return { outcome: 'later', why: 'unready' };
  // A proxy before the service, or a network that wants a sign-in of its own: sent again it would answer the same.
  if (!problem) return { outcome: 'refused', refusal: strangeRefusal(status) };
  const { code, detail, faults } = problem;
  return { outcome: 'refused', refusal: { code, detail, faults } };
}

/** Of whoever answered in place of the service. */
function strangeRefusal(status: number): Refusal {
  return { code: STRANGE_ANSWER, detail: `HTTP ${status}`, faults: [] };
}

/** A list is taken as a whole and refused by its rows. A file's rows stand in its receipt. */
function readAnswer({ kind }: Step, data: unknown): StepAnswer {
  if (kind === 'file') return { outcome: 'taken', receipt: data as Receipt };
  if (kind === 'identity') return { outcome: 'taken', receipt: null };
  const { rows } = data as { rows: readonly RowAnswer[] };
  const refused = rows.filter(({ outcome }) => outcome === 'refused');
  const faults = refused.flatMap(({ barcode, faults }) =>
    // Of many tubes it matters which, and not in which field.
    faults.map((fault) => ({ ...fault, field: barcode ?? fault.field })),
  );
  const [first] = faults;
  if (!first) return { outcome: 'taken', receipt: kind === 'profile' ? (data as Receipt) : null };
  return { outcome: 'refused', refusal: { code: first.code, detail: first.message, faults } };
}
