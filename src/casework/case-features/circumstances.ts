import type { Sex } from '../../kinship/index.ts';
import type { Features, Span } from './features.ts';

/** Whole years of the Gregorian calendar, both within. */
export type Years = { readonly earliest: number; readonly latest: number };

/** What an analyst is shown of one side of a candidate: no day, and no place closer than a county. */
export type Side = {
  readonly sex: Sex;
  readonly born: Years | null;
  readonly happened: Years | null;
  readonly division: string | null;
};

/** `unknown`: one side says nothing, and nothing follows. */
export const AGREEMENTS = ['agrees', 'contradicts', 'unknown'] as const;
export type Agreement = (typeof AGREEMENTS)[number];

/** What is said of both sides of a candidate. It is shown beside the LR, and changes nothing of it. */
export type Circumstances = {
  readonly unknown: Side & { readonly typedSex: Sex };
  readonly missing: Side;
  readonly agreement: { readonly sex: Agreement; readonly birth: Agreement };
};

const NOTHING_SAID: Features = { sex: 'unknown', born: null, happened: null, division: null };

/**
 * Sets what is said of a person of unknown origin beside what is said of a missing child.
 * @param typedSex as the sample of the person shows it
 */
export function compareFeatures(
  typedSex: Sex,
  ofUnknown: Features | undefined = NOTHING_SAID,
  ofMissing: Features | undefined = NOTHING_SAID,
): Circumstances {
  return {
    unknown: { ...toSide(ofUnknown), typedSex },
    missing: toSide(ofMissing),
    agreement: {
      sex: agreementOfSex([ofUnknown.sex, typedSex], ofMissing.sex),
      birth: agreementOfBirth(ofUnknown.born, ofMissing.born),
    },
  };
}

/** One that differs is enough to contradict, whether it was said or typed. */
function agreementOfSex(ofUnknown: readonly Sex[], ofMissing: Sex): Agreement {
  const known = ofUnknown.filter((sex) => sex !== 'unknown');
  if (ofMissing === 'unknown' || known.length === 0) return 'unknown';
  return known.every((sex) => sex === ofMissing) ? 'agrees' : 'contradicts';
}

/** By days: two spans may lie in one year and have no day in common. */
function agreementOfBirth(a: Span | null, b: Span | null): Agreement {
  if (!a || !b) return 'unknown';
  return a.earliest <= b.latest && b.earliest <= a.latest ? 'agrees' : 'contradicts';
}

function toSide({ sex, born, happened, division }: Features): Side {
  return { sex, born: toYears(born), happened: toYears(happened), division };
}

function toYears(span: Span | null): Years | null {
  const yearOf = (day: string): number => Number(day.slice(0, 4));
  return span && { earliest: yearOf(span.earliest), latest: yearOf(span.latest) };
}
