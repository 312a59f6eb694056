import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { parse } from 'csv-parse/sync';
import { readFrequencyCsv } from '../src/formats/frequency-csv.ts';
import { readProfileBlocks } from '../src/formats/profile-csv.ts';
import { drawIndex, type LocusFrequencies, seededRandom } from '../src/kinship/index.ts';

/** Reading profiles from a wide CSV, against cutting the same bytes by the CSV package alone. */
const PEOPLE = 100_000;
/** The package is given a part, which is enough to time it. */
const PART = 10;
const LOCI = 21;
const ROUNDS = 5;

const table = readFrequencyCsv(
  readFileSync(new URL('../fixtures/frequencies/nist1036_all.csv', import.meta.url)).toString(),
);
const loci = [...table.values()].slice(0, LOCI);
const whole = writeFile(
  (locus) => [locus],
  (a, b) => `"${a},${b}"`,
);
const apart = writeFile(
  (locus) => [`${locus}_1`, `${locus}_2`],
  (a, b) => `${a},${b}`,
);

const contestants: Record<string, () => Promise<number> | number> = {
  'CSV package, cells only': () => {
    const part = whole.subarray(0, whole.indexOf('\n', whole.length / PART) + 1);
    return parse(part).length - 1;
  },
  'one column a locus': () => readAll(whole),
  'two columns a locus': () => readAll(apart),
};
const rates = new Map<string, number[]>();
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, run] of Object.entries(contestants)) {
    const begun = performance.now();
    const rows = await run();
    const rate = (rows / (performance.now() - begun)) * 1000;
    rates.set(name, [...(rates.get(name) ?? []), rate]);
  }
}

const [processor] = cpus();
console.log(`${cpus().length} × ${processor?.model ?? 'unknown'}, ${platform()} ${arch()}, Node ${process.version}`); // prettier-ignore
const medians = [...rates].map(([name, all]) => [name, all.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!] as const); // prettier-ignore
for (const [name, rate] of medians) {
  console.log(
    `${name.padEnd(26)} ${rate.toExponential(2)} rows of ${LOCI} loci/s   × ${(rate / medians[0]![1]).toPrecision(3)}   500,000 in ${(500_000 / rate).toFixed(1)} s`,
  );
}

async function readAll(bytes: Buffer): Promise<number> {
  const people = [];
  for await (const outcomes of readProfileBlocks([bytes])) people.push(...outcomes);
  assert.equal(people.length, PEOPLE);
  for (const outcome of [people[0]!, people.at(-1)!]) {
    assert.ok('person' in outcome && outcome.person.profile.size === LOCI);
  }
  return people.length;
}

/** The same people, drawn from the frequencies, in one layout or another. */
function writeFile(
  headers: (locus: string) => string[],
  cells: (a: string, b: string) => string,
): Buffer {
  const random = seededRandom(1);
  const draw = ({ alleles, frequencies }: LocusFrequencies): string => alleles[drawIndex(random, frequencies)]!; // prettier-ignore
  const lines = [['sample_id', ...loci.flatMap(({ locus }) => headers(locus))].join()];
  for (let person = 1; person <= PEOPLE; person++) {
    lines.push([`P${person}`, ...loci.map((locus) => cells(draw(locus), draw(locus)))].join());
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}
