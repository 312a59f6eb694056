import type { Say } from './report-terms.ts';
import type { LocusReport } from './report.schema.ts';

type Ratio = Pick<LocusReport, 'kind' | 'log10Lr'>;

/** What an LR without a number is; nothing for one with a number. */
export function describeKind({ kind }: Pick<Ratio, 'kind'>, say: Say): string {
  return kind === 'finite' ? '' : say(kind);
}

/** log10 of an LR, or what it is instead. */
export function describeLog10(ratio: Ratio, say: Say): string {
  return ratio.log10Lr === null ? describeKind(ratio, say) : ratio.log10Lr.toFixed(4);
}
