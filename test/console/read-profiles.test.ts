import fc from 'fast-check';
import t from 'tap';
import { readProfiles, splitAlleles } from '../../web/src/calculator/read-profiles.ts';

const KNOWN = ['D3S1358', 'TH01', 'vWA', 'Penta D', 'SE33'];

const read = (text: string) =>
  readProfiles(text, KNOWN).map(({ id, genotypes }) => ({ id, ...Object.fromEntries(genotypes) }));

t.test('rows of a locus and its alleles, as people write them', (t) => {
  const expected = [{ id: null, D3S1358: '15,16', TH01: '6,9.3', 'Penta D': '9,12' }];
  t.same(read('D3S1358 15,16\nTH01 6,9.3\nPenta D 9,12'), expected, 'blanks');
  t.same(
    read('d3s1358\t15\t16\r\nth01\t6\t9.3\r\npentad\t9\t12'),
    expected,
    'tabs, other spelling',
  );
  t.same(read('D3S1358,15,16\nTH01,6,9.3\n\nPenta D,9,12\n'), expected, 'commas');
  t.same(read('Locus Allele 1 Allele 2\nD3S1358: 15/16\nTH01 6/9.3\nPenta_D 9 12'), [{ id: null, D3S1358: '15,16', TH01: '6,9.3', 'Penta D': '9,12' }], 'a colon is no name'); // prettier-ignore
  t.same(read('TH01 OL,<4\nSE33 12.x'), [{ id: null, TH01: 'OL,<4', SE33: '12.x' }], 'off the ladder'); // prettier-ignore
  t.same(read('D99 12'), [{ id: null, D99: '12' }], 'what is not known is shown as it is');
  t.same(read('AMEL X,Y\nhello'), [], 'nothing to read');
  t.same(read(''), []);
  t.end();
});

t.test('a column for each person', (t) => {
  t.same(read('D3S1358\t15,16\t16,17\nTH01\t6\t9.3,9.3'), [
    { id: null, D3S1358: '15,16', TH01: '6' },
    { id: null, D3S1358: '16,17', TH01: '9.3,9.3' },
  ]);
  t.same(read('D3S1358\t15,16\t16,17\nTH01\t\t9.3,9.3'), [
    { id: null, D3S1358: '15,16' },
    { id: null, D3S1358: '16,17', TH01: '9.3,9.3' },
  ]);
  t.end();
});

t.test('rows of a table, one column or two a locus', (t) => {
  const expected = [
    { id: 'C1', D3S1358: '15,16', TH01: '6,9.3' },
    { id: 'F1', D3S1358: '16,16', TH01: '7' },
  ];
  t.same(read('sample_id,sex,D3S1358,TH01\nC1,F,"15,16","6,9.3"\nF1,M,"16,16",7'), expected);
  t.same(read('sample;D3S1358_1;D3S1358_2;TH01 1;TH01 2\nC1;15;16;6;9.3\nF1;16;16;7;'), expected);
  t.same(
    read('Sample\tD3S1358\tD3S1358\tTH01\tTH01\nC1\t15\t16\t6\t9.3\nF1\t16\t16\t7\t'),
    expected,
  );
  t.same(read('TH01,vWA\n9,"14,15"'), [{ id: null, TH01: '9', vWA: '14,15' }], 'nobody is named');
  t.end();
});

t.test('whatever is written as rows is read', (t) => {
  const allele = fc
    .integer({ min: 4, max: 40 })
    .chain((repeats) => fc.constantFrom(String(repeats), `${repeats}.1`, `${repeats}.3`));
  const genotype = fc.array(allele, { minLength: 1, maxLength: 2 });
  const profile = fc.uniqueArray(fc.tuple(fc.constantFrom(...KNOWN), genotype), { selector: ([locus]) => locus, minLength: 1 }); // prettier-ignore
  const separators = fc.constantFrom(' ', '\t', ',', ', ', '; ');
  t.doesNotThrow(() => {
    fc.assert(
      fc.property(profile, separators, (written, separator) => {
        const text = written.map(([locus, alleles]) => [locus, ...alleles].join(separator)).join('\n'); // prettier-ignore
        const [person] = readProfiles(text, KNOWN);
        return written.every(([locus, alleles]) => person?.genotypes.get(locus) === alleles.join());
      }),
    );
  });
  t.end();
});

t.test('whatever is pasted, nothing breaks', (t) => {
  t.doesNotThrow(() => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'grapheme' }), (text) =>
        readProfiles(text, KNOWN).every(({ genotypes }) => genotypes.size > 0),
      ),
    );
  });
  t.same(splitAlleles(' 15, 16 '), ['15', '16']);
  t.same(splitAlleles('9.3/9.3'), ['9.3', '9.3']);
  t.end();
});
