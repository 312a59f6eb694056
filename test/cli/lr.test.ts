import t from 'tap';
import { readText } from '../package.ts';
import { exampleOf, homeward, isRefused, STACK_TRACE, writeFiles } from './homeward.ts';

const EXAMPLE = 'fixtures/example';
const ARGS = [
  ...['lr', '--profiles', `${EXAMPLE}/trio.csv`],
  ...['--frequencies', `${EXAMPLE}/frequencies.csv`, '--child', 'child'],
];
const WITH_MUTATION = ['--policy', `${EXAMPLE}/mutation.json`];

/** The LR of D3S1358, of TH01 and of both together as printed, to eight digits. */
async function ratios(...args: string[]): Promise<number[]> {
  const { code, stdout, stderr } = await homeward(...ARGS, ...args);
  if (code !== 0 || stderr !== '') throw new Error(`exit code ${code}: ${stderr}`);
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/\s{2,}/));
  const place = rows.find(([first]) => first === 'locus')!.indexOf('LR');
  const ofLocus = (name: string): string => rows.find(([first]) => first === name)![place]!;
  const [, total] = /^LR ([^,]+),/.exec(rows.at(-1)![0]!)!;
  return [ofLocus('D3S1358'), ofLocus('TH01'), total!].map(toEightDigits);
}

function toEightDigits(value: number | string): number {
  return Number(Number(value).toPrecision(8));
}

const [p14, p16, p93] = [0.1, 0.25, 0.2];
const HAND_WORKED: [args: string[], d3s1358: number, th01: number][] = [
  [['--father', 'father'], 1 / (4 * p14), 1 / p93],
  [['--father', 'father', '--mother', 'mother'], 0.25 / (2 * p14 * p16), 0.5 / p93 ** 2],
  [
    ['--father', 'other-man', ...WITH_MUTATION],
    (0.001 * (p14 + p16)) / (2 * p14 * p16),
    0.996 / p93,
  ],
];

t.test('the example comes out as worked by hand, and as its README says', async (t) => {
  const printed: number[] = [];
  for (const [args, d3s1358, th01] of HAND_WORKED) {
    const computed = await ratios(...args);
    t.strictSame(computed, [d3s1358, th01, d3s1358 * th01].map(toEightDigits), args.join(' '));
    printed.push(...computed);
  }
  const readme = readText(`${EXAMPLE}/README.md`);
  const stated = [...readme.matchAll(/\*\*([\d.]+)\*\*/g)].map(([, number]) => Number(number));
  t.strictSame(printed, stated.slice(0, printed.length));
});

t.test('without mutation a locus that does not fit excludes, and says so in words', async (t) => {
  const { code, stdout } = await homeward(...ARGS, '--father', 'other-man');
  t.equal(code, 0);
  t.match(stdout, /^D3S1358 +14,16 +15,17 +excluded +excluded +INCONSISTENT$/m);
  t.match(stdout, /^LR excluded \(2 loci compared, 1 inconsistent\)$/m);
});

t.test('the example of the help is the first one worked by hand', async (t) => {
  const { stdout } = await homeward('lr', '--help');
  const example = exampleOf(stdout);
  t.strictSame(example, [...ARGS, '--father', 'father']);
});

t.test('a report names hypotheses, engine and parameters, and what it left out', async (t) => {
  const files = writeFiles(t, {
    'people.csv': 'id,D3S1358,TH01,FGA,vWA\nC,"14,16",OL,20,15\nP,"14,15",6,"20,21,22",\n',
  });
  const { code, stdout } = await homeward(
    ...['lr', '--profiles', files['people.csv'], '--frequencies', `${EXAMPLE}/frequencies.csv`],
    ...['--child', 'C', '--parent', 'P'],
  );
  t.equal(code, 0);
  t.match(stdout, /^H1: C is the child of the family of P \(parent\)$/m);
  t.match(stdout, /^H2: C is unrelated to P$/m);
  t.match(stdout, /^In question is the place of C\.$/m);
  t.match(stdout, /^computed by homeward \d+\.\d+\.\d+; input [0-9a-f]{64}$/m);
  t.match(stdout, /^frequencies frequencies\.csv, SHA-256 [0-9a-f]{64}$/m);
  t.match(stdout, /^mutation: model none\nuntyped parent: mutates; theta: 0\n/m);
  t.match(stdout, /^left out: TH01, somebody shows an allele off the ladder$/m);
  t.match(stdout, /^left out: FGA, /m);
  t.match(stdout, /^left out: vWA, /m);
  t.match(stdout, /^LR 2\.5\d*, .*\(1 loci compared, 0 inconsistent\)$/m);
});

t.test('rows that are refused are listed, and the exit code tells', async (t) => {
  const files = writeFiles(t, {
    'people.csv': 'id,D3S1358\nC,"14,16"\nX,99.9\n\n=Y,14\nP,"14,15"\n',
  });
  const { code, stdout, stderr } = await homeward(
    ...['lr', '--profiles', files['people.csv'], '--frequencies', `${EXAMPLE}/frequencies.csv`],
    ...['--child', 'C', '--father', 'P'],
  );
  t.equal(code, 3);
  t.match(stdout, /^LR 2\.5/m);
  t.match(stderr, 'people.csv: row 3, D3S1358: ALLELE_INVALID: ');
  t.match(stderr, 'people.csv: row 5, sample_id: CELL_IS_FORMULA: ');
  t.notMatch(stderr, STACK_TRACE);
});

t.test('people who cannot be compared are a user error', async (t) => {
  await isRefused(t, [...ARGS, '--father', 'nobody'], /No readable row has the sample id nobody/);
  await isRefused(t, ARGS, /Name a relative of the child at least: --father/);
  await isRefused(t, [...ARGS, '--father', 'child'], /must be different samples/);
});

t.test('a file that cannot be read is a user error that names it', async (t) => {
  const message = /^homeward: FILE_NOT_READABLE: nothing\.csv cannot be read: ENOENT\.\n$/;
  await isRefused(t, [...ARGS, '--father', 'father', '--profiles', 'nothing.csv'], message);
});

t.test('a policy with a bad rate is a user error that names the field', async (t) => {
  const mutation = (model: string, rate: number): string =>
    JSON.stringify({ params: { mutation: { model, male: { rate }, female: { rate: 0.001 } } } });
  const files = writeFiles(t, {
    'rate.json': mutation('equal', 1.5),
    'limit.json': mutation('proportional', 0.95),
  });
  const args = [...ARGS, '--father', 'father', '--policy'];
  await isRefused(
    t,
    [...args, files['rate.json']],
    /POLICY_INVALID: .*rate\.json .*\n {2}params\.mutation\.male\.rate: /,
  );
  await isRefused(
    t,
    [...args, files['limit.json']],
    /CALCULATION_INVALID: frequencies\.csv: D3S1358, .*0\.95 must lie between 0 and .*\(MUTATION_RATE_INVALID\)/,
  );
});

t.test('the drop-out of a policy counts for every sample of the files', async (t) => {
  const params = { mutation: { model: 'none' } };
  const files = writeFiles(t, {
    'policy.json': JSON.stringify({ params, dropOut: 0.1 }),
    'plain.json': JSON.stringify({ params }),
  });
  const asked = [...ARGS, '--father', 'other-man'];
  const byPolicy = await homeward(...asked, '--policy', files['policy.json']);
  const bySample = await homeward(
    ...[...asked, '--policy', files['plain.json']],
    ...['--drop-out', 'child=0.1', 'other-man=0.1'],
  );
  const lines = ({ stdout }: { stdout: string }) =>
    stdout.split('\n').filter((line) => /^(D3S1358|TH01|LR|log10 LR) /.test(line));
  t.ok(lines(bySample).length >= 3);
  t.strictSame(lines(byPolicy), lines(bySample));
  const own = await homeward(
    ...[...asked, '--policy', files['policy.json']],
    ...['--drop-out', 'child=0', 'other-man=0'],
  );
  const none = await homeward(...asked, '--policy', files['plain.json']);
  t.strictSame(lines(own), lines(none), 'a stated drop-out stands before that of the policy');
  t.notSame(lines(own), lines(byPolicy));
});
