import { parse } from 'csv-parse/sync';
import t from 'tap';
import { readText } from '../package.ts';
import { exampleOf, homeward } from './homeward.ts';

type Row = Record<string, string>;

const truth = parse<Row>(readText('fixtures/demo/truth.csv'), { columns: true });
const planted = truth.filter(({ kind }) => kind !== 'none');
const pairOf = ({ unknown, relatives }: Row): string => `${unknown} ${relatives}`;

const { stdout: help } = await homeward('search', '--help');
const { code, stdout, stderr } = await homeward(...exampleOf(help));
const candidates = parse<Row>(stdout, { columns: true });
const found = new Map(candidates.map((row) => [`${row.query} ${row.candidate}`, row]));

t.test('the example of the help searches the demo set', (t) => {
  t.equal(code, 0, stderr);
  t.match(exampleOf(help), ['search', '--families', 'fixtures/demo/families.csv']);
  t.end();
});

t.test('every planted couple is found, and stands first for its child', (t) => {
  const couples = planted.filter(({ kind }) => kind === 'couple');
  t.equal(couples.length, 60);
  const bestByQuery = new Map([...candidates].reverse().map((row) => [row.query, row]));
  for (const couple of couples) {
    t.match(bestByQuery.get(couple.unknown), { candidate: couple.relatives }, pairOf(couple));
    t.equal(found.get(pairOf(couple))?.loci_compared, couple.shared_loci);
  }
  t.end();
});

t.test('of the single parents exactly two are missing, each typed at 15 shared loci', (t) => {
  const missing = planted.filter((row) => !found.has(pairOf(row)));
  t.strictSame(
    missing.map(({ unknown, relatives, shared_loci }) => [unknown, relatives, shared_loci]),
    [['U0128', 'F0319f', '15']],
  );
  t.end();
});

t.test('one candidate is there by chance, and its expected number says so', (t) => {
  const pairs = new Set(planted.map(pairOf));
  const chance = candidates.filter((row) => !pairs.has(`${row.query} ${row.candidate}`));
  t.match(chance, [{ query: 'U0197', candidate: 'F0504m', loci_compared: '15' }]);
  t.equal(chance.length, 1);
  t.ok(Number(chance[0]!.expected_chance_candidates) > 0.5);
  t.ok(Number(chance[0]!.posterior) < 1e-10);
  t.end();
});
