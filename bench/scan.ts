import assert from 'node:assert/strict';
import {
  compareFamily,
  compareParentage,
  encodeProfile,
  type FamilyMember,
  type FamilyRelation,
  LocusModels,
  makeParentageTable,
  type Profile,
  reaches,
  scoreCouple,
  scoreDuo,
} from '../src/kinship/index.ts';
import {
  type FamilyHits,
  runScoringTask,
  type ScoringPolicy,
  SearchIndex,
} from '../src/search/index.ts';
import { PARAMETERS, race, readTable } from './measure.ts';
import { Population } from './population.ts';

/**
 * Screen and score on one thread against scoring every pair, 24 loci, LR ≥ 10,000. What the scan lets
 * pass must hold every pair that brute force finds among the first people of the database.
 */
const LOCI = 24;
const THRESHOLD = 10_000;
const DATABASE = 1 << 17;
const QUERIES = 500;
/** Of the database, as far as brute force goes; the planted relatives are among them. */
const BRUTE = 100;

const table = readTable();
const people = new Population(table, LOCI, 4);

function policy(key: string, changes: object = {}): ScoringPolicy {
  return { key, table, parameters: { ...PARAMETERS, ...changes }, threshold: THRESHOLD };
}

/** A contest between a scan of the whole database and brute force over a part of it. */
function contest(
  name: string,
  queries: number,
  brute: (query: number, person: number) => boolean,
  scan: () => readonly ReadonlySet<number>[],
): void {
  const expected = Array.from({ length: queries }, (_, query) =>
    Array.from({ length: BRUTE }, (_, person) => person).filter((person) => brute(query, person)),
  );
  assert.ok(
    expected.flat().length >= Math.min(queries, BRUTE) / 2,
    'true relatives reach the threshold',
  );
  race(`pairs`, {
    [`${name}: every pair`]: () => {
      let found = 0;
      for (let person = 0; person < BRUTE; person++) if (brute(person % queries, person)) found++;
      return BRUTE + 0 * found;
    },
    [`${name}: screen and score`]: () => {
      const found = scan();
      expected.forEach((wanted, query) => {
        assert.ok(
          wanted.every((person) => found[query]!.has(person)),
          'nobody is lost',
        );
      });
      return queries * DATABASE;
    },
  });
}

function readHits(index: SearchIndex, hits: readonly FamilyHits[]): Set<number>[] {
  return hits.map((one) => new Set(index.familiesAt(one).map(Number)));
}

/** Children of the first people of the database, and people who are nobody's. */
const parents = people.people(DATABASE);
const fathers = parents;
const mothers = people.people(BRUTE);
const children = Array.from({ length: QUERIES }, (_, place) =>
  place < BRUTE ? people.child(fathers[place]!, mothers[place]!) : people.person(),
);

function parentsOnly(): void {
  const index = new SearchIndex();
  parents.forEach((profile, place) => {
    index.addRelative(`p${place}`, String(place), 'father', profile);
  });
  const snapshot = index.snapshot();
  const models = new LocusModels(table, PARAMETERS);
  const tabulated = makeParentageTable(models);
  const rows = children.map((child) => encodeProfile(tabulated, child));
  const parentRows = fathers.slice(0, BRUTE).map((one) => encodeProfile(tabulated, one));
  contest(
    'single parents',
    QUERIES,
    (query, person) => scoreDuo(tabulated, 'father', rows[query]!, 0, parentRows[person]!, 0) >= 4,
    () =>
      readHits(
        index,
        runScoringTask({
          kind: 'scan-families',
          policy: policy('duo'),
          index: snapshot,
          children,
        }) as FamilyHits[],
      ),
  );
  const hiding = {
    dropOut: 0.08,
    silentAlleles: [...table.keys()].map((locus) => ({ locus, kit: null, frequency: 0.005 })),
  };
  const hidden = new LocusModels(table, { ...PARAMETERS, ...hiding });
  contest(
    'drop-out and silent alleles',
    QUERIES,
    (query, person) =>
      reaches(
        compareParentage(hidden, children[query]!, [{ role: 'father', profile: fathers[person]! }])
          .lr,
        THRESHOLD,
      ),
    () =>
      readHits(
        index,
        runScoringTask({
          kind: 'scan-families',
          policy: policy('hidden', hiding),
          index: snapshot,
          children,
        }) as FamilyHits[],
      ),
  );
}

function couples(): void {
  const index = new SearchIndex();
  parents.forEach((profile, place) => {
    index.addRelative(`p${place}`, String(place), 'father', profile);
    index.addRelative(
      `m${place}`,
      String(place),
      'mother',
      mothers[place] ?? parents[DATABASE - place]!,
    );
  });
  const snapshot = index.snapshot();
  const tabulated = makeParentageTable(new LocusModels(table, PARAMETERS));
  const encode = (profile: Profile): Uint16Array => encodeProfile(tabulated, profile);
  const rows = children.map(encode);
  const [fatherRows, motherRows] = [fathers.slice(0, BRUTE).map(encode), mothers.map(encode)];
  contest(
    'couples, together and each alone',
    QUERIES,
    (query, person) =>
      scoreCouple(tabulated, rows[query]!, 0, fatherRows[person]!, 0, motherRows[person]!, 0) >= 4,
    () =>
      readHits(
        index,
        runScoringTask({
          kind: 'scan-families',
          policy: policy('couple'),
          index: snapshot,
          children,
        }) as FamilyHits[],
      ),
  );
}

function relatives(name: string, relations: readonly FamilyRelation[], count: number): void {
  const index = new SearchIndex();
  const family = (place: number): FamilyMember[] =>
    relations.map((relation) => ({
      relation,
      profile: people.child(fathers[place]!, mothers[place]!),
    }));
  const families = Array.from({ length: count }, (_, place) => family(place));
  const unknowns = Array.from({ length: BRUTE }, (_, place) =>
    people.child(fathers[place]!, mothers[place]!),
  );
  parents.forEach((profile, place) => {
    index.addUnknown(String(place), unknowns[place] ?? profile);
  });
  const snapshot = index.snapshot();
  const models = new LocusModels(table, PARAMETERS);
  contest(
    name,
    count,
    (query, person) =>
      reaches(compareFamily(models, unknowns[person]!, families[query]!).lr, THRESHOLD),
    () =>
      (
        runScoringTask({
          kind: 'scan-unknowns',
          policy: policy('kin'),
          index: snapshot,
          families,
        }) as number[][]
      ).map((slots) => new Set(index.unknownsAt(slots).map(Number))),
  );
}

parentsOnly();
couples();
relatives('sibling-only families', ['sibling'], 100);
relatives('families of two siblings', ['sibling', 'sibling'], 8);
