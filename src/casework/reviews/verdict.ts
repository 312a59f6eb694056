import type { CandidateState } from '../candidates/candidates.service.ts';

/** What an analyst may say of a candidate. */
export const VERDICTS = ['supported', 'excluded', 'inconclusive', 'more-loci'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** From which state a candidate may be decided on: a supported or excluded one is settled. */
const OPEN: Readonly<Record<CandidateState, boolean>> = {
  proposed: true,
  inconclusive: true,
  'more-loci': true,
  supported: false,
  excluded: false,
};

/** Whether the decision is allowed; to say the same again is not one. */
export function mayDecide(state: CandidateState, verdict: Verdict): boolean {
  return OPEN[state] && state !== verdict;
}
