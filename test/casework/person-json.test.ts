import t from 'tap';
import { readPersonJson } from '../../src/casework/intake/person-json.ts';

const PERSON = { sampleId: 'A', genotypes: { D3S1358: ['15', '17'], THO1: ['9.3'] } };

t.test('a person is read, whatever is left out at its default', (t) => {
  t.strictSame(readPersonJson(PERSON, 0), {
    row: 1,
    person: {
      sampleId: 'A',
      sex: 'unknown',
      family: null,
      relation: null,
      profile: new Map([
        ['D3S1358', ['15', '17']],
        ['TH01', ['9.3', '9.3']],
      ]),
      amelogenin: null,
      notes: [],
    },
  });
  const relative = { ...PERSON, sex: '2', family: 'F1', relation: 'mother' };
  t.match(readPersonJson(relative, 6), { row: 7, person: { sex: 'female', relation: 'mother' } });
  t.end();
});

t.test('a fault names the key where it stands', (t) => {
  const faulty: [genotypes: unknown, field: string, code: string][] = [
    [{ D3S9999: ['15'] }, 'genotypes.D3S9999', 'LOCUS_UNKNOWN'],
    [{ constructor: ['15'] }, 'genotypes.constructor', 'LOCUS_UNKNOWN'],
    [{ vWA: ['15,16'] }, 'genotypes.vWA', 'ALLELE_INVALID'],
    [{ vWA: ['15'], VWA: ['15'] }, 'genotypes.VWA', 'LOCUS_TWICE'],
    [{ vWA: ['11', '12', '13', '14', '15'] }, 'genotypes.vWA', 'GENOTYPE_INVALID'],
    [{ vWA: [15, 16] }, 'genotypes.vWA.0', 'FIELD_INVALID'],
    [{ vWA: '15,16' }, 'genotypes.vWA', 'FIELD_INVALID'],
    [{ vWA: Array(9).fill('15') }, 'genotypes.vWA', 'FIELD_INVALID'],
    [[], 'genotypes', 'FIELD_INVALID'],
    [null, 'genotypes', 'FIELD_INVALID'],
  ];
  for (const [genotypes, field, code] of faulty) {
    t.match(
      readPersonJson({ sampleId: 'A', genotypes }, 2),
      { row: 3, faults: [{ field, code }] },
      field,
    );
  }
  t.end();
});

t.test('a row without a typed locus is refused', (t) => {
  for (const genotypes of [{}, { vWA: [] }, { vWA: ['', ' '] }]) {
    t.match(readPersonJson({ sampleId: 'A', genotypes }, 0), {
      sampleId: 'A',
      faults: [{ field: null, code: 'NO_GENOTYPE' }],
    });
  }
  t.end();
});

t.test('a row of another form is refused, whatever it is', (t) => {
  for (const value of [null, undefined, 1, 'A', [], {}, [PERSON], { sampleId: 5 }]) {
    t.match(readPersonJson(value, 0), {
      row: 1,
      sampleId: null,
      faults: [{ code: 'FIELD_INVALID' }],
    });
  }
  t.match(readPersonJson({ ...PERSON, kind: 'suspect' }, 0), { faults: [{ message: /kind/ }] });
  t.match(readPersonJson({ ...PERSON, sampleId: 'x'.repeat(201) }, 0), {
    faults: [{ field: 'sampleId' }],
  });
  t.end();
});

t.test('names that every object inherits are nothing special', (t) => {
  for (const word of ['constructor', '__proto__', 'hasOwnProperty']) {
    t.match(readPersonJson({ ...PERSON, sex: word }, 0), { faults: [{ field: 'sex' }] });
    t.match(readPersonJson({ ...PERSON, relation: word }, 0), { faults: [{ field: 'relation' }] });
  }
  const own: unknown = JSON.parse(
    '{"sampleId":"A","genotypes":{"vWA":["15"]},"__proto__":{"x":1}}',
  );
  t.match(readPersonJson(own, 0), { row: 1 });
  t.end();
});
