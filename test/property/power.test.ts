import fc from 'fast-check';
import t from 'tap';
import {
  type AlleleModel,
  familyHypotheses,
  type FamilyRelation,
  foreseeLocus,
  type HypothesisPair,
  type LocusOutcomes,
  type Observation,
  readHypothesis,
  type ReadHypothesis,
} from '../../src/kinship/index.ts';
import { observedLikelihood } from '../../src/kinship/reference/pedigree-likelihood.ts';
import { models } from './pedigrees.ts';

/** One locus of a family and a person who may be its child: who is typed, and who is to be. */
type Case = {
  readonly model: AlleleModel;
  readonly hypotheses: HypothesisPair;
  readonly known: ReadonlyMap<string, Observation[]>;
  readonly added: readonly { id: string; dropOut: number; showsClasses: readonly number[] }[];
  readonly theta: number;
  readonly untypedParent: 'mutates' | 'population';
};

/** Families of which every genotype can be gone through. */
const FAMILIES: readonly (readonly FamilyRelation[])[] = [
  ['father'],
  ['father', 'mother'],
  ['mother', 'father'],
  ['mother', 'sibling'],
  ['paternal-half-sibling'],
  ['sibling'],
];

/** All models show three alleles. */
const VISIBLE = 3;

const dropOuts = fc.constantFrom(0, 0, 0.1);
const shown = fc.constantFrom([], [1]);

const cases: fc.Arbitrary<Case> = fc
  .record({
    model: models,
    relations: fc.constantFrom(...FAMILIES),
    whoIsAdded: fc.constantFrom('last' as const, 'child' as const, 'last and child' as const),
    genotypes: fc.array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 })), { minLength: 3, maxLength: 3 }), // prettier-ignore
    dropOut: dropOuts,
    showsClasses: shown,
    theta: fc.constantFrom(0, 0, 0.03),
    untypedParent: fc.constantFrom('mutates' as const, 'population' as const),
  })
  .map(({ relations, whoIsAdded, genotypes, dropOut, showsClasses, ...others }) => {
    const relatives = relations.map((relation) => ({ id: relation, relation }));
    const people = [...relatives.map(({ id }) => id), 'child'];
    const isAdded = (id: string): boolean =>
      (id === 'child' && whoIsAdded !== 'last') ||
      (id === relations.at(-1) && whoIsAdded !== 'child');
    const seen = (place: number): Observation[] => {
      const alleles = genotypes[place]!;
      return [{ seen: 'two', alleles, dropOut, showsClasses }];
    };
    return {
      ...others,
      hypotheses: familyHypotheses('child', relatives),
      known: new Map(
        people.flatMap((id, place) => (isAdded(id) ? [] : [[id, seen(place)] as const])),
      ),
      added: people.filter(isAdded).map((id) => ({ id, dropOut, showsClasses })),
    };
  });

function readBoth({
  hypotheses,
  known,
  added,
  untypedParent,
}: Case): [ReadHypothesis, ReadHypothesis] {
  // prettier-ignore
  const typed = new Set([...known.keys(), ...added.map(({ id }) => id)]);
  const read = (h: 'h1' | 'h2') => readHypothesis(hypotheses[h], { typed, untypedParent });
  return [read('h1'), read('h2')];
}

/** Every genotype of everybody added, with P(known, those | H) under both: straight from the definition. */
function goThrough(one: Case, read: readonly ReadHypothesis[]): { h1: number; h2: number }[] {
  const { model, known, added, theta } = one;
  let all: ReadonlyMap<string, Observation[]>[] = [known];
  for (const { id, dropOut, showsClasses } of added) {
    all = all.flatMap((seen) =>
      [...Array(VISIBLE).keys()].flatMap((b) =>
        [...Array(b + 1).keys()].map((a) => {
          const observation = { seen: 'two' as const, alleles: [a, b] as const, dropOut, showsClasses }; // prettier-ignore
          return new Map([...seen, [id, [observation]]]);
        }),
      ),
    );
  }
  return all.map((seen) => {
    const [h1, h2] = read.map(({ pedigree }) => observedLikelihood(model, pedigree, seen, theta));
    return { h1: h1!, h2: h2! };
  });
}

const sumOf = (values: Iterable<number>): number =>
  [...values].reduce((sum, value) => sum + value, 0);
const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-10 * Math.abs(b);

function foresee(one: Case, read: [ReadHypothesis, ReadHypothesis], seed = 1): LocusOutcomes {
  const { model, known, added, theta } = one;
  const locus = { model, visible: VISIBLE, known, added, hypotheses: read, theta };
  return foreseeLocus(locus, seed, { multiplications: Infinity }).outcomes;
}

/** By log10 LR rounded to what two ways of computing share, the masses under both. */
function byRatio(outcomes: Iterable<readonly [log10Lr: number, h1: number, h2: number]>) {
  const sums = new Map<string, [number, number]>();
  for (const [log10Lr, h1, h2] of outcomes) {
    const key = (Math.abs(log10Lr) < 5e-10 ? 0 : log10Lr).toFixed(8);
    const [one, other] = sums.get(key) ?? [0, 0];
    sums.set(key, [one + h1, other + h2]);
  }
  return sums;
}

t.test('a locus may come to what going through every genotype says', (t) => {
  const compared = { possible: 0, silent: 0, dropOut: 0, theta: 0, two: 0, population: 0 };
  fc.assert(
    fc.property(cases, (one) => {
      const read = readBoth(one);
      const people = Math.max(...read.map(({ pedigree }) => pedigree.length));
      const untyped = people - one.known.size - one.added.length;
      fc.pre(one.model.frequencies.length ** (2 * untyped) < 700);
      const [now1, now2] = read.map(({ pedigree }) =>
        observedLikelihood(one.model, pedigree, one.known, one.theta),
      );
      fc.pre(now1! > 0 && now2! > 0);
      const slow = goThrough(one, read).filter(({ h1, h2 }) => h1 > 0 || h2 > 0);
      compared.possible++;
      if (one.model.frequencies.length > VISIBLE) compared.silent++;
      if (one.added[0]!.dropOut > 0) compared.dropOut++;
      if (one.theta > 0) compared.theta++;
      if (one.added.length > 1) compared.two++;
      if (one.untypedParent === 'population') compared.population++;
      const { log10Lrs, h1, h2 } = foresee(one, read);
      const [all1, all2] = [sumOf(slow.map(({ h1 }) => h1)), sumOf(slow.map(({ h2 }) => h2))];
      const fast = byRatio([...log10Lrs].map((lr, at) => [lr, h1[at]!, h2[at]!] as const));
      const expected = byRatio(slow.map((o) => [Math.log10(o.h1 / o.h2), o.h1 / all1, o.h2 / all2])); // prettier-ignore
      return (
        slow.length === log10Lrs.length &&
        [...expected].every(([key, masses]) =>
          masses.every((mass, at) => Math.abs((fast.get(key)?.[at] ?? NaN) - mass) < 1e-9),
        )
      );
    }),
    { numRuns: 160, seed: 4 },
  );
  for (const [kind, count] of Object.entries(compared)) t.ok(count > 15, `${count}: ${kind}`);
  t.end();
});

t.test('under H2 the mean LR stays what it is, under H1 that of 1/LR', (t) => {
  const compared = { means: 0, inverses: 0, moved: 0 };
  fc.assert(
    fc.property(cases, (drawnCase) => {
      const one = { ...drawnCase, added: drawnCase.added.map((who) => ({ ...who, dropOut: 0 })) };
      fc.pre(one.model.frequencies.length === VISIBLE && one.untypedParent === 'mutates');
      const read = readBoth(one);
      const [now1, now2] = read.map(({ pedigree }) =>
        observedLikelihood(one.model, pedigree, one.known, one.theta),
      );
      fc.pre(now1! > 0 && now2! > 0);
      const { log10Lrs, h1, h2 } = foresee(one, read);
      const isFinite = log10Lrs.every((lr) => Number.isFinite(lr));
      const hasInfinite = log10Lrs.includes(Infinity);
      const lrs = [...log10Lrs].map((lr) => 10 ** lr);
      if (lrs.some((lr) => Math.abs(lr / (now1! / now2!) - 1) > 0.1)) compared.moved++;
      compared.means++;
      const mean = sumOf(lrs.map((lr, at) => (h2[at]! > 0 ? lr * h2[at]! : 0)));
      if (hasInfinite || !isClose(mean, now1! / now2!)) return false;
      if (!isFinite) return true;
      compared.inverses++;
      return isClose(sumOf(lrs.map((lr, at) => h1[at]! / lr)), now2! / now1!);
    }),
    { numRuns: 150, seed: 5 },
  );
  for (const [kind, count] of Object.entries(compared)) t.ok(count > 25, `${count}: ${kind}`);
  t.end();
});
