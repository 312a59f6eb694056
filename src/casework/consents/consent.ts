import { latestDay } from '../../platform/days.ts';

/** Who may sign: the person, a guardian, or of the dead their next of kin. */
export const SIGNERS = ['self', 'guardian', 'next-of-kin'] as const;
export type Signer = (typeof SIGNERS)[number];

/** A consent as it was signed. Days are written `2026-03-01`. */
export type Consent = {
  /** The collection point's code of the sample. */
  readonly sampleCode: string;
  /** Of the form that was signed. */
  readonly version: string;
  readonly purpose: 'family-search';
  readonly signer: Signer;
  readonly signedOn: string;
  /** Of the person whose sample it is, when it was signed; of the dead, at death. */
  readonly ageYears: number;
  readonly deceased: boolean;
  /** The last day on which the sample may be kept. */
  readonly retainUntil: string;
};

/** What is wrong with a consent: stable codes for programs and a sentence for people. */
export type ConsentFault = {
  readonly field: string | null;
  readonly code:
    | 'FIELD_INVALID'
    | 'CONSENT_AGE_CONTRADICTED'
    | 'CONSENT_SIGNER_INVALID'
    | 'CONSENT_DATE_INVALID'
    | 'CONSENT_CONFLICT'
    | 'CONSENT_WITHDRAWN';
  readonly message: string;
};

/** Under this age a guardian signs (Personal Information Protection Law of China, article 31). */
const CHILD_BELOW_YEARS = 14;

/** How long a sample is kept where the form does not say. */
const RETENTION_YEARS = 10;
const LONGEST_RETENTION_YEARS = 50;

/** No form is older: earlier days are slips of the pen. */
const FIRST_DAY = '2000-01-01';

/** The day on which a sample's time is over, counted from the signature. */
export function defaultRetention(signedOn: string): string {
  return addYears(signedOn, RETENTION_YEARS);
}

/**
 * Whether a consent is one that can be given.
 * @param now decides which days have begun
 */
export function consentFaults(consent: Consent, now: Date): ConsentFault[] {
  return [...signerFaults(consent), ...dateFaults(consent, now)];
}

/** Whether whoever signed may sign for a person of this age. */
export function isSignerAllowed(consent: Consent): boolean {
  return signerFaults(consent).length === 0;
}

function signerFaults({ signer, ageYears, deceased }: Consent): ConsentFault[] {
  const fault = (message: string): ConsentFault[] => [
    { field: 'signer', code: 'CONSENT_SIGNER_INVALID', message },
  ];
  if (deceased) {
    return signer === 'next-of-kin' ? [] : fault('for the dead the next of kin signs');
  }
  if (signer === 'next-of-kin') {
    return fault('the next of kin signs for the dead alone; set deceased, or correct the signer');
  }
  if (ageYears < CHILD_BELOW_YEARS && signer !== 'guardian') {
    return fault(`under ${CHILD_BELOW_YEARS} years a guardian signs`);
  }
  return [];
}

function dateFaults({ signedOn, retainUntil }: Consent, now: Date): ConsentFault[] {
  const fault = (field: string, message: string): ConsentFault[] => [
    { field, code: 'CONSENT_DATE_INVALID', message },
  ];
  if (signedOn < FIRST_DAY) return fault('signedOn', `lies before ${FIRST_DAY}`);
  if (signedOn > latestDay(now)) return fault('signedOn', 'lies in the future');
  if (retainUntil <= signedOn) return fault('retainUntil', 'must lie after the signature');
  if (retainUntil > addYears(signedOn, LONGEST_RETENTION_YEARS)) {
    return fault('retainUntil', `lies more than ${LONGEST_RETENTION_YEARS} years after it`);
  }
  return [];
}

function addYears(day: string, years: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.toISOString().slice(0, 10);
}
