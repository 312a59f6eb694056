/**
 * Where a case stands, as police may know it. `registered`: nothing was compared yet;
 * `searching`: compared, and again with everybody who comes; `under-review`: analysts have a
 * candidate before them; `lead-supported`: analysts support one, re-sampling comes next.
 */
export const CASE_STATUSES = ['registered', 'searching', 'under-review', 'lead-supported'] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

/** What the candidates of a case say about it; a supported one stands whatever policy found it. */
export type CaseFindings = {
  readonly searched: boolean;
  readonly openCandidates: number;
  readonly supportedCandidates: number;
};

/** The status follows from the findings alone, so that no order of events can make it differ. */
export function statusOf({
  searched,
  openCandidates,
  supportedCandidates,
}: CaseFindings): CaseStatus {
  if (supportedCandidates > 0) return 'lead-supported';
  if (openCandidates > 0) return 'under-review';
  return searched ? 'searching' : 'registered';
}
