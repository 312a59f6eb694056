import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import {
  type AlleleLabel,
  findLocus,
  type Genotype,
  isOnLadder,
  type Locus,
  makeGenotype,
  mayBeOneGenotype,
  mergeReplicate,
  type Profile,
} from '../../src/kinship/index.ts';

/** Alleles that people have here, in repeats, and by every label those that it may be written for. */
const TRUE_ALLELES = [5, 6, 7, 7.2, 12, 12.1, 12.2, 12.3, 13, 14, 26, 27];
const MEANINGS: Readonly<Record<string, (allele: number) => boolean>> = {
  ...Object.fromEntries(
    [6, 7, 12.2, 13, 26].map((size) => [String(size), (allele: number) => allele === size]),
  ),
  '<8': (allele) => allele < 8,
  '12.X': (allele) => Math.floor(allele) === 12,
  '>13': (allele) => allele > 13,
  OL: () => true,
  F: () => true,
};

function subsets<Item>(items: readonly Item[], most: number): Item[][] {
  if (most === 0) return [[]];
  return [[], ...items.flatMap((item, place) => subsets(items.slice(place + 1), most - 1).map((rest) => [item, ...rest]))]; // prettier-ignore
}

/** What a laboratory may write of somebody's alleles: each is written in one way, and every label is of one. */
function mayWrite(
  alleles: readonly number[],
  labels: readonly string[],
  used: string[] = [],
): boolean {
  // prettier-ignore
  const [allele, ...others] = alleles;
  // What may have dropped out need not be there.
  if (allele === undefined) return labels.every((label) => label === 'F' || used.includes(label));
  return labels.some((label) => MEANINGS[label]!(allele) && mayWrite(others, labels, [...used, label])); // prettier-ignore
}

const PEOPLE = subsets(TRUE_ALLELES, 4)
  .slice(1)
  .sort((a, b) => a.length - b.length);
const GENOTYPES = subsets(Object.keys(MEANINGS), 3).slice(1);
const key = (genotype: readonly string[]): string => [...new Set(genotype)].sort().join();
/** By genotype, whose it may be. */
const OWNERS = new Map(
  GENOTYPES.map((labels) => [
    key(labels),
    new Set(PEOPLE.filter((alleles) => mayWrite(alleles, labels))),
  ]),
);

/** Whether somebody is there who may show both. */
function mayBeOnePerson(a: readonly string[], b: readonly string[]): boolean {
  const owners = OWNERS.get(key(b))!;
  return [...OWNERS.get(key(a))!].some((person) => owners.has(person));
}

const write = (labels: readonly string[]): Genotype => makeGenotype(labels as AlleleLabel[]);

t.test('two genotypes agree when somebody may show both', (t) => {
  let agreeing = 0;
  const wrong = GENOTYPES.flatMap((a) =>
    GENOTYPES.filter((b) => {
      const expected = mayBeOnePerson(a, b);
      if (expected) agreeing++;
      return mayBeOneGenotype(write(a), write(b)) !== expected;
    }).map((b) => `${key(a)} and ${key(b)}`),
  );
  t.strictSame(wrong, []);
  t.ok(agreeing > 1_000 && agreeing < GENOTYPES.length ** 2 / 2, `${agreeing} pairs agree`);
  t.end();
});

const LOCI = ['TH01', 'D3S1358', 'Penta E', 'FGA'].map((name) => findLocus(name)!);

/** What two typings show at a locus; most often that of one person, else nothing would ever be merged. */
const typedTwice = fc.oneof(
  {
    weight: 24,
    arbitrary: fc
      .constantFrom(...PEOPLE.slice(0, 80))
      .chain((person) => fc.tuple(...twice(person))),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...GENOTYPES), fc.constantFrom(...GENOTYPES)) },
);

function twice(person: number[]) {
  const theirs = GENOTYPES.filter((labels) => OWNERS.get(key(labels))!.has(person));
  const exact = theirs.filter((labels) => write(labels).every(isOnLadder));
  const typing = fc.oneof(
    fc.constant(null),
    fc.constantFrom(...theirs),
    fc.constantFrom(...(exact.length > 0 ? exact : theirs)),
  );
  return [typing, typing] as const;
}

const replicates = fc.tuple(...LOCI.map(() => typedTwice)).map((typed) => {
  const profileAt = (time: 0 | 1): Profile =>
    new Map(
      typed.flatMap((both, place) => {
        const labels = both[time];
        return labels === null ? [] : [[LOCI[place]!, write(labels)] as const];
      }),
    );
  return [profileAt(0), profileAt(1)] as const;
});

/** Locus by locus, what a person at a desk would write down. */
function mergeByHand(kept: Profile, again: Profile) {
  const disagreeing = LOCI.filter((locus) => kept.has(locus) && again.has(locus) && !mayBeOnePerson(kept.get(locus)!, again.get(locus)!)); // prettier-ignore
  if (disagreeing.length > 0) return { profile: kept, added: [], resolved: [], disagreeing };
  const added = LOCI.filter((locus) => again.has(locus) && !kept.has(locus));
  const resolved = LOCI.filter((locus) => again.get(locus)?.every(isOnLadder) && kept.get(locus)?.some((label) => !isOnLadder(label))); // prettier-ignore
  const profile = new Map<Locus, Genotype>();
  for (const locus of LOCI) {
    const isTaken = added.includes(locus) || resolved.includes(locus);
    const genotype = (isTaken ? again : kept).get(locus);
    if (genotype) profile.set(locus, genotype);
  }
  return { profile, added, resolved, disagreeing };
}

t.test('a replicate is merged as by hand, and merged again brings nothing', (t) => {
  const seen = { added: 0, resolved: 0, disagreeing: 0 };
  fc.assert(
    fc.property(replicates, ([kept, again]) => {
      const before = new Map(kept);
      const merged = mergeReplicate(kept, again);
      const expected = mergeByHand(kept, again);
      assert.deepEqual(new Map(merged.profile), new Map(expected.profile));
      for (const name of ['added', 'resolved', 'disagreeing'] as const) {
        assert.deepEqual([...merged[name]].sort(), [...expected[name]].sort(), name);
        seen[name] += merged[name].length;
      }
      assert.deepEqual(new Map(kept), before, 'what is kept is not touched');
      if (merged.disagreeing.length > 0) return;
      const twice = mergeReplicate(merged.profile, again);
      assert.deepEqual([twice.added, twice.resolved], [[], []]);
      assert.deepEqual(mergeReplicate(merged.profile, kept).disagreeing, [], 'what was kept still agrees'); // prettier-ignore
    }),
    { numRuns: 2_000 },
  );
  t.ok(Math.min(...Object.values(seen)) > 100, JSON.stringify(seen));
  t.end();
});
