import { formatSmall } from '../common/numbers.ts';
import type { Estimate, Power } from './use-power.ts';

/** A figure and, where it was simulated, its standard error. */
export function formatEstimate(
  { value, standardError }: Estimate,
  format: (value: number) => string,
): string {
  return standardError > 0 ? `${format(value)} ± ${formatSmall(standardError)}` : format(value);
}

/** The numbers of loci that a chart compares: at most four, the whole set among them. */
export function chooseCounts(total: number): number[] {
  const usual = total < 10 ? [Math.ceil(total / 2)] : [10, 15, 20];
  return [...new Set([...usual.filter((count) => count <= total), total])].filter((count) => count > 0); // prettier-ignore
}

/** Sizes of databases that stand in the chart by loci, where the answer has them. */
export const DATABASES = [1e6, 1e9, 1e12] as const;

/** Expected chance candidates by the number of loci, in a database of so many pairs. */
export function expectedByLoci({ pairs, steps }: Power, database: number): (number | null)[] {
  const place = pairs.indexOf(database);
  return steps.map(({ expectedByChance }) => onLogAxis(expectedByChance[place]));
}

/** Expected chance candidates by the size of the database, with so many loci. */
export function expectedByPairs({ steps }: Power, count: number): (number | null)[] {
  return (steps[count - 1]?.expectedByChance ?? []).map(onLogAxis);
}

/** What is 0 stands nowhere on an axis of powers of ten. */
function onLogAxis(value: number | undefined): number | null {
  return value === undefined || value <= 0 ? null : value;
}
