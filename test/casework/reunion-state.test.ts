import fc from 'fast-check';
import t from 'tap';
import { compareTypings } from '../../src/casework/reunions/concordance.ts';
import {
  hasEnded,
  LABORATORY_STEPS,
  mayTake,
  POLICE_STEPS,
  type ReunionState,
  type Step,
  stepsFrom,
} from '../../src/casework/reunions/reunion-state.ts';
import { ROLES } from '../../src/casework/access/actor.ts';
import { findLocus, makeGenotype, parseAllele } from '../../src/kinship/index.ts';

/** The way home, and what may be done at each place of it. */
const WAY = [
  ['re-sampling', ['re-sampled', 'refuted'], []],
  ['re-sampled', ['re-sampled', 'refuted', 'confirmed'], []],
  ['confirmed', ['notified', 'undone'], []],
  ['notified', ['undone'], ['consented', 'declined']],
  ['consented', ['undone'], ['family-told']],
  ['family-told', ['undone'], ['reunited']],
  ['reunited', ['undone'], []],
  ['refuted', [], []],
  ['declined', [], []],
  ['undone', [], []],
] as const;

t.test('each state allows exactly the steps that the table says, to that role alone', (t) => {
  for (const [state, analyst, police] of WAY) {
    t.strictSame(new Set(stepsFrom(state, 'analyst')), new Set(analyst), state);
    t.strictSame(new Set(stepsFrom(state, 'police')), new Set(police), state);
    t.same([stepsFrom(state, 'admin'), stepsFrom(state, 'collection-point')], [[], []]);
    t.equal(hasEnded(state), analyst.length + police.length === 0 && state !== 'reunited');
  }
  t.end();
});

const WANTED = ['re-sampled', 'confirmed', 'notified', 'consented', 'family-told'] as const;

t.test('whatever way is taken, nobody is reunited unasked, unconfirmed or untold', (t) => {
  const steps: Step[] = ['re-sampled', ...LABORATORY_STEPS, ...POLICE_STEPS];
  let home = 0;
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 30 }), (choices) => {
      const taken: ReunionState[] = ['re-sampling'];
      for (const choice of choices) {
        const state = taken.at(-1)!;
        const open = steps.filter((step) => ROLES.some((role) => mayTake(step, state, role)));
        if (open.length > 0) taken.push(open[choice % open.length]!);
      }
      const arrived = taken.indexOf('reunited');
      if (arrived < 0) return true;
      home++;
      const before = taken.slice(0, arrived);
      return WANTED.every((wanted) => before.includes(wanted));
    }),
    { numRuns: 5_000, seed: 20_261_122 },
  );
  t.ok(home > 10, `${home} came home`);
  t.end();
});

t.test('typings of one person agree however they are written, and others do not', (t) => {
  const profile = (cells: Record<string, string>) =>
    new Map(
      Object.entries(cells).map(([locus, alleles]) => [
        findLocus(locus)!,
        makeGenotype(alleles.split(',').map((allele) => parseAllele(allele)!)),
      ]),
    );
  const before = profile({ TH01: '9.3,6', vWA: '14', FGA: '20,22' });
  const again = profile({ TH01: '6,9.3', vWA: '14,14', D18S51: '12,13' });
  t.same(compareTypings(before, again), { compared: 2, discordant: [] });
  const other = profile({ TH01: '6,9', vWA: '14,15', FGA: '22,20' });
  t.same(compareTypings(before, other), { compared: 3, discordant: ['TH01', 'vWA'] });
  t.same(compareTypings(before, new Map()), { compared: 0, discordant: [] });
  const weak = profile({ TH01: '6,F', vWA: '14,F', FGA: '20,22' });
  t.same(
    compareTypings(weak, again),
    { compared: 0, discordant: [] },
    'what is not exact confirms nothing',
  );
  const stranger = profile({ TH01: '7,8', vWA: '14,15', FGA: '20,22' });
  t.same(compareTypings(weak, stranger), { compared: 1, discordant: ['TH01'] });
  t.end();
});
