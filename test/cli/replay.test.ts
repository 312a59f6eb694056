import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import { homeward, isRefused, writeFiles } from './homeward.ts';

const TABLE = 'fixtures/example/frequencies.csv';

/** A result that the program wrote, and the same after a change of its text. */
async function writeResult(
  t: Test,
  change: (text: string) => string,
): Promise<{ path: string; text: string }> {
  const { seed } = writeFiles(t, { seed: '' });
  const path = join(dirname(seed), 'result.json');
  const { code, stderr } = await homeward(
    ...['lr', '--calculation', 'fixtures/example/calculation.json', '--frequencies', TABLE],
    ...['--json', path],
  );
  if (code !== 0) throw new Error(stderr);
  const text = readFileSync(path, 'utf8');
  const changed = change(text);
  return { path: writeFiles(t, { 'changed.json': changed })['changed.json'], text: changed };
}

t.test('a result is computed again to the last digit', async (t) => {
  const { path, text } = await writeResult(t, (text) => text);
  const { code, stdout, stderr } = await homeward('replay', path, '--frequencies', TABLE);
  t.strictSame([code, stderr], [0, '']);
  // Of everything under "populations" that is a number.
  const { populations } = JSON.parse(text) as { populations: unknown };
  const numbers = JSON.stringify(populations).match(/[[:,]-?\d[\d.e+-]*(?=[,\]}])/g)!.length;
  t.equal(stdout, `replayed: all ${numbers} numbers are the same\n`);
});

t.test('a number that was changed in its last digit is found', async (t) => {
  const { path } = await writeResult(t, (text) => text.replace('0.3979400086720376', '0.3979400086720377')); // prettier-ignore
  const { code, stdout } = await homeward('replay', path, '--frequencies', TABLE);
  t.equal(code, 1);
  t.match(stdout, /^replayed: 1 of \d+ values differ\n/);
  t.match(stdout, 'populations[0].loci[0].lrs[0].log10Lr: 0.3979400086720377, now 0.3979400086720376'); // prettier-ignore
});

t.test('an input that was changed is refused', async (t) => {
  const { path } = await writeResult(t, (text) => text.replace('"15"', '"18"'));
  await isRefused(t, ['replay', path, '--frequencies', TABLE], /changed\.json was altered: its input has the hash [0-9a-f]{64}/); // prettier-ignore
});

t.test('another version is told, and its numbers are compared all the same', async (t) => {
  const { path } = await writeResult(t, (text) => text.replace(/homeward \d+\.\d+\.\d+/, 'homeward 0.0.1')); // prettier-ignore
  const { code, stdout, stderr } = await homeward('replay', path, '--frequencies', TABLE);
  t.equal(code, 0);
  t.match(stderr, /^computed by homeward 0\.0\.1, replayed by homeward \d/);
  t.match(stdout, 'numbers are the same');
});

t.test('a table that is missing is named by its hash', async (t) => {
  const { path } = await writeResult(t, (text) => text);
  const { other } = writeFiles(t, { other: 'locus,allele,frequency\nTH01,6,1\n' });
  await isRefused(t, ['replay', path, '--frequencies', other], /frequency table frequencies\.csv, SHA-256 [0-9a-f]{64}; no file/); // prettier-ignore
});

t.test('what is no result is refused with the field', async (t) => {
  await isRefused(
    t,
    ['replay', 'fixtures/example/mutation.json', '--frequencies', TABLE],
    /mutation\.json is not a result that can be computed again\.\n {2}engineVersion: /,
  );
});
