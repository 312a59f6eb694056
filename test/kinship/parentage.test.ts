import t from 'tap';
import {
  childLikelihood,
  isMendelian,
  type LikelihoodParameters,
  type LocusModel,
  parentageLikelihoods,
  type ParentRole,
  type TypedParent,
} from '../../src/kinship/index.ts';
import { D3, isClose, modelOf, pair } from './small-table.ts';

// The worked values are those of docs/math/parentage.md and theta.md.

const p = { a: 0.1, b: 0.2, c: 0.3, d: 0.4 };
const [A, B, C, D] = ['8', '9', '10', '11'] as const;
const WITHOUT_MUTATION = modelOf({ [A]: p.a, [B]: p.b, [C]: p.c, [D]: p.d });

const typed = (role: ParentRole, ...genotype: [string, string]): TypedParent => ({
  role,
  genotype: pair(String(genotype)),
});
const known = (one: TypedParent, other?: TypedParent) =>
  other ? ([one, other] as const) : ([one] as const);

function lr(model: LocusModel, child: string, one: TypedParent, other?: TypedParent): number {
  const { numerator, denominator } = parentageLikelihoods(model, pair(child), known(one, other));
  return numerator / denominator;
}

t.test('one parent, no mutation: the six cases', (t) => {
  const cases: [parent: [string, string], child: string, expected: number][] = [
    [[A, A], `${A},${A}`, 1 / p.a],
    [[A, A], `${A},${B}`, 1 / (2 * p.a)],
    [[A, B], `${A},${A}`, 1 / (2 * p.a)],
    [[A, B], `${A},${B}`, (p.a + p.b) / (4 * p.a * p.b)],
    [[A, B], `${A},${C}`, 1 / (4 * p.a)],
    [[A, B], `${C},${D}`, 0],
    [[A, A], `${B},${B}`, 0],
  ];
  for (const role of ['father', 'mother', 'parent'] as const) {
    for (const [parent, child, expected] of cases) {
      isClose(
        t,
        lr(WITHOUT_MUTATION, child, typed(role, ...parent)),
        expected,
        `${role} ${String(parent)} → ${child}`,
      );
    }
  }
  t.end();
});

t.test('both parents, no mutation', (t) => {
  const cases: [father: [string, string], mother: [string, string], child: string, expected: number][] = [
    [[A, A], [A, A], `${A},${A}`, 1 / p.a ** 2],
    [[A, A], [A, A], `${A},${B}`, 0],
    [[A, A], [B, B], `${A},${B}`, 1 / (2 * p.a * p.b)],
    [[A, A], [A, B], `${A},${B}`, 1 / (4 * p.a * p.b)],
    [[A, B], [A, B], `${A},${A}`, 1 / (4 * p.a ** 2)],
    [[A, B], [A, B], `${A},${B}`, 1 / (4 * p.a * p.b)],
    [[A, B], [C, D], `${A},${C}`, 1 / (8 * p.a * p.c)],
    [[A, B], [C, D], `${A},${B}`, 0],
  ]; // prettier-ignore
  for (const [father, mother, child, expected] of cases) {
    const [one, other] = [typed('father', ...father), typed('mother', ...mother)];
    isClose(
      t,
      lr(WITHOUT_MUTATION, child, one, other),
      expected,
      `${String(father)} × ${String(mother)} → ${child}`,
    );
    isClose(t, lr(WITHOUT_MUTATION, child, other, one), expected, 'mother first');
  }
  t.end();
});

t.test(
  'the likelihoods themselves are those of the child given its parents, and of a stranger',
  (t) => {
    const one = parentageLikelihoods(WITHOUT_MUTATION, pair(`${A},${C}`), [typed('father', A, B)]);
    isClose(t, one.numerator, p.c / 2, '½·p(c)');
    isClose(t, one.denominator, 2 * p.a * p.c, '2·p(a)·p(c)');
    const homozygote = parentageLikelihoods(WITHOUT_MUTATION, pair(`${A},${A}`), [
      typed('mother', A, B),
    ]);
    isClose(t, homozygote.numerator, p.a / 2, '½·p(a)');
    isClose(t, homozygote.denominator, p.a ** 2, 'p(a)²');
    t.end();
  },
);

t.test('a mismatch weighs the mutation that it needs', (t) => {
  const [male, female] = [0.006, 0.003];
  const rates = { model: 'equal', male: { rate: male }, female: { rate: female } } as const;
  const model = modelOf({ [A]: p.a, [B]: p.b, [C]: p.c, [D]: p.d }, { mutation: rates, untypedParent: 'population' }); // prettier-ignore
  const father = typed('father', A, A);
  isClose(t, lr(model, `${B},${B}`, father), male / 3 / p.b, 'father, homozygous child');
  isClose(
    t,
    lr(model, `${B},${C}`, father),
    (male / 3) * ((p.b + p.c) / (2 * p.b * p.c)),
    'heterozygous',
  );
  isClose(t, lr(model, `${B},${B}`, typed('mother', A, A)), female / 3 / p.b, 'mother');
  isClose(
    t,
    lr(model, `${B},${B}`, typed('parent', A, A)),
    (male + female) / 6 / p.b,
    'rates averaged',
  );
  const couple = lr(model, `${C},${C}`, father, typed('mother', B, B));
  isClose(t, couple, ((male / 3) * (female / 3)) / p.c ** 2, 'one mutation in each parent');
  t.end();
});

t.test(
  'the convention of the untyped parent moves the LR where the model is not stationary',
  (t) => {
    const [a, b] = [0.1, 0.9];
    const rate = 0.1;
    const equal = { model: 'equal', male: { rate }, female: { rate } } as const;
    const under = (untypedParent: LikelihoodParameters['untypedParent']): LocusModel =>
      modelOf({ [A]: a, [B]: b }, { mutation: equal, untypedParent });
    const passedOn = { a: a * (1 - rate) + b * rate, b: b * (1 - rate) + a * rate };
    const father = typed('father', A, A);
    isClose(
      t,
      lr(under('mutates'), `${A},${A}`, father),
      ((1 - rate) * passedOn.a) / a ** 2,
      'mutates: 16.2',
    );
    isClose(t, lr(under('population'), `${A},${A}`, father), (1 - rate) / a, 'population: 9');
    isClose(t, lr(under('mutates'), `${A},${B}`, father), ((1 - rate) * passedOn.b + rate * passedOn.a) / (2 * a * b), 'mutates: 4.2'); // prettier-ignore
    isClose(t, lr(under('population'), `${A},${B}`, father), ((1 - rate) * b + rate * a) / (2 * a * b), 'population: 4.5556'); // prettier-ignore
    const mother = typed('mother', B, B);
    t.equal(lr(under('mutates'), `${A},${B}`, father, mother), lr(under('population'), `${A},${B}`, father, mother)); // prettier-ignore
    t.end();
  },
);

t.test('an untyped parent mutates at the rate of their own sex', (t) => {
  const [a, b] = [0.1, 0.9];
  const mutation = { model: 'equal', male: { rate: 0 }, female: { rate: 0.1 } } as const;
  const model = modelOf({ [A]: a, [B]: b }, { mutation });
  isClose(
    t,
    lr(model, `${A},${A}`, typed('father', A, A)),
    (a * 0.9 + b * 0.1) / a ** 2,
    'untyped mother',
  );
  isClose(t, lr(model, `${A},${A}`, typed('mother', A, A)), (0.9 * a) / a ** 2, 'untyped father');
  t.end();
});

t.test('the conventions agree where the model is stationary', (t) => {
  const rates = { male: { rate: 0.02 }, female: { rate: 0.01 } };
  const under = (untypedParent: LikelihoodParameters['untypedParent']): LocusModel =>
    modelOf(
      { [A]: 0.1, [B]: 0.9 },
      { mutation: { model: 'proportional', ...rates }, untypedParent },
    );
  for (const child of [`${A},${A}`, `${A},${B}`, `${B},${B}`]) {
    const father = typed('father', A, A);
    isClose(t, lr(under('mutates'), child, father), lr(under('population'), child, father), child);
  }
  t.end();
});

t.test('genotypes fit when each parent can have given one allele', (t) => {
  const fits = (child: string, one: TypedParent, other?: TypedParent): boolean =>
    isMendelian(pair(child), known(one, other));
  t.ok(fits('8,9', typed('father', '9', '10')), 'one parent shares an allele');
  t.notOk(fits('8,9', typed('father', '10', '11')), 'one parent shares none');
  t.ok(fits('8,9', typed('father', '8', '8'), typed('mother', '9', '9')));
  t.ok(fits('8,9', typed('father', '9', '9'), typed('mother', '8', '8')));
  t.notOk(
    fits('8,9', typed('father', '8', '10'), typed('mother', '8', '11')),
    'both the same allele',
  );
  t.ok(fits('8,8', typed('father', '8', '10'), typed('mother', '8', '11')));
  t.notOk(fits('8,8', typed('father', '8', '10'), typed('mother', '9', '11')));
  t.end();
});

t.test('an allele that the model was not made for is refused', (t) => {
  const unknown = new RangeError('the model of D3S1358 was made without allele 15');
  t.throws(() => lr(WITHOUT_MUTATION, '8,15', typed('father', A, B)), unknown);
  t.throws(() => lr(WITHOUT_MUTATION, '8,9', typed('father', A, '15')), unknown);
  t.end();
});

t.test('theta, one parent, no mutation', (t) => {
  const theta = 0.03;
  const q = (frequency: number, copies: number) => copies * theta + (1 - theta) * frequency;
  const model = modelOf({ [A]: p.a, [B]: p.b, [C]: p.c, [D]: p.d }, { theta });
  const cases: [parent: [string, string], child: string, expected: number][] = [
    [[A, A], `${A},${A}`, (1 + 2 * theta) / q(p.a, 3)],
    [[A, A], `${A},${B}`, (1 + 2 * theta) / (2 * q(p.a, 2))],
    [[A, B], `${A},${A}`, (1 + 2 * theta) / (2 * q(p.a, 2))],
    [[A, B], `${A},${B}`, ((1 + 2 * theta) * (q(p.a, 1) + q(p.b, 1))) / (4 * q(p.a, 1) * q(p.b, 1))],
    [[A, B], `${A},${C}`, (1 + 2 * theta) / (4 * q(p.a, 1))],
    [[A, B], `${C},${D}`, 0],
  ]; // prettier-ignore
  for (const role of ['father', 'mother', 'parent'] as const) {
    for (const [parent, child, expected] of cases) {
      isClose(t, lr(model, child, typed(role, ...parent)), expected, `${role} ${String(parent)} → ${child}`); // prettier-ignore
    }
  }
  isClose(t, lr(model, `${A},${C}`, typed('father', A, B)), 1.06 / 0.508, '2.0866');
  t.end();
});

t.test('theta, both parents, no mutation', (t) => {
  const theta = 0.03;
  const q = (frequency: number, copies: number) => copies * theta + (1 - theta) * frequency;
  const drawn = (1 + 3 * theta) * (1 + 4 * theta);
  const model = modelOf({ [A]: p.a, [B]: p.b, [C]: p.c, [D]: p.d }, { theta });
  const cases: [father: [string, string], mother: [string, string], child: string, expected: number][] = [
    [[A, A], [A, A], `${A},${A}`, drawn / (q(p.a, 4) * q(p.a, 5))],
    [[A, A], [B, B], `${A},${B}`, drawn / (2 * q(p.a, 2) * q(p.b, 2))],
    [[A, B], [A, B], `${A},${B}`, drawn / (4 * q(p.a, 2) * q(p.b, 2))],
    [[A, B], [C, D], `${A},${C}`, drawn / (8 * q(p.a, 1) * q(p.c, 1))],
    [[A, B], [C, D], `${A},${B}`, 0],
  ]; // prettier-ignore
  for (const [father, mother, child, expected] of cases) {
    const [one, other] = [typed('father', ...father), typed('mother', ...mother)];
    isClose(t, lr(model, child, one, other), expected, `${String(father)} × ${String(mother)} → ${child}`); // prettier-ignore
    isClose(t, lr(model, child, other, one), expected, 'mother first');
  }
  t.end();
});

t.test('theta, the mother undisputed: the alleged father is in the urn', (t) => {
  const theta = 0.03;
  const model = modelOf({ [A]: p.a, [B]: p.b, [C]: p.c, [D]: p.d }, { theta });
  const [father, mother, child] = [typed('father', A, B), typed('mother', C, D), pair(`${A},${C}`)];
  const h1 = childLikelihood(model, child, [father, mother]);
  const h2 = childLikelihood(model, child, [mother], [father.genotype]);
  isClose(t, h1 / h2, (1 + 3 * theta) / (2 * (theta + (1 - theta) * p.a)), '4.2913');
  t.end();
});

t.test('theta and an untyped parent who may mutate, in both readings', (t) => {
  const [a, b, rate, theta] = [0.1, 0.9, 0.1, 0.05];
  const equal = { model: 'equal', male: { rate }, female: { rate } } as const;
  const under = (untypedParent: LikelihoodParameters['untypedParent']): LocusModel =>
    modelOf({ [A]: a, [B]: b }, { mutation: equal, untypedParent, theta });
  const drawn = { a: (2 * theta + (1 - theta) * a) / (1 + theta), b: ((1 - theta) * b) / (1 + theta) }; // prettier-ignore
  const next = (3 * theta + (1 - theta) * a) / (1 + 2 * theta);
  const passedOn = drawn.a * (1 - rate) + drawn.b * rate;
  const father = typed('father', A, A);
  const ratio = (reading: LikelihoodParameters['untypedParent']) => lr(under(reading), `${A},${A}`, father); // prettier-ignore
  isClose(t, ratio('mutates'), ((1 - rate) * passedOn) / (drawn.a * next), 'mutates: 5.4085');
  isClose(t, ratio('population'), (1 - rate) / next, 'population: 4.0408');
  t.end();
});

t.test('both homozygous and different: a silent allele explains it', (t) => {
  const [q, r, o] = [0.1 * 0.98, 0.2 * 0.98, 0.02];
  const silentAlleles = [{ locus: D3, kit: null, frequency: o }];
  const hiding = modelOf({ 8: 0.1, 9: 0.2, 10: 0.7 }, { silentAlleles });
  isClose(t, lr(hiding, '8,8', typed('father', '9', '9')), o / ((q + 2 * o) * (r + 2 * o)), 'LR');
  const shared = lr(hiding, '8,9', typed('father', '8', '8'));
  isClose(t, shared, (q + o) / (q + 2 * o) / (2 * q), 'shared with a heterozygote');
  t.end();
});

t.test('a lone allele may be one of two of which the other dropped out', (t) => {
  const dropping = modelOf({ 8: 0.1, 9: 0.2, 10: 0.7 }, { dropOut: 0.1 });
  // The man is 8/9 with 0.01/0.38 · 2; else the child got his allele besides an 8 and lost it.
  isClose(t, lr(dropping, '8,8', typed('father', '9', '9')), 0.0135 / 0.0261, 'LR');
  isClose(t, lr(dropping, '8,9', typed('father', '9', '10')), 1 / (4 * 0.2), 'two seen of both');
  t.end();
});

t.test('two alleles that are silent to every kit count as one of both frequencies', (t) => {
  const frequencies = { 8: 0.1, 9: 0.2, 10: 0.7 };
  const [one, other] = [{ locus: D3, kit: null, frequency: 0.01 }, { locus: D3, kit: null, frequency: 0.03 }]; // prettier-ignore
  const two = modelOf(frequencies, { silentAlleles: [one, other] });
  const together = modelOf(frequencies, { silentAlleles: [{ ...one, frequency: 0.04 }] });
  const father = typed('father', '9', '9');
  isClose(t, lr(two, '8,8', father), lr(together, '8,8', father), 'LR');
  const named = modelOf(frequencies, { silentAlleles: [{ ...one, kit: 'GlobalFiler' }] });
  t.equal(named.silentFrequency, 0, 'that of a named kit shows');
  t.end();
});

t.test('impossible rates are refused, and so is theta with hidden alleles', (t) => {
  const frequencies = { 8: 0.3, 9: 0.7 };
  t.throws(() => modelOf(frequencies, { dropOut: 1 }), {
    code: 'PARAMETER_INVALID',
    message: 'the drop-out 1 must be at least 0 and below 1',
  });
  const silentAlleles = [{ locus: D3, kit: null, frequency: 1 }];
  t.throws(() => modelOf(frequencies, { silentAlleles }), { code: 'SILENT_FREQUENCY_INVALID' });
  const model = modelOf(frequencies, { dropOut: 0.1, theta: 0.01 });
  t.throws(() => lr(model, '8,8', typed('father', '8', '8')), {
    code: 'PARAMETER_INVALID',
    message: /theta 0.01 together with silent alleles or drop-out; use theta 0/,
  });
  t.end();
});
