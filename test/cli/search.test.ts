import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import t, { type Test } from 'tap';
import { ROOT } from '../package.ts';
import { homeward, isRefused, run, type Run, STACK_TRACE, writeFiles } from './homeward.ts';

const COLUMNS =
  'query,candidate,relationship,log10_lr,posterior,loci_compared,loci_inconsistent,expected_chance_candidates';
const FREQUENCIES = 'fixtures/example/frequencies.csv';

const FAMILIES = `sample_id,sex,family,relation,D3S1358,TH01
F12m,female,F12,mother,"16,17","6,9.3"
F12f,male,F12,father,"14,15","9.3,9.3"
F13f,male,F13,father,"14,18","9.3,9.3"
F14m,female,F14,mother,"18,18","6,7"
`;
const UNKNOWNS = `sample_id,sex,D3S1358,TH01
U1,female,"14,16","9.3,9.3"
U2,male,"17,17","7,8"
`;

/** LR of U1 with F12's couple, and with a father who has 14 once and 9.3 twice; p(14) = 0.1, … */
const COUPLE = (0.25 / (2 * 0.1 * 0.25)) * (0.5 / 0.2 ** 2);
const FATHER = (1 / (4 * 0.1)) * (1 / 0.2);
const MOTHER = (1 / (4 * 0.25)) * (1 / (2 * 0.2));

type Row = Record<string, string>;

/** Searches in files with the given contents. */
async function search(
  t: Test,
  {
    families = FAMILIES,
    unknowns = UNKNOWNS,
    frequencies = FREQUENCIES,
    args = ['--threshold', '2'],
  },
): Promise<Run & { rows: Row[] }> {
  const files = writeFiles(t, { 'families.csv': families, 'unknowns.csv': unknowns });
  const ran = await homeward(
    ...['search', '--families', files['families.csv'], '--unknowns', files['unknowns.csv']],
    ...['--frequencies', frequencies, ...args],
  );
  t.notMatch(ran.stderr, STACK_TRACE);
  return { ...ran, rows: parse<Row>(ran.stdout, { columns: true }) };
}

/** `query candidate relationship LR` of every row. */
const briefly = (rows: readonly Row[]): string[] =>
  rows.map(({ query, candidate, relationship, log10_lr }) =>
    [query, candidate, relationship, (10 ** Number(log10_lr)).toFixed(6)].join(' '),
  );

t.test('candidates come by person, the best first, father before mother', async (t) => {
  const { code, stdout, stderr, rows } = await search(t, {});
  t.equal(code, 0);
  t.equal(stdout.split('\n')[0], COLUMNS);
  t.strictSame(briefly(rows), [
    `U1 F12f+F12m both-parents ${COUPLE.toFixed(6)}`,
    `U1 F13f father ${FATHER.toFixed(6)}`,
  ]);
  t.match(stderr, '2 candidates; 0 rows refused');

  const prior = 0.5 / 3;
  const others = 0.5 + prior * (COUPLE + FATHER + 1);
  t.strictSame(
    rows.map(({ posterior }) => Number(posterior).toFixed(9)),
    [COUPLE, FATHER].map((lr) => ((prior * lr) / others).toFixed(9)),
  );
  const pairs = { 'both-parents': 2 * 1, father: 2 * 2 };
  for (const { relationship, log10_lr, ...row } of rows) {
    t.match(row, { loci_compared: '2', loci_inconsistent: '0' });
    const atMost = pairs[relationship as keyof typeof pairs] / 10 ** Number(log10_lr);
    const chance = Number(row.expected_chance_candidates);
    t.ok(chance > 0 && chance <= atMost, `${chance} is at most ${atMost}`);
  }
});

t.test('a threshold and a number of candidates narrow the answer', async (t) => {
  const higher = await search(t, { args: ['--threshold', '20'] });
  t.strictSame(briefly(higher.rows), [`U1 F12f+F12m both-parents ${COUPLE.toFixed(6)}`]);
  const top = await search(t, { args: ['--threshold', '2', '--top', '1'] });
  t.strictSame(briefly(top.rows), [`U1 F12f+F12m both-parents ${COUPLE.toFixed(6)}`]);
});

t.test('without a threshold only a likelihood ratio of 10,000 is a candidate', async (t) => {
  const { code, stdout } = await search(t, { args: [] });
  t.strictSame([code, stdout], [0, `${COLUMNS}\n`]);
});

t.test('families without family column are single parents', async (t) => {
  const families = FAMILIES.replaceAll(/^((?:[^,]*,){2})[^,]*,/gm, '$1');
  const { code, rows } = await search(t, { families });
  t.equal(code, 0);
  t.strictSame(briefly(rows), [
    `U1 F12f father ${FATHER.toFixed(6)}`,
    `U1 F13f father ${FATHER.toFixed(6)}`,
    `U1 F12m mother ${MOTHER.toFixed(6)}`,
  ]);
});

t.test('families without sex and relation are parents of either sex', async (t) => {
  const families = 'id,D3S1358,TH01\nP1,"14,15",9.3\nP2,"16,17","6,9.3"\n';
  const { rows } = await search(t, { families, unknowns: 'id,D3S1358,TH01\nU1,"14,16",9.3\n' });
  t.strictSame(briefly(rows), [
    `U1 P1 parent ${FATHER.toFixed(6)}`,
    `U1 P2 parent ${MOTHER.toFixed(6)}`,
  ]);
});

t.test('refused rows are listed, the others searched, and the exit code tells', async (t) => {
  const { code, stderr, rows } = await search(t, {
    families: `${FAMILIES}F15f,male,F15,father,"14,99.9",6\nF16f,male,F16,aunt\n`,
    unknowns: `${UNKNOWNS}=U3,male,14,6\n`,
  });
  t.equal(code, 3);
  t.equal(rows.length, 2);
  t.match(stderr, 'families.csv: row 6, D3S1358: ALLELE_INVALID: ');
  t.match(stderr, 'families.csv: row 7: ROW_UNREADABLE: ');
  t.match(stderr, 'unknowns.csv: row 4, sample_id: CELL_IS_FORMULA: ');
  t.match(stderr, '2 candidates; 3 rows refused');
});

t.test('a file of nobody gives a header and no candidate', async (t) => {
  const { code, stdout } = await search(t, { families: 'id,TH01\n' });
  t.strictSame([code, stdout], [0, `${COLUMNS}\n`]);
});

t.test('candidates go to a file where one is named', async (t) => {
  const { out } = writeFiles(t, { out: 'what was there before' });
  const { code, stdout } = await search(t, { args: ['--threshold', '2', '--out', out] });
  t.strictSame([code, stdout], [0, '']);
  t.strictSame(briefly(parse(readFileSync(out, 'utf8'), { columns: true })).length, 2);
});

t.test('wrong arguments are user errors', async (t) => {
  const args = ['search', '--families', 'x', '--unknowns', 'x', '--frequencies', 'x'];
  await isRefused(t, [...args, '--threshold', '0'], /option '--threshold <lr>' argument '0'/);
  await isRefused(t, [...args, '--top', 'all'], /option '--top <n>' argument 'all'/);
  await isRefused(t, [...args, '--drop-out', '1'], /option '--drop-out <rate>' argument '1'/);
  await isRefused(t, [...args, '--roles', 'child'], /option '--roles <any>' argument 'child'/);
  await isRefused(t, [...args, '--out', 'no/folder.csv'], /FILE_NOT_WRITABLE: no\/folder\.csv cannot be written: ENOENT/); // prettier-ignore
  await isRefused(t, args, /FILE_NOT_READABLE: x cannot be read: ENOENT/);
});

t.test('a search that fails leaves what stood in its file, and no file of its own', async (t) => {
  const { out } = writeFiles(t, { out: 'what was there before' });
  const args = ['search', '--families', 'x', '--unknowns', 'x', '--frequencies', FREQUENCIES];
  await isRefused(t, [...args, '--out', out], /FILE_NOT_READABLE/);
  t.equal(readFileSync(out, 'utf8'), 'what was there before');
  await isRefused(t, [...args, '--out', `${out}.new`], /FILE_NOT_READABLE/);
  t.notOk(existsSync(`${out}.new`));
  await isRefused(t, [...args, '--out', 'none/found.csv'], /FILE_NOT_WRITABLE: none\/found\.csv /);
});

t.test('frequencies are estimated from the families file, with a warning', async (t) => {
  const { 'policy.json': policy } = writeFiles(t, {
    'policy.json': JSON.stringify({
      params: {
        mutation: { model: 'none' },
        minimumFrequency: { rule: 'fixed', frequency: 0.001, appliesTo: 'unseen' },
      },
    }),
  });
  const { code, stderr, rows } = await search(t, {
    frequencies: 'estimate',
    args: ['--threshold', '1', '--policy', policy],
  });
  t.equal(code, 0);
  t.match(
    stderr,
    /^warning: the frequencies are estimated from the 4 people of the families file\./,
  );
  t.match(stderr, /^warning: at one locus or more only 4 people are counted/m);
  // Of eight alleles a locus two are 14 and one is 16 at D3S1358, five are 9.3 at TH01.
  const [p14, p16, p93] = [2 / 8, 1 / 8, 5 / 8];
  const couple = (0.25 / (2 * p14 * p16)) * (0.5 / p93 ** 2);
  const father = (1 / (4 * p14)) * (1 / p93);
  t.strictSame(briefly(rows), [
    `U1 F12f+F12m both-parents ${couple.toFixed(6)}`,
    `U1 F13f father ${father.toFixed(6)}`,
  ]);
  const nobody = await search(t, { families: 'id,TH01\n', frequencies: 'estimate' });
  t.match(nobody.stderr, /ARGUMENT_INVALID: Frequencies cannot be estimated/);
});

t.test(
  'a mixed database is searched with the least LR, drop-out and its own frequencies',
  async (t) => {
    const args = ['--roles', 'any', '--threshold', '0.5', '--drop-out', '0.05', '--frequencies', 'estimate']; // prettier-ignore
    const { code, stderr, rows } = await search(t, { args });
    t.equal(code, 0);
    t.match(stderr, /warning: the frequencies are estimated from the 4 people/);
    t.match(rows[0], { query: 'U1', candidate: /^F\d\d[fm]$/, relationship: /^(parent|child)$/ });
  },
);

t.test('a reader that has seen enough is no error', async (t) => {
  const people = (name: string, count: number): string =>
    `id,D3S1358\n${Array.from({ length: count }, (_, place) => `${name}${place},"14,15"\n`).join('')}`;
  const files = writeFiles(t, { 'many.csv': people('P', 60), 'more.csv': people('U', 40) });
  const { stdout, stderr } = await run('sh', [
    ...['-c', '"$@" | head -n 1', 'sh', join(ROOT, 'bin/homeward'), 'search'],
    ...['--families', files['many.csv'], '--unknowns', files['more.csv']],
    ...['--frequencies', FREQUENCIES, '--threshold', '1'],
  ]);
  t.equal(stdout, `${COLUMNS}\n`);
  t.match(stderr, '2400 candidates');
  t.notMatch(stderr, STACK_TRACE);
});
