import fc from 'fast-check';
import t from 'tap';
import { LocusModels, type ParentRole, type Profile } from '../../src/kinship/index.ts';
import {
  type FamilyProfiles,
  judge,
  scanFamilies,
  scanUnknowns,
  SearchIndex,
} from '../../src/search/index.ts';
import { people, type World, worlds } from './population.ts';

type Database = { families: FamilyProfiles[]; unknowns: Profile[] };

function databases(world: World): fc.Arbitrary<Database> {
  const person = people(world);
  const family = fc.oneof(
    fc.record({ father: person, mother: person }),
    fc.record({ father: person }),
    fc.record({ mother: person }),
    fc.record({ parent: person }),
  );
  return fc.record({
    families: fc.array(family, { minLength: 1, maxLength: 12 }),
    unknowns: fc.array(person, { minLength: 1, maxLength: 12 }),
  });
}

function fill({ families, unknowns }: Database): SearchIndex {
  const index = new SearchIndex();
  unknowns.forEach((profile, place) => {
    index.addUnknown(`u${place}`, profile);
  });
  families.forEach((family, place) => {
    for (const [role, profile] of Object.entries(family)) {
      index.addParent(`p${place}-${role}`, `f${place}`, role as ParentRole, profile);
    }
  });
  return index;
}

const settings = worlds.chain((world) =>
  fc.record({
    world: fc.constant(world),
    database: databases(world),
    threshold: fc.constantFrom(0.5, 1, 3, 30, 1000),
  }),
);

t.test('scan and judge find exactly the pairs that brute force finds', (t) => {
  let candidates = 0;
  fc.assert(
    fc.property(settings, ({ world, database, threshold }) => {
      const models = new LocusModels(world.table, world.parameters);
      const snapshot = fill(database).snapshot();
      const brute = database.unknowns.map((child) =>
        database.families.map((family) => judge(models, child, family, threshold) !== null),
      );
      candidates += brute.flat().filter(Boolean).length;
      const byChild = database.unknowns.map((child) => {
        const survivors = new Set<number>(scanFamilies(models, snapshot, child, threshold));
        return database.families.map(
          (family, slot) => survivors.has(slot) && judge(models, child, family, threshold) !== null,
        );
      });
      const byFamily = database.families.map(
        (family) => new Set<number>(scanUnknowns(models, snapshot, family, threshold)),
      );
      const found = database.unknowns.map((child, slot) =>
        database.families.map(
          (family, place) =>
            byFamily[place]!.has(slot) && judge(models, child, family, threshold) !== null,
        ),
      );
      return String(byChild) === String(brute) && String(found) === String(brute);
    }),
    { numRuns: 400 },
  );
  t.ok(candidates > 1000, `${candidates} candidates among the pairs`);
  t.end();
});

t.test('the scan spares the judge most of the work', (t) => {
  let survivors = 0;
  let needless = 0;
  fc.assert(
    fc.property(settings, ({ world, database, threshold }) => {
      const models = new LocusModels(world.table, world.parameters);
      const snapshot = fill(database).snapshot();
      const inTable = (profile: Profile): boolean =>
        [...profile].every(([locus, genotype]) =>
          genotype.every((allele) => world.table.get(locus)!.alleles.includes(allele)),
        );
      for (const child of database.unknowns.filter(inTable)) {
        for (const slot of scanFamilies(models, snapshot, child, threshold)) {
          const family = database.families[slot]!;
          if (!Object.values(family).every(inTable)) continue;
          survivors++;
          if (judge(models, child, family, threshold) === null) needless++;
        }
      }
    }),
    { numRuns: 100 },
  );
  t.ok(survivors > 0);
  t.equal(needless, 0, `of ${survivors} survivors within the table, none below the threshold`);
  t.end();
});
