import t from 'tap';
import { readText } from '../package.ts';
import { homeward, isRefused, writeFiles } from './homeward.ts';

const EXAMPLE = 'fixtures/example';
const TABLE = ['--frequencies', `${EXAMPLE}/frequencies.csv`];
const TRIO = ['lr', '--profiles', `${EXAMPLE}/trio.csv`, ...TABLE];

/** What a command prints that must succeed. */
async function print(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await homeward(...args);
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  return stdout;
}

/** The LR of each hypothesis against the last, to eight digits. */
function totals(stdout: string): number[] {
  const lines = stdout.matchAll(/^LR(?: of H\d+)? ([^,]+),/gm);
  return [...lines].map(([, lr]) => Number(Number(lr).toPrecision(8)));
}

/** The cells of the row that begins with a name, in the first block that has one. */
function row(stdout: string, name: string): string[] {
  const line = stdout.split('\n').find((one) => one.startsWith(`${name} `));
  return line?.split(/\s{2,}/) ?? [];
}

// Father 14,15 and 9.3,9.3; child 14,16 and 9.3,9.3; p(14) = 0.1, p(16) = 0.25, p(9.3) = 0.2.
const PARENT = [1 / (4 * 0.1), 1 / 0.2] as const;
const UNCLE = PARENT.map((lr) => 0.5 + 0.5 * lr);
/** Full siblings: ¼ identical, ½ as parent and child, ¼ unrelated. */
const SIBLINGS = [0.25 + 0.5 * PARENT[0], 0.25 / 0.2 ** 2 + 0.5 * PARENT[1] + 0.25];

function product(factors: readonly number[]): number {
  return Number(factors.reduce((all, factor) => all * factor, 1).toPrecision(8));
}

t.test('several relationships at once, with their posteriors', async (t) => {
  const stdout = await print(
    ...[...TRIO, '--relationship', 'parent-child', 'full-siblings', 'avuncular'],
    ...['--people', 'father', 'child', '--priors', '4', '2', '2', '2'],
  );
  const lrs = [PARENT, SIBLINGS, UNCLE].map(product);
  t.strictSame(totals(stdout), lrs);
  const [p, s, u] = lrs as [number, number, number];
  const [, , , prior, posterior] = row(stdout, 'H1');
  t.equal(prior, '0.4');
  t.equal(posterior, ((4 * p) / (4 * p + 2 * s + 2 * u + 2)).toFixed(4));
  t.match(stdout, /^H4: father and child are unrelated$/m);
});

t.test('relatives of the child who are not its parents', async (t) => {
  const uncle = await print(...TRIO, '--child', 'child', '--relative', 'paternal-uncle=father');
  t.strictSame(totals(uncle), [product(UNCLE)]);
  const two = await print(
    ...[...TRIO, '--child', 'child', '--mother', 'mother'],
    ...['--relative', 'paternal-grandfather=father'],
  );
  t.match(two, /^H1: .* mother \(mother\), father \(paternal-grandfather\)$/m);
  // The father has one allele of the grandfather's and one of the population's: half a father each
  // locus, and half an unknown one, where the mother is hers in both.
  const mother = [(0.5 * 0.1) / (2 * 0.1 * 0.25), (0.5 * 0.2) / 0.2 ** 2];
  const both = [0.25 / (2 * 0.1 * 0.25), 0.5 / 0.2 ** 2];
  t.strictSame(totals(two), [product(both.map((lr, at) => (lr + mother[at]!) / 2))]);
});

t.test('a calculation from a file, as the README works it by hand', async (t) => {
  const stdout = await print('lr', '--calculation', `${EXAMPLE}/calculation.json`, ...TABLE);
  t.strictSame(totals(stdout), [PARENT, UNCLE].map(product));
  t.strictSame(row(stdout, 'TH01').slice(0, 3), ['TH01', '9.3,9.3', '9.3,9.3']);
  const readme = readText(`${EXAMPLE}/README.md`);
  for (const total of totals(stdout)) t.match(readme, `**${total}**`);
});

t.test('several populations stand side by side, the smallest LR first', async (t) => {
  const files = writeFiles(t, {
    'rare.csv': 'locus,allele,frequency,N\nTH01,6,0.9,100\nTH01,9.3,0.1,100\n',
  });
  const stdout = await print(...TRIO, files['rare.csv'], '--child', 'child', '--father', 'father');
  t.strictSame(totals(stdout), [10]);
  t.match(stdout, /^LR 10\.\d+, .*\(1 loci compared, 0 inconsistent; rare\.csv\)$/m);
  t.match(stdout, /^left out: D3S1358, the frequency table lacks it$/m);
  const places = ['rare.csv  ', 'frequencies.csv  '].map((name) => stdout.indexOf(`\n${name}`));
  t.ok(places[0]! > 0 && places[0]! < places[1]!, 'in the order of their LR');
  t.match(row(stdout, 'frequencies.csv')[1], /^12\.5/);
});

t.test('theta, drop-out and kit on the command line', async (t) => {
  const parent = ['--child', 'child', '--father', 'father'];
  // ab→ac: (1 + 2θ) / (4(θ + (1−θ)p_a)).
  const theta = 0.03;
  const withTheta = await print(...TRIO, ...parent, '--theta', String(theta));
  const expected = (1 + 2 * theta) / (4 * (theta + (1 - theta) * 0.1));
  t.equal(row(withTheta, 'D3S1358')[3], expected.toPrecision(8));
  t.match(withTheta, /; theta: 0\.03$/m);

  const files = writeFiles(t, { 'people.csv': 'id,TH01\nC,6\nP,"7,9.3"\n' });
  const asked = [
    'lr',
    '--profiles',
    files['people.csv'],
    ...TABLE,
    '--child',
    'C',
    '--father',
    'P',
  ];
  const excluded = await print(...asked);
  t.match(excluded, /^LR excluded \(1 loci compared, 1 inconsistent\)$/m);
  const dropped = await print(...asked, '--drop-out', 'C=0.1', '--kit', 'C=MiniFiler');
  // The child is 6 and one of the father's that dropped out: p(6)·d(1−d) against
  // p(6)²(1−d²) + 2p(6)(1−p(6))·d(1−d).
  const [p, d] = [0.3, 0.1];
  const ratio = (p * d * (1 - d)) / (p ** 2 * (1 - d ** 2) + 2 * p * (1 - p) * d * (1 - d));
  t.strictSame(totals(dropped), [Number(ratio.toPrecision(8))]);
});

t.test('a model that does not keep the frequencies is told, with the reading', async (t) => {
  const stdout = await print(
    ...[...TRIO, '--child', 'child', '--father', 'father'],
    ...['--policy', `${EXAMPLE}/mutation.json`],
  );
  t.match(stdout.replace(/\n {2}/g, ' '), /does not keep the frequencies at 2 of 2 loci; in one generation one changes by 0\.50 % at D3S1358 at most\..* drawn from the population as it is/); // prettier-ignore
});

t.test('no line is wider than a page, whatever is asked', async (t) => {
  const header = ['id', 'TH01', 'D3S1358'].join(',');
  const relatives = Array.from({ length: 9 }, (_, place) => `a-rather-long-name-${place}`);
  const rows = ['C', ...relatives].map((id) => `${id},"6,7","14,15"`);
  const files = writeFiles(t, { 'people.csv': [header, ...rows, ''].join('\n') });
  const stdout = await print(
    ...['lr', '--profiles', files['people.csv'], ...TABLE, '--child', 'C', '--relative'],
    ...relatives.map((id) => `sibling=${id}`),
  );
  t.ok(stdout.split('\n').every((line) => line.length <= 110));
  t.equal(stdout.match(/^locus /gm)?.length, 3);
});

t.test('people who are left out at a locus are named there', async (t) => {
  const files = writeFiles(t, {
    'people.csv': 'id,TH01,D3S1358\nC,"6,7","14,15"\nF,"6,7,8","14,15"\nM,"6,9.3","15,16"\n',
  });
  const stdout = await print(
    ...['lr', '--profiles', files['people.csv'], ...TABLE],
    ...['--child', 'C', '--father', 'F', '--mother', 'M'],
  );
  t.match(stdout, /^TH01 +6,7 +6,7,8 +6,9\.3 .* F: more than two alleles$/m);
});

t.test('what cannot be asked is refused in words', async (t) => {
  const duo = [...TRIO, '--child', 'child', '--father', 'father'];
  const refusals: [args: string[], message: RegExp][] = [
    [TRIO, /Ask one question: --child with its relatives, --relationship/],
    [[...duo, '--fam', 'x.fam'], /Ask one question/],
    [[...duo, '--people', 'a', 'b'], /--people does not go with --child/],
    [['lr', '--child', 'child', '--father', 'father'], /Give --profiles and --frequencies with --child/], // prettier-ignore
    [[...TRIO, '--child', 'child', '--relative', 'cousin=father'], /--relative cousin=father: write relation=sample with one of father, mother/], // prettier-ignore
    [[...TRIO, '--relationship', 'cousins', '--people', 'child', 'father'], /write one or several of parent-child, identical/], // prettier-ignore
    [[...TRIO, '--relationship', 'identical', '--people', 'child'], /Name two different samples/],
    [[...duo, '--priors', '0.5', '0.3', '0.2'], /CALCULATION_INVALID: Give one prior for each of the 2 hypotheses/], // prettier-ignore
    [[...duo, '--theta', '1'], /--theta.*at least 0 and below 1/],
    [[...duo, '--drop-out', 'mother=0.1'], /--drop-out: nobody compared is mother/],
    [[...duo, '--drop-out', 'child=1'], /--drop-out: write sample=d/],
    [[...duo, `${EXAMPLE}/frequencies.csv`], /too many arguments/],
    [[...duo, ...TABLE, `${EXAMPLE}/frequencies.csv`], /this frequency table is given twice/],
    [['lr', ...TABLE, '--calculation', `${EXAMPLE}/mutation.json`], /mutation\.json is not a calculation that can be computed\.\n {2}people: /], // prettier-ignore
    [['lr', ...TABLE, '--calculation', `${EXAMPLE}/calculation.json`, '--policy', `${EXAMPLE}/mutation.json`], /brings its own parameters/], // prettier-ignore
  ];
  for (const [args, message] of refusals) await isRefused(t, args, message);
});
