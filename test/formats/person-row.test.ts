import t from 'tap';
import { type RawRow, readPersonRow } from '../../src/formats/person-row.ts';
import { faultsOf, genotypesOf, readPeople } from './csv.ts';

const PERSON: RawRow = {
  sampleId: 'A',
  sex: '',
  family: '',
  relation: '',
  kind: '',
  genotypes: [{ locus: 'vWA', field: 'vWA', alleles: ['15'] }],
};

t.test('sex is read from words, letters and ISO/IEC 5218 digits', (t) => {
  const spellings = {
    male: ['male', 'M', 'm', '1', ' Male '],
    female: ['female', 'F', '2', 'FEMALE'],
    unknown: ['', 'unknown', 'U', '0'],
  };
  for (const [sex, written] of Object.entries(spellings)) {
    for (const text of written) t.match(readPersonRow({ ...PERSON, sex: text }), { sex });
  }
  t.end();
});

t.test('only relatives and people of unknown origin are taken', (t) => {
  for (const kind of ['', 'relative', 'unknown', ' Relative ']) {
    t.match(readPersonRow({ ...PERSON, kind }), { sampleId: PERSON.sampleId }, kind);
  }
  for (const kind of ['suspect', 'SUSPECT', 'crime-scene', 'staff', '嫌疑人']) {
    t.match(readPersonRow({ ...PERSON, kind }), [{ field: 'kind', code: 'KIND_REFUSED' }], kind);
  }
  t.end();
});

t.test('a word that is no sex and no relation is refused', (t) => {
  for (const word of ['9', 'x', 'man', 'constructor', '__proto__', 'toString']) {
    t.match(readPersonRow({ ...PERSON, sex: word }), [{ field: 'sex', code: 'FIELD_INVALID' }]);
    t.match(readPersonRow({ ...PERSON, relation: word }), [{ field: 'relation' }]);
  }
  t.end();
});

t.test('a relation says the sex, and must not contradict it', (t) => {
  t.match(readPersonRow({ ...PERSON, relation: 'Father' }), { sex: 'male', relation: 'father' });
  t.match(readPersonRow({ ...PERSON, relation: 'mother', sex: '0' }), { sex: 'female' });
  t.match(readPersonRow({ ...PERSON, relation: 'mother', sex: 'M' }), [
    {
      field: 'sex',
      code: 'FIELD_INVALID',
      message: 'a mother cannot be male; correct one of the two',
    },
  ]);
  t.end();
});

t.test('any relation but that of a parent of unknown sex is read', (t) => {
  const relations: [relation: string, sex: string][] = [
    ['sibling', 'unknown'],
    ['paternal-half-sibling', 'unknown'],
    ['maternal-half-sibling', 'unknown'],
    ['paternal-grandfather', 'male'],
    ['paternal-grandmother', 'female'],
    ['maternal-grandfather', 'male'],
    ['maternal-grandmother', 'female'],
    ['paternal-uncle', 'male'],
    ['paternal-aunt', 'female'],
    ['maternal-uncle', 'male'],
    ['maternal-aunt', 'female'],
  ];
  for (const [relation, sex] of relations) {
    t.match(readPersonRow({ ...PERSON, relation }), { relation, sex });
    for (const stated of ['male', 'female']) {
      const read = readPersonRow({ ...PERSON, relation, sex: stated });
      if (sex === 'unknown' || sex === stated) t.match(read, { relation, sex: stated });
      else t.match(read, [{ field: 'sex', message: `a ${relation} cannot be ${stated}; correct one of the two` }]); // prettier-ignore
    }
  }
  t.match(readPersonRow({ ...PERSON, relation: 'parent' }), [
    { field: 'relation', message: /^write one of father, mother, sibling, / },
  ]);
  t.end();
});

t.test('a sample id holds letters of any script, and nothing that a spreadsheet runs', (t) => {
  for (const sampleId of ['1', 'B-2024/07.3_x', '样本7', ' A1 ', 'x'.repeat(64)]) {
    t.match(readPersonRow({ ...PERSON, sampleId }), { sampleId: sampleId.trim() }, sampleId);
  }
  const refused = [
    '=cmd|x',
    '+1',
    '@SUM(A1)',
    '-2',
    '\t=1',
    'a b',
    'a\nb',
    'a;b',
    '../x',
    'x'.repeat(65),
  ];
  for (const sampleId of refused) {
    const code = /^\s*[=+@]/.test(sampleId) ? 'CELL_IS_FORMULA' : 'FIELD_INVALID';
    const fault = { field: 'sample_id', code };
    t.match(readPersonRow({ ...PERSON, sampleId }), [fault], sampleId);
    t.match(readPersonRow({ ...PERSON, family: sampleId }), [{ ...fault, field: 'family' }]);
  }
  t.match(readPersonRow({ ...PERSON, sampleId: ' ' }), [
    { field: 'sample_id', code: 'FIELD_MISSING' },
  ]);
  t.end();
});

t.test('alleles off the ladder are kept with a note', async (t) => {
  const cells: [written: string, kept: string][] = [
    ['"14,OL"', '14,OL'],
    ['ol', 'OL,OL'],
    ['<8/15', '15,<8'],
    ['>25', '>25,>25'],
    ['"12.x,13"', '13,12.X'],
  ];
  for (const [written, kept] of cells) {
    const [person] = await readPeople(`id,vWA\nA,${written}\n`);
    t.strictSame(genotypesOf(person!), { vWA: kept });
    t.match(person!.notes, [{ field: 'vWA', message: /off the ladder/ }], written);
  }
});

t.test('three and four alleles are kept with a note, five are refused', async (t) => {
  const [three, four] = await readPeople('id,vWA\nA,"16,14,15"\nB,"13,14,15,16"\n');
  t.strictSame(genotypesOf(three!), { vWA: '14,15,16' });
  t.strictSame(genotypesOf(four!), { vWA: '13,14,15,16' });
  for (const { notes } of [three!, four!]) t.match(notes, [{ message: /more than two alleles/ }]);
  t.strictSame(await faultsOf('id,vWA\nA,"12,13,14,15,16"\n'), ['vWA GENOTYPE_INVALID']);
  t.strictSame(genotypesOf((await readPeople('id,vWA_1,vWA_2,vWA_3\nA,14,15,16\n'))[0]!), {
    vWA: '14,15,16',
  });
});

t.test('an allele has fewer odd bases than a repeat of its locus has', async (t) => {
  t.strictSame(await faultsOf('id,FGA\nA,12.7\n'), ['FGA ALLELE_INVALID']);
  t.strictSame(await faultsOf('id,FGA\nA,12.4\n'), ['FGA ALLELE_INVALID']);
  t.strictSame(await faultsOf('id,D22S1045\nA,12.3\n'), ['D22S1045 ALLELE_INVALID']);
  const [person] = await readPeople('id,FGA,D22S1045,Penta D\nA,12.3,12.2,12.4\n');
  t.strictSame(genotypesOf(person!), {
    FGA: '12.3,12.3',
    D22S1045: '12.2,12.2',
    'Penta D': '12.4,12.4',
  });
});

t.test('text that is no allele is refused, and the locus is named', async (t) => {
  for (const text of [
    '0',
    '-3',
    '9.33',
    '1e3',
    'abc',
    '14 15',
    '?',
    'N/A',
    '"14,x"',
    '0/0',
    '1000',
  ]) {
    t.strictSame(await faultsOf(`id,vWA\nA,${text}\n`), ['vWA ALLELE_INVALID'], text);
  }
});

t.test('a row reports every fault, not only the first', async (t) => {
  const csv = 'id,sex,relation,family,vWA_1,vWA_2,FGA\n=1,x,aunt,@f,z,15,99.9\n';
  t.strictSame(await faultsOf(csv), [
    'sample_id CELL_IS_FORMULA',
    'family CELL_IS_FORMULA',
    'sex FIELD_INVALID',
    'relation FIELD_INVALID',
    'vWA_1 ALLELE_INVALID',
    'FGA ALLELE_INVALID',
  ]);
});

t.test('a row in which nothing is typed is refused', async (t) => {
  t.strictSame(await faultsOf('id,vWA,FGA\nA,,\n'), ['row NO_GENOTYPE']);
  t.strictSame(await faultsOf('id,vWA,FGA\nA,",",/\n'), ['row NO_GENOTYPE']);
});
