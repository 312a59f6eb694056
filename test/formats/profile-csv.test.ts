import t from 'tap';
import { faultsOf, genotypesOf, readCsv, readPeople } from './csv.ts';

t.test('a locus in one column, in two and in three reads the same', async (t) => {
  const spellings = [
    'sample_id,D3S1358,Penta D\nA,"15,17","9,12"\n',
    'sample_id,D3S1358,Penta D\nA,15/17,12/9\n',
    'sample_id,D3S1358_1,D3S1358_2,Penta D_1,Penta D_2\nA,17,15,9,12\n',
    'sample_id,D3S1358 1,D3S1358 2,PentaD1,PentaD2\nA,15,17,9,12\n',
    'sample_id,D3S1358_1,D3S1358_2,D3S1358_3,PENTA_D-1,PENTA_D-2\nA,15,17,,9,12\n',
  ];
  for (const csv of spellings) {
    const [person] = await readPeople(csv);
    t.strictSame(genotypesOf(person!), { D3S1358: '15,17', 'Penta D': '9,12' }, csv);
  }
});

t.test('a homozygote is written once, twice, or in the first of two columns', async (t) => {
  const people = await readPeople('id,vWA_1,vWA_2,TH01\nA,16,16,9.3\nB,16,,"9.3,9.3"\n');
  for (const person of people) t.strictSame(genotypesOf(person), { vWA: '16,16', TH01: '9.3,9.3' });
  t.equal(people.length, 2);
});

t.test('an empty cell is a locus not typed', async (t) => {
  const [person] = await readPeople('id,vWA,FGA_1,FGA_2\nA,"14,15",,\n');
  t.strictSame(genotypesOf(person!), { vWA: '14,15' });
});

t.test('other names of a locus come under its one name', async (t) => {
  const csv = 'id,VWA,THO1,ACTBP2,PENTA_E,d3s1358,CSF\nA,15,7,"17,27.2",12,16,11\n';
  const [person] = await readPeople(csv);
  t.strictSame(genotypesOf(person!), {
    vWA: '15,15',
    TH01: '7,7',
    SE33: '17,27.2',
    'Penta E': '12,12',
    D3S1358: '16,16',
    CSF1PO: '11,11',
  });
});

t.test('a pair of columns may spell its locus in two ways', async (t) => {
  const [person] = await readPeople('id,VWA_1,vWA31_2\nA,14,16\n');
  t.strictSame(genotypesOf(person!), { vWA: '14,16' });
});

t.test('columns that say nothing about kinship are passed over', async (t) => {
  const csv =
    'id,Amelogenin,AMEL_1,AMEL_2,Y indel,DYS391,Kit,Comment,vWA\nA,X,X,Y,2,10,K,=1+1,15\n';
  t.strictSame(genotypesOf((await readPeople(csv))[0]!), { vWA: '15,15' });
});

t.test('the columns of a person are found by any of their names', async (t) => {
  const csv = 'Kit,Specimen ID,SEX,Family-ID,Relation,vWA\nK,A-1/2.b,2,F_7,Mother,15\n';
  t.match(await readPeople(csv), [
    { sampleId: 'A-1/2.b', sex: 'female', family: 'F_7', relation: 'mother' },
  ]);
});

t.test('a first column whose name says nothing holds the sample id', async (t) => {
  for (const name of ['样本编号', 'Barcode', '', 'constructor']) {
    t.match(await readPeople(`${name},vWA\nA1,15\n`), [{ sampleId: 'A1' }], name);
  }
});

t.test('a first column that is something else leaves the file without sample id', async (t) => {
  for (const first of ['sex', 'family', 'D3S1358', 'Amelogenin', 'Kit']) {
    await t.rejects(readCsv(`${first},vWA\nmale,15\n`), {
      code: 'CSV_HEADER_INVALID',
      message: `Column "${first}": no column holds the sample id; name one sample_id.`,
      faults: [{ field: first }],
    });
  }
});

t.test('a column of unknown name refuses the file and is named', async (t) => {
  for (const column of ['D3S9999', 'DYS19', 'constructor', '__proto__', 'allele']) {
    await t.rejects(readCsv(`id,${column},vWA\nA,15,15\n`), {
      code: 'CSV_HEADER_INVALID',
      faults: [{ field: column, message: /not known.*STRBase/ }],
    });
  }
  await t.rejects(readCsv('id,=cmd(),vWA\nA,15,15\n'), {
    code: 'CSV_HEADER_INVALID',
    faults: [{ field: '?', message: /not known.*STRBase/ }],
  });
  await t.rejects(readCsv('id,vWA,,\nA,15,,\n'), {
    code: 'CSV_HEADER_INVALID',
    faults: [{ field: '3', message: /no name/ }],
  });
});

t.test('two columns for one thing refuse the file, and both are named', async (t) => {
  const headers: [header: string, first: string, second: string][] = [
    ['id,VWA,vWA', 'VWA', 'vWA'],
    ['id,vWA,FGA,vWF', 'vWA', 'vWF'],
    ['id,D3S1358_1,D3S1358_2,D3S1358-1', 'D3S1358_1', 'D3S1358-1'],
    ['id,SE33,ACTBP2_1', 'SE33', 'ACTBP2_1'],
    ['id,ACTBP2_2,SE33', 'ACTBP2_2', 'SE33'],
    ['sample_id,Sample Name,vWA', 'sample_id', 'Sample Name'],
    ['id,family,vWA,family id', 'family', 'family id'],
  ];
  for (const [header, first, second] of headers) {
    await t.rejects(readCsv(`${header}\n`), {
      code: 'CSV_HEADER_INVALID',
      faults: [{ field: second, message: `the column "${first}" says the same; keep one` }],
    });
  }
});

t.test('a file of one column refuses with advice on the separator', async (t) => {
  for (const csv of ['id|vWA|FGA\nA|15|20\n', 'id\nA\n']) {
    await t.rejects(readCsv(csv), { code: 'CSV_HEADER_INVALID', message: /by commas/ });
  }
});

t.test('semicolons and tabs separate cells as commas do', async (t) => {
  const rows = [
    ['id', 'family', 'vWA', 'FGA_1', 'FGA_2'],
    ['A', 'F1', '14/16', '20', '22.2'],
    ['B', '"F2"', '"15/17"', '', ''],
    [' C', '', '18', ' 21 ', '21'],
  ];
  const [comma, ...others] = await Promise.all(
    [',', ';', '\t'].map((separator) => readPeople(rows.map((row) => row.join(separator)).join('\r\n'))), // prettier-ignore
  );
  t.strictSame(comma?.map(genotypesOf), [
    { vWA: '14,16', FGA: '20,22.2' },
    { vWA: '15,17' },
    { vWA: '18,18', FGA: '21,21' },
  ]);
  for (const people of others) {
    t.strictSame(people.map(genotypesOf), comma?.map(genotypesOf));
    t.strictSame(
      people.map(({ sampleId, family }) => [sampleId, family]),
      [
        ['A', 'F1'],
        ['B', 'F2'],
        ['C', null],
      ],
    );
  }
});

t.test('a comma is a decimal comma only where it can be nothing else', async (t) => {
  const read = async (header: string, cell: string): Promise<string> => {
    const [outcome] = await readCsv(`${header}\nA;${cell}\n`);
    if (!outcome || !('person' in outcome)) return outcome?.faults[0]?.code ?? 'nothing';
    return genotypesOf(outcome.person).TH01 ?? 'not typed';
  };
  const apart = 'id;TH01_1;TH01_2';
  t.equal(await read(apart, '9,3;6'), '6,9.3');
  t.equal(await read(apart, '9.3;6'), '6,9.3');
  t.equal(
    await read(apart, '6,9;6'),
    'ALLELE_INVALID',
    'nine bases are no part of a repeat of four',
  );
  t.equal(await read(apart, '13,14;6'), 'ALLELE_INVALID');
  const whole = 'id;TH01';
  t.equal(await read(whole, '6,9'), '6,9');
  t.equal(await read(whole, '7,10'), '7,10');
  t.equal(await read(whole, '6/9,3'), '6,9.3');
  t.equal(await read(whole, '6,9.3'), '6,9.3');
  t.equal(await read(whole, '9,3'), 'GENOTYPE_INVALID', 'the alleles 9 and 3, or 9.3');
  t.equal(await read(whole, '6,9,3'), 'GENOTYPE_INVALID');
  t.equal(await read(whole, '3,9'), '3,9');
});

t.test('a formula is refused as such, in whatever cell it stands', async (t) => {
  const csv = 'id,family,vWA,FGA_1\n=1+1,@f,"=14",+20\n';
  t.strictSame(await faultsOf(csv), [
    'sample_id CELL_IS_FORMULA',
    'family CELL_IS_FORMULA',
    'vWA CELL_IS_FORMULA',
    'FGA_1 CELL_IS_FORMULA',
  ]);
});

t.test('an empty file is refused, a header alone holds nobody', async (t) => {
  for (const csv of ['', '\n\n', '\uFEFF', '  \r\n']) {
    await t.rejects(readCsv(csv), { code: 'CSV_HEADER_INVALID', message: 'The file is empty.' });
  }
  t.strictSame(await readCsv('id,vWA'), []);
  t.strictSame(await readCsv('id,vWA\r\n\r\n,\r\n'), []);
});

t.test('a row with too few or too many cells is refused, the others are kept', async (t) => {
  const csv = 'id,vWA,FGA\nA,14,15,20\nB,14\nC,14,20\n';
  t.match(await readCsv(csv), [
    {
      row: 2,
      sampleId: null,
      faults: [{ field: null, code: 'ROW_UNREADABLE', message: /4 cells/ }],
    },
    { row: 3, sampleId: null, faults: [{ code: 'ROW_UNREADABLE', message: /2 cells.*has 3/ }] },
    { row: 4, person: { sampleId: 'C' } },
  ]);
});

t.test('a row of 10,000 cells is one refused row', async (t) => {
  const outcomes = await readCsv(`id,vWA\nA,15\n${'x,'.repeat(9_999)}x\nB,15\n`);
  t.match(outcomes, [
    { person: { sampleId: 'A' } },
    { row: 3, faults: [{ code: 'ROW_UNREADABLE', message: /10000 cells/ }] },
    { person: { sampleId: 'B' } },
  ]);
});

t.test('rows are numbered as a spreadsheet numbers them, blank ones too', async (t) => {
  const outcomes = await readCsv('\nid,vWA\n\nA,15\n   \n,\nB,0\n"",""\nC,15');
  t.strictSame(
    outcomes.map(({ row }) => row),
    [4, 7, 9],
  );
});

t.test('a decimal comma in a column of one allele is not read as two alleles', async (t) => {
  t.strictSame(await faultsOf('id,TH01_1,TH01_2\nA,"9,3","9,3"\n'), ['TH01_1 ALLELE_INVALID']);
  t.strictSame(await faultsOf('id,TH01_1,TH01_2\nA,6/9,9.3\n'), ['TH01_1 ALLELE_INVALID']);
});
