import fc from 'fast-check';
import t from 'tap';
import { candidateStates } from '../../src/casework/candidates/candidates.schema.ts';
import {
  isBlind,
  signaturesWanted,
  stateAfter,
  VERDICTS,
  visibleTo,
} from '../../src/casework/reviews/verdict.ts';

t.test('two who agree settle a candidate; where they differ a third does', (t) => {
  t.equal(stateAfter([]), 'proposed');
  let settled = 0;
  for (const first of VERDICTS) {
    t.equal(stateAfter([first]), 'second-opinion', 'one says nothing yet');
    for (const second of VERDICTS) {
      const state = stateAfter([first, second]);
      t.equal(state, first === second ? first : 'disputed');
      if (state !== 'disputed') continue;
      for (const third of VERDICTS) t.equal(stateAfter([first, second, third]), third);
      settled++;
    }
  }
  t.equal(settled, 12);
  t.end();
});

t.test('a round is settled exactly when it waits for nobody', (t) => {
  const signed = fc.array(fc.constantFrom(...VERDICTS), { maxLength: 3 });
  fc.assert(
    fc.property(signed, (verdicts) => {
      const state = stateAfter(verdicts);
      const wanted = signaturesWanted(state);
      const isSettled = (VERDICTS as readonly string[]).includes(state);
      return (wanted === 0) === isSettled && (!isBlind(state) || verdicts.length < 2);
    }),
  );
  t.equal(candidateStates.length, 7);
  t.ok(candidateStates.every((state) => signaturesWanted(state) <= 2));
  t.end();
});

t.test('nobody sees a single signature of somebody else before the second', (t) => {
  const signature = (round: number, decidedBy: string) => ({ round, decidedBy });
  const closed = [signature(1, 'a'), signature(1, 'b')];
  const all = [...closed, signature(2, 'a'), signature(3, 'c')];
  t.same(visibleTo('b', 'second-opinion', all), closed, 'nor one of a round that was left');
  t.same(visibleTo('c', 'second-opinion', all), [...closed, signature(3, 'c')]);
  t.same(visibleTo('b', 'proposed', all.slice(0, 3)), closed);
  for (const state of ['disputed', 'excluded'] as const) t.same(visibleTo('d', state, all), all);
  t.end();
});
