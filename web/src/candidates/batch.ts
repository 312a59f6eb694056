import { api, asProblem, ifMatch } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import type { CandidateState, CandidateSummary } from './candidate-view.ts';

type DispositionReport =
  paths['/v1/candidates/dispositions']['post']['responses'][200]['content']['application/json'];

/** As many as the service signs at once. */
export const MOST_AT_ONCE = 200;

/** What became of one candidate of several. */
export type BatchRow = {
  readonly candidate: Pick<CandidateSummary, 'id' | 'unknown' | 'family'>;
  /** Where it stands now, of a signature; null where nothing was signed. */
  readonly state: CandidateState | null;
  /** Null where it was done. */
  readonly refusal: { readonly code: string | null; readonly message: string } | null;
};

/** What was asked for several candidates, and the answer to each. */
export type BatchReport = {
  readonly kind: 'signed' | 'assigned' | 'givenUp';
  readonly rows: readonly BatchRow[];
};

/** The service's answer to one decision on several candidates, in the order in which they were shown. */
export function toSignedReport(
  candidates: readonly CandidateSummary[],
  answer: DispositionReport,
): BatchReport {
  const byId = new Map(answer.candidates.map((one) => [one.id, one]));
  const rows = candidates.map((candidate): BatchRow => {
    const { standing = null, code = null, message = null } = byId.get(candidate.id) ?? {};
    const refusal = standing === null ? { code, message: message ?? '' } : null;
    return { candidate, state: standing?.state ?? null, refusal };
  });
  return { kind: 'signed', rows };
}

type Answer = { readonly error?: unknown };

/** One after the other; what fails is written down and the next is tried. */
async function changeEach(
  kind: BatchReport['kind'],
  candidates: readonly CandidateSummary[],
  change: (candidate: CandidateSummary) => Promise<Answer>,
): Promise<BatchReport> {
  const rows: BatchRow[] = [];
  for (const candidate of candidates) {
    const error = await change(candidate).then(
      (answer) => answer.error,
      (failure: unknown) => failure,
    );
    rows.push({ candidate, state: null, refusal: error === undefined ? null : toRefusal(error) });
  }
  return { kind, rows };
}

function toRefusal(error: unknown): NonNullable<BatchRow['refusal']> {
  const problem = asProblem(error);
  return { code: problem?.code ?? null, message: problem?.detail ?? '' };
}

/** Keeps a signature of each candidate for an analyst. */
export function assignEach(
  candidates: readonly CandidateSummary[],
  body: { readonly analystId: string; readonly minutes: number },
): Promise<BatchReport> {
  return changeEach('assigned', candidates, ({ id, version }) =>
    api.POST('/v1/candidates/{candidateId}/claims', {
      params: { path: { candidateId: id }, header: ifMatch(version) },
      body,
    }),
  );
}

/** Gives up one's own claim on each candidate. */
export function giveUpEach(
  candidates: readonly CandidateSummary[],
  analystId: string,
): Promise<BatchReport> {
  return changeEach('givenUp', candidates, ({ id }) =>
    api.DELETE('/v1/candidates/{candidateId}/claims/{analystId}', {
      params: { path: { candidateId: id, analystId } },
    }),
  );
}
