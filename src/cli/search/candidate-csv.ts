import { stringify } from 'csv-stringify/sync';
import type { FoundCandidate } from './candidate.ts';
import type { Output } from '../output.ts';

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

/** Candidates are many and short: written in pieces of about so many characters. */
const PIECE = 1 << 16;

/** Writes candidates as CSV while they come. */
export class CandidateCsv {
  readonly #output: Output;
  #pending: string = stringify([[...COLUMNS]]);
  #count = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  /** How many candidates came. */
  get count(): number {
    return this.#count;
  }

  async write(candidates: readonly FoundCandidate[]): Promise<void> {
    this.#count += candidates.length;
    this.#pending += stringify(candidates.map(toRow));
    if (this.#pending.length >= PIECE) await this.#flush();
  }

  /** The candidates are complete. */
  async end(): Promise<void> {
    await this.#flush();
    await this.#output.close();
  }

  async #flush(): Promise<void> {
    const piece = this.#pending;
    this.#pending = '';
    await this.#output.write(piece);
  }
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
