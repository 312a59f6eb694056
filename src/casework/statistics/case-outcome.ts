/** What ended the search for somebody; `open`: nothing did yet. */
export const CASE_OUTCOMES = [
  'open',
  'reunited',
  'contact-declined',
  'consent-withdrawn',
  'retention-ended',
] as const;
export type CaseOutcome = (typeof CASE_OUTCOMES)[number];
