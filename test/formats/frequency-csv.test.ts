import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readFrequencyCsv } from '../../src/formats/frequency-csv.ts';
import type { FrequencyTable, Locus } from '../../src/kinship/index.ts';
import { readText, ROOT } from '../package.ts';

const GOOD = 'locus,allele,frequency,count,N\nvWA,14,0.25,50,100\nvWA,15,0.75,150,100\n';

/** The lines that a table is refused for. */
function faultsOf(csv: string): { field: string; message: string }[] {
  try {
    readFrequencyCsv(csv);
  } catch (error) {
    return (error as { faults: { field: string; message: string }[] }).faults;
  }
  throw new Error('the table was not refused');
}

function readVwa(csv: string) {
  const entry = readFrequencyCsv(csv).get('vWA' as Locus);
  if (!entry) throw new Error('the table has no vWA');
  const { alleles, frequencies, allelesCounted } = entry;
  return { alleles, frequencies: [...frequencies], allelesCounted };
}

t.test('a table gives alleles, frequencies and 2N', (t) => {
  const expected = { alleles: ['14', '15'], frequencies: [0.25, 0.75], allelesCounted: 200 };
  const spellings = [
    GOOD,
    `\uFEFF${GOOD.replaceAll('\n', '\r\n')}`,
    'N,Frequency,ALLELE,Locus,source\n100, 0.75 ,15.0,VWA,x\n\n100,.25,014,vwa,x\n',
    'locus,allele,frequency,N\nvWA,14,2.5e-1,1e2\nvWA,15,75E-2,+100\n',
  ];
  for (const csv of spellings) t.strictSame(readVwa(csv), expected, csv);
  t.end();
});

t.test('without N the number of alleles counted is not known', (t) => {
  for (const csv of [
    'locus,allele,frequency\nvWA,14,1\n',
    'locus,allele,frequency,N\nvWA,14,1,\n',
  ]) {
    t.strictSame(readVwa(csv), { alleles: ['14'], frequencies: [1], allelesCounted: null });
  }
  t.end();
});

t.test('the tables that come with the service are read whole', (t) => {
  const folder = 'fixtures/frequencies';
  const files = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.csv'));
  const loci = files.map((name) => {
    const table = readFrequencyCsv(readText(`${folder}/${name}`));
    return [name, table.size];
  });
  t.match(Object.fromEntries(loci), {
    'china59.csv': 58,
    'nist1036_all.csv': 29,
    'nist1036_asian.csv': 29,
  });
  t.end();
});

t.test('a frequency that is none is refused with its line', (t) => {
  const refused = [
    '-0.1',
    '0',
    '0.0',
    '1.5',
    'NaN',
    'Infinity',
    '',
    '0,25',
    '1e-999',
    '1e999',
    '0x1',
    '1_0',
  ];
  for (const frequency of refused) {
    const [fault] = faultsOf(`locus,allele,frequency\n\nvWA,14,0.5\n\nvWA,15,"${frequency}"\n`);
    t.match(fault, { field: 'line 5', message: /vWA 15 must be a number from 1e-7 to 1/ });
  }
  t.end();
});

t.test('an N that is none, or that changes within a locus, is refused', (t) => {
  for (const n of ['0', '-5', 'abc', 'NaN', '1e999']) {
    const faults = faultsOf(`locus,allele,frequency,N\nvWA,14,1,${n}\n`);
    t.match(faults, [{ field: 'line 2', message: /N at vWA must be a number of at least 1/ }], n);
  }
  for (const n of ['', '90']) {
    const faults = faultsOf(`${GOOD}vWA,16,0.1,1,${n}\n`);
    t.match(faults, [{ field: 'line 4', message: /N at vWA is not that of its first line/ }]);
  }
  t.end();
});

t.test('an allele twice, an unknown locus and text that is no allele are refused', (t) => {
  const csv = `${GOOD}vWA,14.0,0.001,1,100\nD3S9999,14,0.1,,\nvWA,abc,0.1,,\n,14,0.1,,\nconstructor\n`;
  t.match(faultsOf(csv), [
    { field: 'line 5', message: /unknown locus/ },
    { field: 'line 6', message: /not an allele of vWA/ },
    { field: 'line 7', message: /unknown locus/ },
    { field: 'line 8', message: /1 cells where the header has 5/ },
    { field: 'vWA', message: /allele 14 stands twice/ },
  ]);
  t.end();
});

t.test('one refused line refuses the table, and the message tells the first', (t) => {
  t.throws(() => readFrequencyCsv(`${GOOD}vWA,16,-1,,100\nvWA,17,-1,,100\n`), {
    code: 'FREQUENCY_TABLE_INVALID',
    message: /^line 4: .* \(2 faults\)\.$/,
  });
  t.end();
});

t.test('a header without a needed column is refused by its name', (t) => {
  t.throws(() => readFrequencyCsv('locus,allele,N\nvWA,14,100\n'), {
    code: 'FREQUENCY_TABLE_INVALID',
    message: /lacks frequency;/,
  });
  t.throws(() => readFrequencyCsv('locus;allele;frequency\n'), {
    message: /lacks locus, allele, freq/,
  });
  t.throws(() => readFrequencyCsv(''), { message: /lacks locus, allele, frequency/ });
  t.end();
});

t.test('a table without a line is refused', (t) => {
  t.throws(() => readFrequencyCsv('locus,allele,frequency\n\n'), {
    code: 'FREQUENCY_TABLE_INVALID',
    message: 'The table is empty.',
  });
  t.end();
});

t.test('text that is not CSV is refused', (t) => {
  t.throws(() => readFrequencyCsv(`${GOOD}"vWA,16,0.1\n`), { code: 'CSV_MALFORMED' });
  t.end();
});

t.test('a file full of faults tells the first 50 and how many there are', (t) => {
  const csv = `locus,allele,frequency\n${'vWA,14,-1\n'.repeat(100_000)}`;
  t.throws(() => readFrequencyCsv(csv), { message: /\(100000 faults\)/ });
  t.equal(faultsOf(csv).length, 50);
  t.end();
});

t.test('counts and percent are told from frequencies', (t) => {
  const tables: [values: string[], complaint: RegExp][] = [
    [['50', '150'], /^vWA: the values are counts or percent.* by their sum, 200 /],
    [['25.1', '74.8'], /^vWA: the values are counts or percent.* by their sum, 99\.9 /],
    [['0.3', '99.7'], /^vWA: the values are counts or percent/],
    [['0.5', '1.5'], /^line 3: the frequency of vWA 15 must be a number from 1e-7 to 1 \(1/],
    [['0.9', '0.05'], /^vWA: the frequencies sum to 0\.950, not 1; rows are missing/],
  ];
  for (const [[first, second], message] of tables) {
    const list = `locus,allele,frequency\nvWA,14,${first}\nvWA,15,${second}\n`;
    t.throws(() => readFrequencyCsv(list), { code: 'FREQUENCY_TABLE_INVALID', message }, list);
    t.throws(() => readFrequencyCsv(`Allele,vWA\n14,${first}\n15,${second}\n`), { message });
  }
  t.end();
});

t.test('a sum that is off by rounding is divided out', (t) => {
  const { frequencies } = readVwa('locus,allele,frequency\nvWA,14,0.26\nvWA,15,0.75\n');
  t.strictSame(frequencies, [0.26 / 1.01, 0.75 / 1.01]);
  t.end();
});

/** A table with the alleles in rows and the loci in columns, the rows given behind them. */
function writeGrid(table: FrequencyTable, rows: readonly (readonly string[])[] = []): string {
  const loci = [...table.values()];
  const alleles = [...new Set(loci.flatMap(({ alleles }) => alleles))];
  const lines = alleles.map((allele) => [
    allele,
    ...loci.map((locus, column) => {
      const frequency = locus.frequencies[locus.alleles.indexOf(allele)];
      return frequency === undefined ? ['', '0', '0.0'][column % 3]! : String(frequency);
    }),
  ]);
  return [['Allele', ...table.keys()], ...lines, ...rows].map((cells) => cells.join()).join('\n');
}

t.test('a table of alleles × loci reads as the list of the same frequencies', (t) => {
  const list = readFrequencyCsv(readText('fixtures/frequencies/nist1036_all.csv'));
  const counts = (factor: number): string[] =>
    [...list.values()].map(({ allelesCounted }) => String(allelesCounted! / factor));
  for (const row of [
    ['N', ...counts(2)],
    ['n', ...counts(2)],
    ['2N', ...counts(1)],
  ]) {
    const grid = readFrequencyCsv(writeGrid(list, [row]));
    t.strictSame([...grid.keys()], [...list.keys()]);
    for (const [locus, { alleles, frequencies, allelesCounted }] of list) {
      const read = grid.get(locus)!;
      t.strictSame([read.alleles, read.allelesCounted], [alleles, allelesCounted], locus);
      const differences = alleles.map((_, at) =>
        Math.abs(read.frequencies[at]! - frequencies[at]!),
      );
      t.ok(Math.max(...differences) < 1e-15, locus);
    }
  }
  const uncounted = readFrequencyCsv(writeGrid(list));
  t.ok([...uncounted.values()].every(({ allelesCounted }) => allelesCounted === null));
  t.throws(() => readFrequencyCsv(writeGrid(list, [['N', ...counts(1)]])), {
    message: /^N: every frequency is a multiple of 1\/N, so that N seems to count alleles/,
  });
  t.end();
});

t.test(
  'columns of sex and rows of no locus are passed over, a locus without allele is absent',
  (t) => {
    const csv =
      'Allele,AMEL,VWA,Yindel,DYS391,Penta_D,FGA\n"X,Y",0.5,,,,,\n14,,.25,,1,1,0\n15,0,0.75,0,0,0,\nN,100,100,97,97,0,0\n';
    const table = readFrequencyCsv(csv);
    t.strictSame([...table.keys()], ['vWA', 'Penta D']);
    t.match(table.get('vWA' as Locus), { alleles: ['14', '15'], allelesCounted: 200 });
    t.match(table.get('Penta D' as Locus), { alleles: ['14'], allelesCounted: null });
    t.end();
  },
);

t.test('what is wrong with a table of alleles × loci is said by its place', (t) => {
  const refused: [csv: string, message: RegExp][] = [
    ['Allele,vWA,D3S9999\n14,1,1\n', /^Column "D3S9999": unknown locus/],
    ['Allele,vWA,VWA\n14,1,1\n', /^Column "VWA": the locus stands twice/],
    ['Allele,vWA\n14,1\nSum,1\n', /^line 3: "Sum" is not an allele; leave out rows of sums/],
    ['Allele,vWA\n14,1\n>15,0.01\n', /^line 3: ">15" is not an allele/],
    ['Allele,vWA\n14,1\n15\n', /^line 3: 1 cells where the header has 2/],
    ['Allele,vWA\n14,1\n15,-\n', /^line 3: the frequency of vWA 15 must be a number/],
    ['Allele,vWA\n14,1\n14.0,0.01\n', /^vWA: .*allele 14 stands twice/],
    ['Allele,vWA\n14,1\nN,many\n', /^line 3: N at vWA must be a number of at least 1/],
    ['sample_id,vWA\nA,"14,15"\n', /^line 2: "A" is not an allele/],
    ['Allele,vWA\n', /^The table is empty\.$/],
  ];
  for (const [csv, message] of refused) {
    t.throws(() => readFrequencyCsv(csv), { code: 'FREQUENCY_TABLE_INVALID', message }, csv);
  }
  t.end();
});
