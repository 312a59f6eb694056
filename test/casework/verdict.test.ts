import t from 'tap';
import { mayDecide, VERDICTS } from '../../src/casework/reviews/verdict.ts';
import { candidateStates } from '../../src/casework/candidates/candidates.schema.ts';

const ALLOWED: Record<(typeof candidateStates)[number], readonly string[]> = {
  proposed: ['supported', 'excluded', 'inconclusive', 'more-loci'],
  inconclusive: ['supported', 'excluded', 'more-loci'],
  'more-loci': ['supported', 'excluded', 'inconclusive'],
  supported: [],
  excluded: [],
};

t.test('every state allows exactly the verdicts that the table says', (t) => {
  t.equal(candidateStates.length, 5);
  t.equal(VERDICTS.length, 4);
  for (const state of candidateStates) {
    const allowed = VERDICTS.filter((verdict) => mayDecide(state, verdict));
    t.strictSame(allowed, ALLOWED[state], state);
  }
  t.end();
});

t.test('a verdict is a state that a candidate can have, and nothing goes back to proposed', (t) => {
  const states: readonly string[] = candidateStates;
  t.ok(VERDICTS.every((verdict) => states.includes(verdict)));
  t.notOk((VERDICTS as readonly string[]).includes('proposed'));
  t.end();
});
