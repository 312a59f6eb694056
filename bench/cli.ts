import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { arch, cpus, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { readFrequencyCsv } from '../src/formats/frequency-csv.ts';
import { type LocusFrequencies, type Random, seededRandom } from '../src/kinship/index.ts';

/**
 * `homeward search --roles any`, file to file: a mixed database of so many people, each of whom may
 * be parent or child of a query. Each query has one parent or child there.
 */
const PEOPLE = Number(process.argv[2] ?? 500_000);
const QUERIES = 40;
const LOCI = 21;
const DROP_OUT = 0.08;
/** Of the true relatives at least this share must be found, and stand first: much is missing. */
const FOUND = 0.7;
const FIRST = 0.55;

const root = fileURLToPath(new URL('../', import.meta.url));
const frequencies = join(root, 'fixtures/frequencies/nist1036_all.csv');
const loci = [...readFrequencyCsv(readFileSync(frequencies, 'utf8')).values()].slice(0, LOCI);
const random = seededRandom(40);
const draws = loci.map((locus) => makeSampler(locus, random));
const folder = mkdtempSync(join(tmpdir(), 'homeward-bench-'));

try {
  const [database, queries, out] = ['database.csv', 'queries.csv', 'out.csv'].map((name) => join(folder, name)); // prettier-ignore
  writePeople(database!, queries!);
  const begun = performance.now();
  const { status, stderr } = spawnSync(
    join(root, 'bin/homeward'),
    [
      ...['search', '--roles', 'any', '--families', database!, '--unknowns', queries!],
      ...['--frequencies', frequencies, '--policy', join(root, 'fixtures/demo/policy.json')],
      ...['--drop-out', String(DROP_OUT), '--top', '10', '--out', out!],
    ],
    { encoding: 'utf8' },
  );
  const seconds = (performance.now() - begun) / 1000;
  assert.equal(status, 0, stderr);
  const rows = parse<Record<string, string>>(readFileSync(out!), { columns: true });
  const truth = Array.from({ length: QUERIES }, (_, place) => rowOfRelative(place));
  const found = truth.filter((candidate, place) => rows.some((row) => row.query === `Q${place}` && row.candidate === candidate)); // prettier-ignore
  const first = truth.filter((candidate, place) => rows.find((row) => row.query === `Q${place}`)?.candidate === candidate); // prettier-ignore

  const [processor] = cpus();
  console.log(`${cpus().length} × ${processor?.model ?? 'unknown'}, ${platform()} ${arch()}, Node ${process.version}`); // prettier-ignore
  console.log(stderr.trim());
  console.log(
    `${PEOPLE.toLocaleString('en')} people × ${QUERIES} queries, ${LOCI} loci, drop-out ${DROP_OUT}, files included: ${seconds.toFixed(1)} s`,
  );
  console.log(`${found.length} of ${QUERIES} true relatives found, ${first.length} stand first`);
  assert.ok(found.length >= FOUND * QUERIES && first.length >= FIRST * QUERIES);
} finally {
  rmSync(folder, { recursive: true });
}

/** Alleles of a person, two a locus, as places in the table. */
type Alleles = readonly number[];

function writePeople(database: string, queries: string): void {
  const header = ['sample_id', ...loci.map(({ locus }) => locus)].join();
  const asked = Array.from({ length: QUERIES }, drawPerson);
  const relatives = new Map(asked.map((person, place) => [rowOfRelative(place), shareAlleles(person)])); // prettier-ignore
  writeLines(queries, header, QUERIES, (place) => toLine(`Q${place}`, asked[place]!));
  writeLines(database, header, PEOPLE, (place) => toLine(`P${place}`, relatives.get(`P${place}`) ?? drawPerson())); // prettier-ignore
}

function rowOfRelative(query: number): string {
  return `P${Math.floor(((query + 0.5) / QUERIES) * PEOPLE)}`;
}

function drawPerson(): Alleles {
  return draws.flatMap((draw) => [draw(), draw()]);
}

/** A parent or child: one allele of each locus is shared, the other drawn, whichever of the two it is. */
function shareAlleles(person: Alleles): Alleles {
  return draws.flatMap((draw, locus) => [person[2 * locus + Math.floor(2 * random())]!, draw()]);
}

/** A row of a file; each allele is missing with the probability of drop-out. */
function toLine(id: string, alleles: Alleles): string {
  const cells = loci.map((locus, place) => {
    const seen = [alleles[2 * place]!, alleles[2 * place + 1]!].filter(() => random() >= DROP_OUT);
    return seen.length === 0 ? '' : `"${seen.map((allele) => locus.alleles[allele]).join()}"`;
  });
  return `${id},${cells.join()}\n`;
}

function writeLines(
  file: string,
  header: string,
  count: number,
  line: (place: number) => string,
): void {
  const descriptor = openSync(file, 'w');
  let text = `${header}\n`;
  for (let place = 0; place < count; place++) {
    text += line(place);
    if (text.length > 1 << 20 || place === count - 1) {
      writeSync(descriptor, text);
      text = '';
    }
  }
  closeSync(descriptor);
}

/** Draws places of a distribution, each in proportion to a ten-thousandth of its mass. */
function makeSampler({ frequencies }: LocusFrequencies, random: Random): () => number {
  const places = [...frequencies].flatMap((frequency, place) =>
    new Array<number>(Math.round(frequency * 10_000)).fill(place),
  );
  return () => places[Math.floor(random() * places.length)]!;
}
