import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { readFrequencyCsv } from '../../src/formats/frequency-csv.ts';
import type { Locus } from '../../src/kinship/index.ts';

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
  const folder = new URL('../../fixtures/frequencies/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  const loci = files.map((name) => {
    const table = readFrequencyCsv(readFileSync(new URL(name, folder), 'utf8'));
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
