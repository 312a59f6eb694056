import assert from 'node:assert/strict';
import type { Profile } from '../src/kinship/index.ts';
import {
  compareGenotypes,
  mayBeOnePerson,
  type PersonPlace,
  runScoringTask,
  SearchIndex,
} from '../src/search/index.ts';
import { race, readTable } from './measure.ts';
import { Population } from './population.ts';

/**
 * Who of a database may be one person with somebody, on one thread and 24 loci: the pass over the index
 * against comparing genotypes one by one. Everybody who is looked for is there, typed wrongly at one locus.
 */
const LOCI = 24;
const DATABASE = 1 << 18;
const QUERIES = 32;
/** Of the database, as far as comparing one by one goes. */
const BRUTE = 1_000;

const population = new Population(readTable(), LOCI, 7);
const people = population.people(DATABASE);
const asked = people.slice(0, QUERIES).map((profile): Profile => {
  const [locus] = profile.keys();
  return new Map([...profile, [locus!, population.person().get(locus!)!]]);
});

const index = new SearchIndex();
people.forEach((profile, place) => {
  if (place % 2 === 0) index.addUnknown(String(place), profile);
  else index.addRelative(String(place), `f${place >> 2}`, place % 4 === 1 ? 'father' : 'mother', profile); // prettier-ignore
});
const task = {
  kind: 'scan-people' as const,
  index: index.snapshot(),
  rows: asked.map((profile) => index.codesOf(profile)),
};

race('pairs', {
  'one by one': () => {
    let found = 0;
    for (const profile of asked) {
      for (let place = 0; place < BRUTE; place++) {
        if (mayBeOnePerson(compareGenotypes(profile, people[place]!))) found++;
      }
    }
    assert.equal(found, QUERIES);
    return QUERIES * BRUTE;
  },
  'a pass over the index': () => {
    const found = runScoringTask(task) as PersonPlace[][];
    found.forEach((places, place) => {
      assert.deepEqual(index.peopleAt(places), [String(place)]);
    });
    return QUERIES * DATABASE;
  },
});
