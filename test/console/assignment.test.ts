import t from 'tap';
import { assignByName, missingFrom, toEvidence } from '../../web/src/reunions/assignment.ts';
import { ENDED, stepsAhead, UNDER_WAY } from '../../web/src/reunions/way.ts';
import { hasEnded, stepsFrom } from '../../src/casework/reunions/reunion-state.ts';

const PEOPLE = [{ id: 'U1' }, { id: 'P1 (NORTH)' }];
const TYPED = ['U1', 'K7', 'K8'].map((sampleId, at) => ({
  sampleId,
  genotypes: { TH01: [String(at)] },
}));

t.test('whoever is called alike is given their sample, and nobody another', (t) => {
  const byName = assignByName(PEOPLE, TYPED);
  t.same(byName, { U1: 'U1' });
  t.same(missingFrom(PEOPLE, byName), ['P1 (NORTH)']);
  t.same(missingFrom(PEOPLE, {}), ['U1', 'P1 (NORTH)']);
  t.same(
    missingFrom(PEOPLE, { U1: 'K7', 'P1 (NORTH)': 'K7' }),
    ['U1', 'P1 (NORTH)'],
    'one sample is not of two people',
  );
  const whole = { ...byName, 'P1 (NORTH)': 'K8' };
  t.same(missingFrom(PEOPLE, whole), []);
  t.same(toEvidence(PEOPLE, whole, TYPED), [
    { id: 'U1', genotypes: { TH01: ['0'] } },
    { id: 'P1 (NORTH)', genotypes: { TH01: ['2'] } },
  ]);
  t.end();
});

t.test('what is ahead is what the service lets follow', (t) => {
  const roles = ['analyst', 'police'] as const;
  for (const state of [...UNDER_WAY, ...ENDED]) {
    const [next] = stepsAhead(state);
    const allowed: string[] = roles.flatMap((role) => stepsFrom(state, role));
    if (next === undefined) t.ok(hasEnded(state) || state === 'reunited', state);
    else t.ok(allowed.includes(next), `${next} follows ${state}`);
  }
  t.end();
});
