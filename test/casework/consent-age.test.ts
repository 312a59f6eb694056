import fc from 'fast-check';
import t from 'tap';
import { ageFault } from '../../src/casework/consents/consent-age.ts';
import { type Consent, defaultRetention, SIGNERS } from '../../src/casework/consents/consent.ts';
import { birthDayOf } from '../../src/casework/identities/national-id.ts';

const DAY_MS = 86_400_000;
const dayAt = (number: number): string =>
  new Date(Date.UTC(2000, 0, 1) + number * DAY_MS).toISOString().slice(0, 10);

/** Birthdays counted one by one; who is born on 29 February has them on 1 March where there is none. */
function countBirthdays(born: string, until: string): number {
  const [year, month, day] = born.split('-').map(Number);
  let birthdays = 0;
  for (let age = 1; age <= 30; age++) {
    const birthday = new Date(Date.UTC(year! + age, month! - 1, day)).toISOString().slice(0, 10);
    if (birthday <= until) birthdays++;
  }
  return birthdays;
}

t.test('a guardian is asked for by the age that the card says, whatever was said', (t) => {
  const seen = new Map<string, number>();
  const form = fc.record({
    born: fc.integer({ min: 0, max: 4_000 }),
    later: fc.integer({ min: -2, max: 8_000 }),
    said: fc.integer({ min: 0, max: 25 }),
    signer: fc.constantFrom(...SIGNERS),
    deceased: fc.boolean(),
  });
  fc.assert(
    fc.property(form, ({ born, later, said, signer, deceased }) => {
      const [bornOn, signedOn] = [dayAt(born), dayAt(born + later)];
      const consent: Consent = { sampleCode: 'S', version: 'v', purpose: 'family-search', signedOn, ageYears: said, signer, deceased, retainUntil: defaultRetention(signedOn) }; // prettier-ignore
      const age = countBirthdays(bornOn, signedOn);
      const mayBeSigned = deceased
        ? signer === 'next-of-kin'
        : signer === 'guardian' || (signer === 'self' && age >= 14);
      const isNear = deceased ? said <= age + 2 : said >= age - 2 && said <= age + 2;
      const expected = later < 0 ? 'signedOn' : !isNear ? 'ageYears' : mayBeSigned ? null : 'signer'; // prettier-ignore
      const found = ageFault(consent, bornOn);
      seen.set(String(expected), (seen.get(String(expected)) ?? 0) + 1);
      return (found?.field ?? null) === expected;
    }),
    { numRuns: 1_000 },
  );
  t.equal(seen.size, 4, 'all outcomes were met');
  t.end();
});

t.test('a card says a day of birth, other documents none', (t) => {
  t.equal(birthDayOf('11010519951231002X'), '1995-12-31');
  for (const other of ['110105199513310021', '110105199902290021', 'E12345678', '']) {
    t.equal(birthDayOf(other), null, other);
  }
  t.end();
});
