import { stringify } from 'csv-stringify/sync';
import type { FoundCandidate } from './candidate.ts';

/** What the command writes of a candidate. */
export const COLUMNS = [
  'query',
  'candidate',
  'relationship',
  'log10_lr',
  'posterior',
  'loci_compared',
  'loci_inconsistent',
  'expected_chance_candidates',
] as const;

export function toCsv(candidates: readonly FoundCandidate[]): string {
  return stringify([[...COLUMNS], ...candidates.map(toRow)]);
}

function toRow(candidate: FoundCandidate): string[] {
  return [
    candidate.query,
    candidate.relatives.join('+'),
    candidate.relationship,
    String(candidate.log10Lr),
    String(candidate.posterior),
    String(candidate.lociCompared),
    String(candidate.lociInconsistent),
    String(candidate.expectedChanceCandidates),
  ];
}
