import t from 'tap';
import {
  calculate,
  type CalculationParameters,
  type ComparedPerson,
  familyHypotheses,
  hypothesisPosteriors,
  type LikelihoodRatio,
  relationshipHypothesis,
  unrelatedHypothesis,
} from '../../src/kinship/index.ts';
import { D3, isClose, parametersOf, profileOf, tableOf } from './small-table.ts';

const [p8, p9, p10] = [0.1, 0.2, 0.3];
const TABLE = new Map([[D3, tableOf({ 8: p8, 9: p9, 10: p10, 11: 1 - p8 - p9 - p10 })]]);

function person(id: string, genotype: string, more: Partial<ComparedPerson> = {}): ComparedPerson {
  return { id, profile: profileOf({ D3S1358: genotype }), kit: null, dropOut: 0, ...more };
}

function parameters(changes: Partial<CalculationParameters> = {}): CalculationParameters {
  return { ...parametersOf(), silentAlleles: [], ...changes };
}

function lrOf({ kind, ...rest }: LikelihoodRatio): number {
  return kind === 'finite' ? 10 ** (rest as { log10Lr: number }).log10Lr : NaN;
}

const DUO = familyHypotheses('child', [{ id: 'man', relation: 'father' }]);
const duo = (man: ComparedPerson, child: ComparedPerson) => ({
  people: [man, child],
  hypotheses: [DUO.h1, DUO.h2],
  asked: 'child',
});

t.test('several hypotheses: each against the last, and posteriors', (t) => {
  const hypotheses = [
    relationshipHypothesis('parent-child', 'a', 'b'),
    relationshipHypothesis('full-siblings', 'a', 'b'),
    unrelatedHypothesis('a', 'b'),
  ];
  const people = [person('a', '8,9'), person('b', '8,10')];
  const { lrs, log10Likelihoods } = calculate(TABLE, parameters(), {
    people,
    hypotheses,
    asked: 'b',
  });
  isClose(t, lrOf(lrs[0]!), 1 / (4 * p8), 'parent and child');
  isClose(t, lrOf(lrs[1]!), (1 + 2 * p8) / (8 * p8), 'full siblings');
  t.same(lrs[2], { kind: 'finite', log10Lr: 0 }, 'the last against itself');
  const [pc, fs, un] = [1 / (4 * p8), (1 + 2 * p8) / (8 * p8), 1];
  const posteriors = hypothesisPosteriors(log10Likelihoods, [0.2, 0.3, 0.5])!;
  const sum = 0.2 * pc + 0.3 * fs + 0.5 * un;
  isClose(t, posteriors[0]!, (0.2 * pc) / sum, 'posterior of parent and child');
  isClose(t, posteriors[2]!, (0.5 * un) / sum, 'posterior of unrelated');
  t.end();
});

t.test('posteriors: what is impossible has none, and prior 0 stays 0', (t) => {
  t.same(hypothesisPosteriors([null, -3], [1, 1]), [0, 1]);
  t.same(hypothesisPosteriors([-500, -3], [1, 0]), [1, 0], 'far below the smallest double');
  t.equal(hypothesisPosteriors([null, null], [1, 1]), null);
  t.end();
});

t.test('inconsistencies: observed, and expected under each hypothesis', (t) => {
  const rate = { rate: 0.03 };
  const mutation = { model: 'equal', male: rate, female: rate } as const;
  const { inconsistencies, loci } = calculate(
    TABLE,
    parameters({ mutation }),
    duo(person('man', '8,9'), person('child', '10,11')),
  );
  const [related, unrelated] = inconsistencies;
  t.equal(related!.observed, 1);
  t.same(loci[0]!.consistent, [false, true]);
  const outside = 1 - p8 - p9;
  // The mother's allele is neither 8 nor 9: one of the two others that stayed or became the other, or came from 8 or 9.
  const passedByMother = outside * (1 - 0.02) + (p8 + p9) * 0.02;
  isClose(t, related!.expected[0]!, 0.02 * passedByMother, 'if he is the father');
  isClose(t, related!.expected[1]!, outside ** 2, 'if he is not');
  t.same(unrelated, { observed: 0, expected: [0, 0] }, 'strangers fit always');
  t.end();
});

t.test('a silent allele belongs to a kit', (t) => {
  const o = 0.02;
  const silentAlleles = [{ locus: D3, kit: 'one', frequency: o }];
  const lr = (manKit: string, childKit: string, man: string, child: string): number => {
    const people = duo(
      person('man', man, { kit: manKit }),
      person('child', child, { kit: childKit }),
    );
    return lrOf(calculate(TABLE, parameters({ silentAlleles }), people).lrs[0]!);
  };
  const [q8, q9] = [p8 * (1 - o), p9 * (1 - o)];
  isClose(t, lr('one', 'one', '9', '8'), o / ((q8 + 2 * o) * (q9 + 2 * o)), 'to both kits');
  t.ok(Number.isNaN(lr('two', 'two', '9', '8')), 'to neither: excluded');
  // The man's 9 may hide an 8 that the child's kit shows: P(man 9/8-hidden) = 2·q9·o·p8.
  const pMan = q9 ** 2 + 2 * q9 * o;
  const numerator = 2 * q9 * o * p8 * 0.5 * p8;
  isClose(t, lr('one', 'two', '9', '8'), numerator / (pMan * p8 ** 2), 'to the man’s kit only');
  t.end();
});

t.test('drop-out of the child: 8 alone may be 8 and anything', (t) => {
  const d = 0.1;
  const { lrs } = calculate(
    TABLE,
    parameters(),
    duo(person('man', '9'), person('child', '8', { dropOut: d })),
  );
  const shown = (1 - d) * d;
  const unrelated = p8 ** 2 * (1 - d ** 2) + 2 * p8 * (1 - p8) * shown;
  isClose(t, lrOf(lrs[0]!), (p8 * shown) / unrelated, 'LR');
  t.end();
});

t.test('somebody whose genotype cannot be used is named, the locus counts without them', (t) => {
  const hypotheses = familyHypotheses('child', [
    { id: 'man', relation: 'father' },
    { id: 'woman', relation: 'mother' },
  ]);
  const people = [person('man', '8,9,10'), person('woman', '9,10'), person('child', '8,9')];
  const { loci, lrs } = calculate(TABLE, parameters(), {
    people,
    hypotheses: [hypotheses.h1, hypotheses.h2],
    asked: 'child',
  });
  t.same(loci[0]!.leftOut, [{ id: 'man', reason: 'more-than-two-alleles' }]);
  isClose(t, lrOf(lrs[0]!), 1 / (4 * p9), 'the mother alone');
  t.end();
});

t.test('who is typed must stand in every pedigree', (t) => {
  const people = [person('man', '8,9'), person('child', '8,9'), person('aunt', '8,9')];
  const asked = { people, hypotheses: [DUO.h1, DUO.h2], asked: 'child' };
  t.throws(() => calculate(TABLE, parameters(), asked), {
    code: 'PEDIGREE_INVALID',
    message: /aunt is typed and stands nowhere/,
  });
  t.end();
});

t.test('what cannot be computed is refused, with what is wrong', (t) => {
  const people = [person('man', '8,9'), person('child', '8,9')];
  const asked = { people, hypotheses: [DUO.h1, DUO.h2], asked: 'child' };
  const refuses = (changes: object, message: RegExp, changed: object = {}): void => {
    t.throws(() => calculate(TABLE, { ...parameters(), ...changed }, { ...asked, ...changes }), {
      name: 'KinshipError',
      message,
    });
  };
  refuses({ people: [...people, person('child', '8,8')] }, /child stands among the people twice/);
  refuses({ asked: 'nobody' }, /nobody, who is asked about/);
  refuses({ hypotheses: [DUO.h1] }, /two hypotheses at least/);
  refuses({ people: [people[0]!, person('child', '8,9', { dropOut: 1 })] }, /drop-out 1 of child/);
  for (const theta of [1, -0.1, NaN]) refuses({}, /theta .* must be at least 0/, { theta });
  const alias = { ...DUO.h1, sameAs: { child: 'man' } };
  refuses({ hypotheses: [alias, DUO.h2] }, /child is said to be man and stands as another/);
  t.throws(() => hypothesisPosteriors([1, 2], [-1, 1]), { code: 'PARAMETER_INVALID' });
  t.end();
});
