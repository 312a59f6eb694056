import fc from 'fast-check';
import t from 'tap';
import {
  type ClosedFormParameters,
  FAMILY_RELATIONS,
  type FamilyRelation,
  LocusModels,
  type Profile,
} from '../../src/kinship/index.ts';
import {
  type Family,
  type FamilyHits,
  judge,
  runScoringTask,
  type ScoringPolicy,
  SearchIndex,
} from '../../src/search/index.ts';
import { hidden } from '../kinship/random-families.ts';
import { people, type World, worlds } from './population.ts';

/** A database, and what to search it by. */
type Setting = {
  readonly world: World;
  readonly parameters: ClosedFormParameters;
  readonly families: readonly Family[];
  readonly unknowns: readonly Profile[];
  readonly threshold: number;
};

const PARENTS: FamilyRelation[][] = [['father', 'mother'], ['father'], ['mother'], ['parent']];
const SINGLE_RELATIVES = FAMILY_RELATIONS.map((relation): FamilyRelation[] => [relation]);
const RELATIVES: FamilyRelation[][] = [
  ...SINGLE_RELATIVES,
  ['father', 'sibling'],
  ['mother', 'father', 'sibling'],
  ['sibling', 'sibling'],
  ['parent', 'sibling'],
  ['paternal-grandfather', 'mother'],
];

function settings(
  relations: readonly FamilyRelation[][],
  size: number,
  change: (world: World) => fc.Arbitrary<Partial<ClosedFormParameters>>,
): fc.Arbitrary<Setting> {
  return worlds.chain((world) => {
    const family = fc
      .constantFrom(...relations)
      .chain((named) =>
        fc
          .tuple(...named.map(() => people(world)))
          .map((profiles) =>
            profiles.map((profile, place) => ({ profile, relation: named[place]! })),
          ),
      );
    return fc.record({
      world: fc.constant(world),
      parameters: change(world).map((changes) => ({ ...world.parameters, ...changes })),
      families: fc.array(family, { minLength: 1, maxLength: size }),
      unknowns: fc.array(people(world), { minLength: 1, maxLength: size }),
      threshold: fc.constantFrom(0.01, 0.5, 1, 3, 30, 1000),
    });
  });
}

function fill({ families, unknowns }: Setting): SearchIndex {
  const index = new SearchIndex();
  unknowns.forEach((profile, place) => {
    index.addUnknown(`u${place}`, profile);
  });
  families.forEach((family, place) => {
    family.forEach(({ relation, profile }, member) => {
      index.addRelative(`p${place}-${member}`, `f${place}`, relation, profile);
    });
  });
  return index;
}

let policies = 0;

/** Scans both ways round and compares what passes with judging every pair. */
function search(setting: Setting): { lost: number; candidates: number; survivors: number } {
  const { world, parameters, families, unknowns, threshold } = setting;
  const policy: ScoringPolicy = {
    key: `policy ${++policies}`,
    table: world.table,
    parameters,
    threshold,
  };
  const models = new LocusModels(world.table, parameters);
  const index = fill(setting);
  const shared = { policy, index: index.snapshot() };
  const byChild = runScoringTask({ ...shared, kind: 'scan-families', children: unknowns }) as FamilyHits[]; // prettier-ignore
  const byFamily = runScoringTask({ ...shared, kind: 'scan-unknowns', families }) as number[][];
  const counts = { lost: 0, candidates: 0, survivors: 0 };
  unknowns.forEach((child, u) => {
    const familiesHit = new Set(index.familiesAt(byChild[u]!));
    counts.survivors += familiesHit.size;
    families.forEach((family, f) => {
      if (!judge(models, child, family, threshold)) return;
      counts.candidates++;
      if (!familiesHit.has(`f${f}`)) counts.lost++;
      if (!index.unknownsAt(byFamily[f]!).includes(`u${u}`)) counts.lost++;
    });
  });
  return counts;
}

function searchAll(asked: fc.Arbitrary<Setting>, numRuns: number) {
  const total = { candidates: 0, survivors: 0 };
  fc.assert(
    fc.property(asked, (setting) => {
      const { lost, candidates, survivors } = search(setting);
      total.candidates += candidates;
      total.survivors += survivors;
      return lost === 0;
    }),
    { numRuns },
  );
  return total;
}

const unchanged = (): fc.Arbitrary<Partial<ClosedFormParameters>> => fc.constant({});

t.test('screen and score lose no couple and no single parent', (t) => {
  const { candidates, survivors } = searchAll(settings(PARENTS, 12, unchanged), 150);
  t.ok(candidates > 300, `${candidates} candidates, none lost either way round`);
  t.ok(survivors < 1.1 * candidates, `${survivors} pairs left to the judge`);
  t.end();
});

t.test('nor where alleles are silent or drop out', (t) => {
  const { candidates, survivors } = searchAll(settings(PARENTS, 12, hidden), 150);
  t.ok(candidates > 300, `${candidates} candidates, none lost either way round`);
  t.ok(survivors < 1.1 * candidates, `${survivors} pairs left to the judge`);
  t.end();
});

t.test('nor with coancestry', (t) => {
  const theta = () => fc.record({ theta: fc.constantFrom(0.01, 0.03, 0.2) });
  const { candidates } = searchAll(settings(PARENTS, 12, theta), 100);
  t.ok(candidates > 300, `${candidates} candidates, none lost either way round`);
  t.end();
});

t.test('nor any family with other relatives', (t) => {
  const { candidates } = searchAll(settings(RELATIVES, 4, hidden), 100);
  t.ok(candidates > 80, `${candidates} candidates, none lost either way round`);
  t.end();
});
