import fc from 'fast-check';
import t from 'tap';
import {
  type AlleleLabel,
  type FamilyRelation,
  type Genotype,
  LOCI,
  type Locus,
  makeGenotype,
  type Profile,
} from '../../src/kinship/index.ts';
import {
  type Agreement,
  compareGenotypes,
  mayBeOnePerson,
  type PersonPlace,
  runScoringTask,
  SearchIndex,
} from '../../src/search/index.ts';

/** Many of the loci that people share, so that some differ in two or three and some in none. */
const TYPED = LOCI.slice(0, 20);
/** More than there are planes, so that some share one. */
const LABELS = Array.from({ length: 18 }, (_, number) => String(number + 5)) as AlleleLabel[];

const genotypes: fc.Arbitrary<Genotype> = fc.oneof(
  { weight: 12, arbitrary: fc.array(fc.constantFrom(...LABELS), { minLength: 1, maxLength: 2 }).map(makeGenotype) }, // prettier-ignore
  { weight: 1, arbitrary: fc.constant(makeGenotype(['7', '8', '9'] as AlleleLabel[])) },
  { weight: 1, arbitrary: fc.constant(makeGenotype(['OL', '8'] as AlleleLabel[])) },
);

/** One of a few people, typed with some kit, now and then wrongly at a locus. */
const typings = fc
  .array(fc.tuple(...TYPED.map(() => genotypes)), { minLength: 1, maxLength: 3 })
  .chain((people) =>
    fc.array(
      fc
        .record({
          person: fc.constantFrom(...people),
          loci: fc.oneof(fc.constant(TYPED), fc.subarray([...TYPED], { minLength: 6 })),
          wrong: fc.array(fc.tuple(fc.constantFrom(...TYPED), genotypes), { maxLength: 4 }),
        })
        .map(({ person, loci, wrong }): Profile => {
          const right = [...loci].map((locus) => [locus, person[TYPED.indexOf(locus)]!] as const);
          const changed = wrong.filter(([locus]) => loci.includes(locus));
          return new Map<Locus, Genotype>([...right, ...changed]);
        }),
      { minLength: 2, maxLength: 14, size: 'max' },
    ),
  );

const relations = fc.constantFrom<FamilyRelation | null>(null, 'father', 'mother', 'sibling');

/** Each locus for itself, by what is written there; null for two people. */
function compareSlowly(a: Profile, b: Profile): Agreement | null {
  let alike = 0;
  let differing = 0;
  for (const locus of LOCI) {
    const pair = [a.get(locus), b.get(locus)];
    if (pair.some((one) => one?.length !== 2 || one.some((allele) => !/^[\d.]+$/.test(allele)))) {
      continue;
    }
    if (pair[0]!.join() === pair[1]!.join()) alike++;
    else differing++;
  }
  const isOne = [8, 12, 16][differing]! <= alike;
  return isOne ? { lociCompared: alike + differing, lociDiffering: differing } : null;
}

const idOf = (place: number): string => `p${place}`;

t.test('a scan of the index finds whom comparing everybody with everybody finds', (t) => {
  const total = { alike: 0, differing: 0, pairs: 0 };
  fc.assert(
    fc.property(
      typings.chain((people) =>
        fc.record({
          people: fc.constant(people),
          places: fc.array(fc.tuple(relations, fc.integer({ min: 0, max: 3 })), {
            minLength: people.length,
            maxLength: people.length,
          }),
          withdrawn: fc.nat({ max: 20 }),
        }),
      ),
      ({ people, places, withdrawn }) => {
        const index = new SearchIndex();
        const taken = new Set<string>();
        const there = people.flatMap((profile, place) => {
          const [relation, family] = places[place]!;
          if (relation === null) index.addUnknown(idOf(place), profile);
          else if (relation !== 'sibling' && taken.has(`${family} ${relation}`)) return [];
          else index.addRelative(idOf(place), `f${family}`, relation, profile);
          taken.add(`${family} ${relation}`);
          return [place];
        });
        index.withdraw(idOf(withdrawn));
        const left = there.filter((place) => place !== withdrawn);
        const rows = people.map((profile) => index.codesOf(profile));
        const task = { kind: 'scan-people' as const, index: index.snapshot(), rows };
        const found = runScoringTask(task) as PersonPlace[][];
        return people.every((profile, place) => {
          const expected = left.filter((other) => compareSlowly(profile, people[other]!));
          total.pairs += left.length;
          total.alike += expected.length;
          total.differing += expected.filter(
            (other) => compareGenotypes(profile, people[other]!).lociDiffering > 0,
          ).length;
          const ids = index.peopleAt(found[place]!);
          return ids.sort().join() === expected.map(idOf).sort().join();
        });
      },
    ),
    { numRuns: 200 },
  );
  t.ok(total.alike > 1_000, `${total.alike} of ${total.pairs} pairs may be one person`);
  t.ok(total.differing > 100, `${total.differing} of them differ somewhere`);
  t.end();
});

t.test('two profiles agree as far as comparing locus by locus says', (t) => {
  let ones = 0;
  fc.assert(
    fc.property(typings, (people) =>
      people.every((a) =>
        people.every((b) => {
          const found = compareGenotypes(a, b);
          const expected = compareSlowly(a, b);
          if (mayBeOnePerson(found)) ones++;
          return JSON.stringify(mayBeOnePerson(found) ? found : null) === JSON.stringify(expected);
        }),
      ),
    ),
    { numRuns: 30 },
  );
  t.ok(ones > 300, `${ones} pairs of one person`);
  t.end();
});

t.test('in more people than a block holds, each finds their own', (t) => {
  const index = new SearchIndex();
  const people = Array.from({ length: 5_000 }, (_, number): Profile => {
    const digits = (number + 10_000).toString(6).padStart(8, '0');
    const alleles = Array.from(digits, (digit) => makeGenotype([String(8 + Number(digit)) as AlleleLabel])); // prettier-ignore
    return new Map(alleles.map((genotype, place) => [LOCI[place]!, genotype]));
  });
  people.forEach((profile, place) => {
    index.addUnknown(idOf(place), profile);
  });
  const asked = [0, 4_095, 4_096, 4_999];
  const rows = asked.map((place) => index.codesOf(people[place]!));
  const task = { kind: 'scan-people' as const, index: index.snapshot(), rows };
  const found = runScoringTask(task) as PersonPlace[][];
  t.same(
    found.map((places) => index.peopleAt(places)),
    asked.map((place) => [idOf(place)]),
  );
  t.end();
});
