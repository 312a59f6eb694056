import type { PopulationResult } from '../../casework/likelihood-ratios/calculation.schema.ts';
import { formatRatio } from '../../platform/number-text.ts';

/** An LR and its logarithm, as cells. */
export function ratioCells({ kind, log10Lr }: PopulationResult['lrs'][number]): [string, string] {
  if (log10Lr === null) return [kind, kind];
  return [formatRatio(log10Lr, 8), log10Lr.toFixed(6)];
}
