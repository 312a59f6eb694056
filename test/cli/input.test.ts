import { join } from 'node:path';
import t, { type Test } from 'tap';
import { EXIT, report } from '../../src/cli/exit.ts';
import { readPeople, readPolicy, readTable } from '../../src/cli/input.ts';
import { type SearchOptions, searchFiles } from '../../src/cli/search/search-files.ts';
import { groupFamilies } from '../../src/cli/search/searched-family.ts';
import { HomewardError } from '../../src/platform/errors.ts';
import { ROOT } from '../package.ts';
import { writeFiles } from './homeward.ts';

/** What the command says of an error that a user can mend. */
async function complaintOf(t: Test, work: () => Promise<unknown>): Promise<string> {
  const said: string[] = [];
  try {
    await work();
    throw new Error('nothing was refused');
  } catch (error) {
    const { restore } = t.capture(console, 'error', (line: string) => said.push(line));
    t.equal(report(error), EXIT.wrongUse);
    restore();
  }
  return said.join('\n');
}

t.test('what is wrong with a policy is said by file and field', async (t) => {
  const mutation = (male: unknown, model = 'equal'): string =>
    JSON.stringify({ params: { mutation: { model, male, female: { rate: 0.001 } } } });
  const policies: [text: string, complaint: RegExp][] = [
    ['mutation: none', /^homeward: JSON_MALFORMED: .*policy\.json is not JSON\.$/],
    ['[]', /^homeward: POLICY_INVALID: .*policy\.json .*\n {2}Invalid input/],
    ['{}', /\n {2}params: /],
    [mutation({ rate: 1.5 }), /\n {2}params\.mutation\.male\.rate: /],
    [mutation({ rate: '0.002' }), /\n {2}params\.mutation/],
    [mutation({ rate: 0.002 }, 'twostep'), /\n {2}params\.mutation/],
    [
      '{"params":{"mutation":{"model":"none"}},"treshold":5}',
      /\n {2}Unrecognized key: "treshold"$/,
    ],
    ['{"params":{"mutation":{"model":"none"},"theta":1}}', /\n {2}params\.theta: /],
    ['{"params":{"mutation":{"model":"none"}},"threshold":0}', /\n {2}threshold: /],
  ];
  for (const [text, complaint] of policies) {
    const { 'policy.json': file } = writeFiles(t, { 'policy.json': text });
    t.match(await complaintOf(t, () => readPolicy(file)), complaint, text);
  }
});

t.test('a policy may leave everything out but the mutation', async (t) => {
  const { file } = writeFiles(t, { file: '{"params":{"mutation":{"model":"none"}}}' });
  t.strictSame(await readPolicy(file), await readPolicy(undefined));
  t.match(await readPolicy(undefined), { threshold: 10_000, priorInDatabase: 0.5 });
});

t.test('what is wrong with a file is said by its name', async (t) => {
  const files = writeFiles(t, {
    'header.csv': 'id,D3S9999\nA,15\n',
    'empty.csv': '',
    'negative.csv': 'locus,allele,frequency\nTH01,6,0.5\nTH01,9.3,-0.5\n',
  });
  const complaints: [work: () => Promise<unknown>, complaint: RegExp][] = [
    [
      () => readPeople(files['header.csv']),
      /CSV_HEADER_INVALID: .*header\.csv: Column "D3S9999": /,
    ],
    [() => readPeople(files['empty.csv']), /CSV_HEADER_INVALID: .*empty\.csv: The file is empty\./],
    [() => readTable(files['negative.csv']), /FREQUENCY_TABLE_INVALID: .*negative\.csv: line 3: /],
    [
      () => readTable(files['header.csv']),
      /FREQUENCY_TABLE_INVALID: .*header\.csv: The header lacks /,
    ],
    [() => readPeople(ROOT), /FILE_NOT_READABLE: .* cannot be read: EISDIR\./],
    [() => readTable(join(ROOT, 'none')), /FILE_NOT_READABLE: .*none cannot be read: ENOENT\./],
    [() => readPolicy(join(ROOT, 'none')), /FILE_NOT_READABLE: .*none cannot be read: ENOENT\./],
  ];
  for (const [work, complaint] of complaints) t.match(await complaintOf(t, work), complaint);
});

t.test('at most twenty faults of a file are said', async (t) => {
  const { file } = writeFiles(t, { file: `locus,allele,frequency\n${'TH01,6,-2\n'.repeat(100)}` });
  const lines = (await complaintOf(t, () => readTable(file))).split('\n');
  t.match(lines[0], '(100 faults)');
  t.equal(lines.length, 21);
});

t.test('families that do not fit together are refused by name', async (t) => {
  const families: [rows: string, complaint: RegExp][] = [
    ['A,M,F1,,6\nB,M,F1,,7\n', /: family F1: .*two of the relation father/],
    ['A,M,F1,,6\nB,,F1,,7\n', /: family F1: .*cannot stand beside a father; say father or mother/],
    ['A,,F1,,6\nB,F,F1,sibling,7\nC,,F1,maternal-aunt,7\n', /beside a maternal-aunt/],
    ['A,,F1,sibling,6\nB,,F1,paternal-grandmother,7\nC,F,F1,paternal-grandmother,7\n', /family F1: .*two of the relation paternal-grandmother/], // prettier-ignore
  ];
  for (const [rows, complaint] of families) {
    const { file } = writeFiles(t, { file: `id,sex,family,relation,TH01\n${rows}` });
    const { people } = await readPeople(file);
    t.match(await complaintOf(t, async () => groupFamilies(file, people)), complaint);
  }
});

t.test('what cannot be searched is refused before the search', async (t) => {
  const files = writeFiles(t, {
    'people.csv': 'id,TH01\nA,6\nB,7\n',
    'twice.csv': 'id,TH01\nA,6\nB,6\nA,7\n',
    'uncounted.csv': 'locus,allele,frequency\nTH01,6,1\n',
    'theta.json': '{"params":{"mutation":{"model":"none"},"theta":0.01}}',
  });
  const asked = {
    families: files['people.csv'],
    unknowns: files['people.csv'],
    frequencies: join(ROOT, 'fixtures/example/frequencies.csv'),
  };
  const searches: [changes: Partial<SearchOptions>, complaint: RegExp][] = [
    [{ families: files['twice.csv'] }, /ARGUMENT_INVALID: .*twice\.csv: sample A stands twice; /],
    [{ unknowns: files['twice.csv'] }, /ARGUMENT_INVALID: .*twice\.csv: sample A stands twice; /],
    [{ frequencies: files['uncounted.csv'] }, /POLICY_INVALID: .*TH01.*five-over-2n.*"fixed"/],
    [{ policy: files['theta.json'], dropOut: 0.1 }, /theta/],
  ];
  for (const [changes, complaint] of searches) {
    t.match(await complaintOf(t, () => searchFiles({ ...asked, ...changes })), complaint);
  }
});

t.test('an error on our side is told with its trace, and has a code of its own', (t) => {
  const said = t.capture(console, 'error', () => undefined);
  t.equal(report(new HomewardError('INTERNAL')), EXIT.failed);
  t.equal(report(new TypeError('x is undefined')), EXIT.failed);
  said.restore();
  t.match(said().at(-1), { args: [/x is undefined/] });
  t.end();
});
