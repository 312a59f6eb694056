import type { ReunionState } from '../../platform/reunion-tables.ts';
import type { CaseStatus } from '../../platform/tables.ts';

export type { CaseStatus };

/**
 * Where a case stands, as police may know it. `registered`: nothing was compared yet;
 * `searching`: compared, and again with everybody who comes; `under-review`: analysts have a
 * candidate before them; `lead-supported`: two of them support one; `re-sampling`: everybody of it is sampled again;
 * `confirmed`: that bore it out; `reunited`; `contact-declined`: the person of unknown origin wants none;
 * `withdrawn`: all its samples were withdrawn.
 */
export const CASE_STATUSES = [
  'registered',
  'searching',
  'under-review',
  'lead-supported',
  're-sampling',
  'confirmed',
  'reunited',
  'contact-declined',
  'withdrawn',
] as const satisfies readonly CaseStatus[];

/** What the candidates of a case say about it; a supported one stands whatever policy found it. */
export type CaseFindings = {
  readonly hasSamples: boolean;
  readonly searched: boolean;
  readonly openCandidates: number;
  readonly supportedCandidates: number;
  /** Of every reunion that was begun for it. */
  readonly reunions: readonly ReunionState[];
};

/** The furthest first. A reunion that was refuted or undone says nothing. */
const BY_REUNION: readonly { status: CaseStatus; states: readonly ReunionState[] }[] = [
  { status: 'reunited', states: ['reunited'] },
  { status: 'confirmed', states: ['confirmed', 'notified', 'consented', 'family-told'] },
  { status: 're-sampling', states: ['re-sampling', 're-sampled'] },
  { status: 'contact-declined', states: ['declined'] },
];

/** The status follows from the findings alone, so that no order of events can make it differ. */
export function statusOf({
  hasSamples,
  searched,
  openCandidates,
  supportedCandidates,
  reunions,
}: CaseFindings): CaseStatus {
  if (!hasSamples) return 'withdrawn';
  const reached = BY_REUNION.find(({ states }) => reunions.some((state) => states.includes(state)));
  if (reached) return reached.status;
  if (supportedCandidates > 0) return 'lead-supported';
  if (openCandidates > 0) return 'under-review';
  return searched ? 'searching' : 'registered';
}
