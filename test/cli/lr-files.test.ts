import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { homeward, isRefused, writeFiles } from './homeward.ts';

const EXAMPLE = 'fixtures/example';
const ARGS = [
  ...['lr', '--profiles', `${EXAMPLE}/trio.csv`, '--frequencies', `${EXAMPLE}/frequencies.csv`],
  ...['--child', 'child', '--father', 'father', '--mother', 'mother'],
];

function totalOf(stdout: string): string {
  return /^LR [\d.]+, log10 LR (\S+) /m.exec(stdout)![1]!;
}

/** A path in a folder that goes with the test. */
function place(t: Parameters<typeof writeFiles>[0], name: string): string {
  const { seed } = writeFiles(t, { seed: '' });
  return join(dirname(seed), name);
}

t.test('a result, its cases and its Familias project can each be computed again', async (t) => {
  const [json, cases, fam] = ['result.json', 'case.jsonl', 'project.fam'].map((name) => place(t, name)) as [string, string, string]; // prettier-ignore
  const { code, stdout } = await homeward(
    ...[...ARGS, '--policy', `${EXAMPLE}/mutation.json`],
    ...['--json', json, '--export-case', cases, '--export-fam', fam],
  );
  t.equal(code, 0);
  const total = Number(totalOf(stdout));

  const replayed = await homeward('replay', json, '--frequencies', `${EXAMPLE}/frequencies.csv`);
  t.equal(replayed.code, 0);
  t.match(replayed.stdout, /^replayed: all \d+ numbers are the same\n$/);

  const computed = await homeward('lr', '--cases', cases);
  const answer = JSON.parse(computed.stdout) as { id: string; log10Lr: number };
  t.match(answer.id, /^[0-9a-f]{12} frequencies\.csv H1$/);
  t.ok(Math.abs(answer.log10Lr - total) < 1e-12);

  const again = await homeward('lr', '--fam', fam);
  t.equal(again.code, 0);
  t.ok(Math.abs(Number(totalOf(again.stdout)) - total) < 1e-12);
  t.match(again.stdout, /^H1: child is the child of the family of father \(father\), mother/m);
});

t.test('what exists is replaced whole, and nothing is left behind', async (t) => {
  const json = place(t, 'result.json');
  writeFileSync(json, 'what stood here before');
  await homeward(...ARGS, '--json', json);
  t.match(JSON.parse(readFileSync(json, 'utf8')), { engineVersion: /^homeward / });
  t.strictSame(readdirSync(dirname(json)).sort(), ['result.json', 'seed']);
});

t.test('where one output is refused none is written', async (t) => {
  const json = place(t, 'result.json');
  const table = 'locus,allele,frequency\nTH01,6,0.5\nTH01,9.3,0.5\n';
  const files = writeFiles(t, {
    'no-count.csv': table,
    'policy.json': JSON.stringify({
      params: {
        mutation: { model: 'none' },
        minimumFrequency: { rule: 'fixed', frequency: 0.001, appliesTo: 'unseen' },
      },
    }),
  });
  await isRefused(
    t,
    [
      ...['lr', '--profiles', `${EXAMPLE}/trio.csv`, '--frequencies', files['no-count.csv']],
      ...['--policy', files['policy.json'], '--child', 'child', '--father', 'father'],
      ...['--json', json, '--export-fam', `${json}.fam`],
    ],
    /CALCULATION_INVALID: Familias cannot hold this: TH01 without the number of alleles counted/,
  );
  t.notOk(existsSync(json));
  await isRefused(
    t,
    [...ARGS, '--json', json, '--export-case', join(dirname(json), 'no-folder', 'x.jsonl')],
    /FILE_NOT_WRITABLE: .*x\.jsonl cannot be written: ENOENT\./,
  );
  t.strictSame(readdirSync(dirname(json)), ['seed']);
  await isRefused(t, [...ARGS, '--json', json, '--export-case', json], /Two outputs would go into one file/); // prettier-ignore
});

t.test('a Familias project is computed, each pedigree against the last', async (t) => {
  const { code, stdout } = await homeward('lr', '--fam', 'fixtures/familias/paternity.fam');
  t.equal(code, 0);
  t.match(
    stdout,
    /^H1: He is the father\nH2: He is unrelated\nIn question is the place of Child\.$/m,
  );
  t.match(stdout, /^frequencies paternity\.fam, SHA-256 /m);
  // 6,9.3 of a father 9.3,9.3: 1 / 2p(9.3).
  t.match(stdout, /^TH01 +9\.3,9\.3 +6,9\.3 +2\.5000000 /m);
  t.match(stdout, /^Sections passed over: Advanced\.$/m);
  await isRefused(
    t,
    ['lr', '--fam', 'fixtures/familias/everything.fam'],
    /everything\.fam: The Familias project cannot be computed: /,
  );
  await isRefused(
    t,
    ['lr', '--fam', 'fixtures/familias/paternity.fam', '--theta', '0.1'],
    /--theta does not go with --fam/,
  );
});
