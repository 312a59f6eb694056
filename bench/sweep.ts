import assert from 'node:assert/strict';
import type { Profile } from '../src/kinship/index.ts';
import { openScoringPool } from '../src/platform/thread-pool.ts';
import {
  type FamilyHits,
  type ScoringPolicy,
  type ScoringTask,
  SearchIndex,
} from '../src/search/index.ts';
import { machine, PARAMETERS, readTable } from './measure.ts';
import { Population } from './population.ts';

/**
 * A whole sweep in process: 100,000 children × 1,000,000 single parents, 24 loci, LR ≥ 10,000, on two
 * threads; screen and score. A thousand of the children are theirs, and must be found.
 */
const PARENTS = 1_000_000;
const CHILDREN = 100_000;
const TRUE_CHILDREN = 1_000;
const THREADS = 2;
const CHILDREN_A_TASK = 500;
/** The database over which every child is planted: far from one another. */
const STEP = PARENTS / TRUE_CHILDREN;

const table = readTable();
const people = new Population(table, 24, 11);
const policy: ScoringPolicy = { key: 'sweep', table, parameters: PARAMETERS, threshold: 10_000 };

const index = new SearchIndex();
const planted: Profile[] = [];
let spent = 0;
for (let place = 0; place < PARENTS; place++) {
  const profile = people.person();
  const begun = performance.now();
  index.addRelative(`p${place}`, `${place}`, 'father', profile);
  spent += performance.now() - begun;
  if (place % STEP === 0) planted.push(profile);
}
const bytes = (index.bytes / PARENTS).toFixed(1);

const pool = openScoringPool(THREADS);
const snapshot = index.snapshot();
let found = 0;
let pairs = 0;

async function scanSome(first: number): Promise<void> {
  const children = Array.from({ length: CHILDREN_A_TASK }, (_, place) => {
    const father = planted[first + place];
    return father ? people.child(father, people.person()) : people.person();
  });
  const task: ScoringTask = { kind: 'scan-families', policy, index: snapshot, children };
  const hits = await pool.run<FamilyHits[]>(task);
  hits.forEach((one, place) => {
    const families = index.familiesAt(one);
    pairs += families.length;
    if (families.includes(`${(first + place) * STEP}`)) found++;
  });
}

const begun = performance.now();
const firsts = Array.from(
  { length: CHILDREN / CHILDREN_A_TASK },
  (_, task) => task * CHILDREN_A_TASK,
);
await Promise.all(
  Array.from({ length: THREADS + 1 }, async () => {
    for (let first = firsts.shift(); first !== undefined; first = firsts.shift()) {
      await scanSome(first);
    }
  }),
);
const seconds = (performance.now() - begun) / 1000;
await pool.close();

assert.ok(found >= 0.97 * TRUE_CHILDREN, `${found} of ${TRUE_CHILDREN} true parents found`);
console.log(machine());
console.log(`index: ${(spent / 1000).toFixed(1)} s, ${bytes} bytes a profile`);
console.log(
  `sweep: ${seconds.toFixed(1)} s on ${THREADS} threads, ${((PARENTS * CHILDREN) / seconds / 1e9).toFixed(2)}e9 pairs/s; ` +
    `${pairs} pairs left to the judge, ${found} of ${TRUE_CHILDREN} true parents among them`,
);
console.log(`resident at most: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);
