import fc from 'fast-check';
import t from 'tap';
import { packProfile, unpackAlleles } from '../../src/formats/packed-profile.ts';
import { type FamilyRelation, LOCI, type Profile } from '../../src/kinship/index.ts';
import {
  FAMILY_SHARDS,
  type FamilyHits,
  type Relative,
  runScoringTask,
  type ScoringPolicy,
  SearchIndex,
  shardOf,
} from '../../src/search/index.ts';
import { people, type World, worlds } from '../property/population.ts';

/** A step in the life of an index. */
type Step =
  | { readonly do: 'unknown'; readonly id: string; readonly profile: Profile }
  | {
      readonly do: 'relative';
      readonly id: string;
      readonly family: string;
      readonly relation: FamilyRelation;
      readonly profile: Profile;
    }
  | { readonly do: 'withdraw'; readonly id: string };

function steps(world: World): fc.Arbitrary<Step[]> {
  const relatives = fc.constantFrom<FamilyRelation>('father', 'mother', 'sibling');
  const family = fc.integer({ min: 0, max: 4 });
  return fc.array(
    fc.oneof(
      fc.record({
        do: fc.constant('unknown' as const),
        id: fc.integer({ min: 0, max: 5 }).map((number) => `u${number}`),
        profile: people(world),
      }),
      fc
        .record({ family, relation: relatives, profile: people(world) })
        .map(({ family: number, relation, profile }) => ({
          do: 'relative' as const,
          id: `f${number}-${relation}`,
          family: `f${number}`,
          relation,
          profile,
        })),
      fc
        .oneof(
          fc.integer({ min: 0, max: 5 }).map((number) => `u${number}`),
          fc.tuple(family, relatives).map(([number, relation]) => `f${number}-${relation}`),
        )
        .map((id) => ({ do: 'withdraw' as const, id })),
    ),
    { minLength: 10, maxLength: 60, size: 'max' },
  );
}

function take(index: SearchIndex, step: Step): void {
  if (step.do === 'unknown') index.addUnknown(step.id, step.profile);
  else if (step.do === 'withdraw') index.withdraw(step.id);
  else index.addRelative(step.id, step.family, step.relation, step.profile);
}

/** Everybody at once, as numbers, and families whole. */
function takeAll(index: SearchIndex, steps: Iterable<Step>): void {
  const families = new Map<string, Relative[]>();
  for (const step of steps) {
    if (step.do === 'withdraw') continue;
    const profile = new Uint16Array(2 * LOCI.length);
    unpackAlleles(packProfile(step.profile), profile);
    if (step.do === 'unknown') index.addUnknown(step.id, profile);
    else {
      const relative = { sampleId: step.id, relation: step.relation, profile };
      families.set(step.family, [...(families.get(step.family) ?? []), relative]);
    }
  }
  for (const [family, relatives] of families) index.addRelatives(family, relatives);
}

let policies = 0;

/** By child the families that an index finds, and by family the people. */
function findAll(world: World, index: SearchIndex, children: readonly Profile[]): string {
  const policy: ScoringPolicy = {
    key: `policy ${++policies}`,
    table: world.table,
    parameters: world.parameters,
    threshold: 1,
  };
  const shared = { policy, index: index.snapshot() };
  const hits = runScoringTask({ ...shared, kind: 'scan-families', children }) as FamilyHits[];
  const families = children.map((profile) => [{ relation: 'father' as const, profile }]);
  const unknowns = runScoringTask({ ...shared, kind: 'scan-unknowns', families }) as number[][];
  return JSON.stringify([
    hits.map((one) => index.familiesAt(one).sort()),
    unknowns.map((slots) => index.unknownsAt(slots).sort()),
  ]);
}

t.test('an index that changed step by step finds what a new one finds, made of numbers', (t) => {
  let replaced = 0;
  fc.assert(
    fc.property(
      worlds.chain((world) =>
        fc.record({
          world: fc.constant(world),
          life: steps(world),
          children: fc.array(people(world), { minLength: 1, maxLength: 4 }),
        }),
      ),
      ({ world, life, children }) => {
        const lived = new SearchIndex();
        const last = new Map<string, Step>();
        for (const step of life) {
          take(lived, step);
          if (last.delete(step.id)) replaced++;
          if (step.do !== 'withdraw') last.set(step.id, step);
        }
        const fresh = new SearchIndex();
        takeAll(fresh, last.values());
        return (
          lived.unknownCount === fresh.unknownCount &&
          lived.familyCount === fresh.familyCount &&
          findAll(world, lived, children) === findAll(world, fresh, children)
        );
      },
    ),
    { numRuns: 100 },
  );
  t.ok(replaced > 100, `${replaced} people replaced or withdrawn`);
  t.end();
});

t.test('shards take about as many families each', (t) => {
  const counts = new Array<number>(FAMILY_SHARDS).fill(0);
  for (let number = 0; number < 8_000; number++) counts[shardOf(`family ${number}`)]!++;
  t.ok(Math.min(...counts) > 900 && Math.max(...counts) < 1_100, counts.join());
  t.end();
});
