import type { Sex } from '../../kinship/index.ts';

/** Two days, `2011-05-31`, between which something happened; the same day twice where it is known. */
export type Span = { readonly earliest: string; readonly latest: string };

/** What is said of the missing child, or of the person of unknown origin, beside what is known of them by sight. */
export type Features = {
  readonly sex: Sex;
  readonly born: Span | null;
  /** When the child went missing, or the person was found. */
  readonly happened: Span | null;
  /** Where: GB/T 2260 code of six digits. */
  readonly division: string | null;
};

/** What is wrong with features, by the field. */
export type FeatureFault = { readonly field: string; readonly message: string };

/** Nobody who is looked for was born before; earlier days are slips of the pen. */
const FIRST_DAY = '1900-01-01';

/**
 * Whether features are those of somebody.
 * @param lastDay the latest day that has begun anywhere
 */
export function featureFaults(
  { born, happened }: Pick<Features, 'born' | 'happened'>,
  lastDay: string,
): FeatureFault[] {
  const faults = [...spanFaults('born', born, lastDay), ...spanFaults('happened', happened, lastDay)]; // prettier-ignore
  if (faults.length > 0 || !born || !happened || born.earliest <= happened.latest) return faults;
  return [{ field: 'happened.latest', message: 'lies before the earliest day of birth' }];
}

function spanFaults(field: string, span: Span | null, lastDay: string): FeatureFault[] {
  if (!span) return [];
  const { earliest, latest } = span;
  if (earliest < FIRST_DAY) return [{ field: `${field}.earliest`, message: `lies before ${FIRST_DAY}` }]; // prettier-ignore
  if (latest > lastDay) return [{ field: `${field}.latest`, message: 'lies in the future' }];
  return earliest <= latest ? [] : [{ field: `${field}.latest`, message: 'lies before `earliest`' }]; // prettier-ignore
}
