import { type Consent, type ConsentFault, isSignerAllowed } from './consent.ts';

/** By how much ages may differ: who counts from one and adds one at every new year is up to two ahead. */
const MOST_YEARS_APART = 2;

/**
 * What is wrong with a consent by the day on which its person was born, which is the truth where it is known.
 * @param bornOn `2011-05-31`
 * @returns null where they agree
 */
export function ageFault(consent: Consent, bornOn: string): ConsentFault | null {
  const { signedOn, ageYears, deceased } = consent;
  const fault = (field: string, message: string): ConsentFault => ({
    field,
    code: 'CONSENT_AGE_CONTRADICTED',
    message,
  });
  if (signedOn < bornOn) return fault('signedOn', 'lies before the birth that the identity card says'); // prettier-ignore
  const age = wholeYears(bornOn, signedOn);
  // Of the dead the age at death is said, which is any that they had until then.
  const isFar = deceased ? ageYears > age + MOST_YEARS_APART : Math.abs(ageYears - age) > MOST_YEARS_APART; // prettier-ignore
  if (isFar) return fault('ageYears', 'is not the age that the identity card says');
  if (isSignerAllowed({ ...consent, ageYears: age })) return null;
  return fault('signer', 'cannot sign at the age that the identity card says');
}

/** How many birthdays lie between two days. */
function wholeYears(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(4) < from.slice(4) ? years - 1 : years;
}
