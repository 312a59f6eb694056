import assert from 'node:assert/strict';
import { type FrequencyTable, LOCI } from '../src/kinship/index.ts';
import {
  type FamilyHits,
  runScoringTask,
  type ScoringPolicy,
  SearchIndex,
} from '../src/search/index.ts';
import { machine, PARAMETERS, readTable } from './measure.ts';
import { Population } from './population.ts';

/**
 * What the search of one child costs, and of many, as the database and the kits grow: one thread,
 * single parents, LR ≥ 10,000. The child's father is in the database, and must be found.
 * Up to 10⁷ profiles with `--all`, which takes 2 GB of memory and some minutes; else up to 10⁶.
 */
const SIZES = process.argv.includes('--all') ? [1e4, 1e5, 1e6, 1e7] : [1e4, 1e5, 1e6];
const KITS = [16, 20, 24, 30, 40];
const MANY = 200;
const table = widen(readTable(), 40);

/** A table of more loci than anybody published: the first ones again under other names. */
function widen(narrow: FrequencyTable, loci: number): FrequencyTable {
  const known = [...narrow.values()];
  const names = LOCI.filter((locus) => !narrow.has(locus)).slice(0, loci - known.length);
  return new Map([
    ...narrow,
    ...names.map((locus, place) => [locus, { ...known[place]!, locus }] as const),
  ]);
}

type Cost = { readonly one: number; readonly many: number; readonly bytes: number };

function measure(size: number, loci: number): Cost {
  const people = new Population(table, loci, 3);
  // A few thousand different people stand in for all: the screen does not know them apart.
  const stock = people.people(4_096);
  const index = new SearchIndex();
  for (let place = 0; place < size; place++) {
    index.addRelative(`p${place}`, `${place}`, 'father', stock[place % stock.length]!);
  }
  const children = Array.from({ length: MANY }, () => people.child(stock[1]!, people.person()));
  const policy: ScoringPolicy = {
    key: `${size} ${loci}`,
    table,
    parameters: PARAMETERS,
    threshold: loci < 20 ? 1_000 : 10_000,
  };
  const scan = (count: number): number => {
    const begun = performance.now();
    const hits = runScoringTask({ kind: 'scan-families', policy, index: index.snapshot(), children: children.slice(0, count) }) as FamilyHits[]; // prettier-ignore
    const spent = performance.now() - begun;
    const found = hits.filter((one) => index.familiesAt(one).includes('1')).length;
    assert.ok(found >= 0.8 * count, `${found} of ${count} fathers are found`);
    return spent;
  };
  scan(MANY);
  const median = (count: number): number =>
    Array.from({ length: 7 }, () => scan(count)).sort((a, b) => a - b)[3]!;
  return { one: median(1), many: median(MANY), bytes: index.bytes / size };
}

console.log(machine());
for (const [size, loci] of [
  ...SIZES.map((size): [number, number] => [size, 24]),
  ...KITS.map((loci): [number, number] => [1e5, loci]),
]) {
  const { one, many, bytes } = measure(size, loci);
  console.log(
    `${size.toExponential(0)} profiles, ${loci} loci: a child ${one.toFixed(2)} ms, ` +
      `${MANY} children ${((size * MANY) / many / 1e6).toFixed(2)}e9 pairs/s, ${bytes.toFixed(0)} bytes a profile`,
  );
}
