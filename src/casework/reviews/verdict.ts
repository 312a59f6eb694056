import type { VerdictCause } from '../../platform/tables.ts';
import type { CandidateState } from '../candidates/candidates.service.ts';

export type { VerdictCause };

/** What an analyst may say of a candidate. */
export const VERDICTS = ['supported', 'excluded', 'inconclusive', 'more-loci'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why a candidate is not what the search took it for, as far as a word says it. */
export const VERDICT_CAUSES = [
  'inconsistent-loci',
  'chance',
  'other-relative',
] as const satisfies readonly VerdictCause[];

/** How many signatures a round takes: two that agree, or a third that settles what the two do not. */
const PAIR = 2;

/** Where a candidate stands after the signatures of a round, in the order of signing. */
export function stateAfter(verdicts: readonly Verdict[]): CandidateState {
  const [first, second, third] = verdicts;
  if (first === undefined) return 'proposed';
  if (second === undefined) return 'second-opinion';
  if (first === second) return first;
  return third ?? 'disputed';
}

/** From each state, how many more signatures the round waits for. */
const WANTED: Readonly<Record<CandidateState, number>> = {
  proposed: PAIR,
  'second-opinion': 1,
  disputed: 1,
  supported: 0,
  excluded: 0,
  inconclusive: 0,
  'more-loci': 0,
};

/** How many analysts may still sign; 0 for a candidate that is settled. */
export function signaturesWanted(state: CandidateState): number {
  return WANTED[state];
}

/** Whether nobody may see yet what another has said: before the first two have signed. */
export function isBlind(state: CandidateState): boolean {
  return state === 'proposed' || state === 'second-opinion';
}

type Signature = { readonly round: number; readonly decidedBy: string };

/** The signatures that an analyst may see: those of rounds that two have signed, and their own. */
export function visibleTo<S extends Signature>(
  analystId: string,
  state: CandidateState,
  signatures: readonly S[],
): S[] {
  if (!isBlind(state)) return [...signatures];
  const ofRound = (wanted: number): number =>
    signatures.filter(({ round }) => round === wanted).length;
  return signatures.filter(
    ({ round, decidedBy }) => decidedBy === analystId || ofRound(round) >= PAIR,
  );
}
