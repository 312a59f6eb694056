import t, { type Test } from 'tap';
import { makeReport } from '../../src/casework/reports/report-document.ts';
import { makeCase, readDemoPeople } from '../casework/report-sources.ts';
import { homeward, isRefused, writeFiles } from './homeward.ts';

/** A report as the service writes it, after a change of its text. */
async function writeReport(t: Test, change: (text: string) => string): Promise<string> {
  const people = await readDemoPeople();
  const { source, result } = makeCase({
    child: ['U0070', people.get('U0070')!],
    family: [
      ['F0186f', 'father', people.get('F0186f')!],
      ['F0186m', 'mother', people.get('F0186m')!],
    ],
  })!;
  const when = { language: 'en', generatedAt: '2026-02-03T04:05:06.789Z' } as const;
  const text = `${JSON.stringify(makeReport(source, result, when), null, 2)}\n`;
  return writeFiles(t, { 'report.json': change(text) })['report.json'];
}

t.test('a report is computed again from itself alone', async (t) => {
  const { code, stdout, stderr } = await homeward('replay', await writeReport(t, (text) => text));
  t.equal(code, 0);
  t.match(stdout, /^replayed: all \d{3,} numbers are the same\nthe hash holds: nothing of the report was altered\n$/); // prettier-ignore
  t.match(stderr, /^computed by homeward 0\.0\.0, replayed by homeward \d/);
});

t.test('what was changed is named', async (t) => {
  const path = await writeReport(t, (text) => text.replace('"log10Lr": 28.488937649006644', '"log10Lr": 28.488937649006640')); // prettier-ignore
  const { code, stdout } = await homeward('replay', path);
  t.equal(code, 1);
  t.match(stdout, 'altered: the hash does not hold of numbers.likelihoodRatio\n');
  t.match(stdout, 'numbers.likelihoodRatio.log10Lr: 28.48893764900664, now 28.488937649006644');
});

t.test('what cannot be computed is told apart from what differs', async (t) => {
  const path = await writeReport(t, (text) => text.replace('"relation": "father"', '"relation": "paternal-aunt"')); // prettier-ignore
  const { code, stdout } = await homeward('replay', path);
  t.equal(code, 1);
  t.match(stdout, 'altered: the hash does not hold of source.people\n');
  t.match(stdout, 'not replayed: ');
});

t.test('what is no report is refused with the field', async (t) => {
  const path = await writeReport(t, (text) => text.replace('"notice"', '"notiz"'));
  await isRefused(t, ['replay', path], /report\.json is not a report that can be computed again\.\n {2}notice: /); // prettier-ignore
});

t.test('a result still wants its tables', async (t) => {
  const { seed } = writeFiles(t, { seed: '' });
  const path = seed.replace(/seed$/, 'result.json');
  const example = ['--frequencies', 'fixtures/example/frequencies.csv'];
  await homeward('lr', '--calculation', 'fixtures/example/calculation.json', ...example, '--json', path); // prettier-ignore
  await isRefused(t, ['replay', path], /Give the tables of .*result\.json with --frequencies/);
});
