import t from 'tap';
import {
  type AlleleLabel,
  compareAlleles,
  decodeAllele,
  encodeAllele,
  isOnLadder,
  microvariant,
  parseAllele,
  wholeRepeats,
} from '../../src/kinship/index.ts';

t.test('an allele is read as laboratories write it', (t) => {
  const written = {
    '12': '12',
    '9.3': '9.3',
    '12.0': '12',
    '012': '12',
    ' 9.3 ': '9.3',
    '999.9': '999.9',
    '<8': '<8',
    '<8.0': '<8',
    '>25': '>25',
    '>25.2': '>25.2',
    '12.X': '12.X',
    '12.x': '12.X',
    OL: 'OL',
    ol: 'OL',
    f: 'F',
  };
  for (const [text, label] of Object.entries(written)) t.equal(parseAllele(text), label, text);
  t.end();
});

t.test('what is no allele is refused', (t) => {
  const refused = [
    '0',
    '00',
    '0.3',
    '-3',
    '9.33',
    'abc',
    '',
    ' ',
    '12.',
    '.3',
    '9,3',
    '+12',
    '1e2',
  ];
  const refusedToo = [
    '1000',
    '<',
    '<0',
    '< 8',
    '<8.X',
    '>12.X',
    '<>8',
    'X',
    'OL1',
    '12 13',
    '１２',
  ];
  for (const text of [...refused, ...refusedToo])
    t.equal(parseAllele(text), undefined, `"${text}"`);
  t.end();
});

t.test('only an allele of known length is on the ladder', (t) => {
  for (const label of ['1', '9.3', '12', '999.9'] as AlleleLabel[]) t.ok(isOnLadder(label), label);
  for (const label of ['<8', '>25', '12.X', 'OL', 'F'] as AlleleLabel[])
    t.notOk(isOnLadder(label), label);
  t.end();
});

t.test('9.3 is nine whole repeats and three bases', (t) => {
  t.equal(wholeRepeats('9.3' as AlleleLabel), 9);
  t.equal(microvariant('9.3' as AlleleLabel), 3);
  t.equal(wholeRepeats('12' as AlleleLabel), 12);
  t.equal(microvariant('12' as AlleleLabel), 0);
  t.end();
});

t.test('the stored number of every allele leads back to it', (t) => {
  const codes = new Set<number>([0xffff]);
  for (const label of ['OL', 'F'] as AlleleLabel[])
    t.equal(decodeAllele(encodeAllele(label)), label);
  for (let whole = 1; whole <= 999; whole++) {
    for (const part of ['', '.1', '.2', '.3', '.9']) {
      const labels = [`${whole}${part}`, `<${whole}${part}`, `>${whole}${part}`];
      if (part === '') labels.push(`${whole}.X`);
      for (const label of labels as AlleleLabel[]) {
        const code = encodeAllele(label);
        codes.add(code);
        if (decodeAllele(code) !== label) t.fail(`${label} came back as ${decodeAllele(code)}`);
        if (!(code > 0 && code < 0xffff)) t.fail(`${label} has number ${code}`);
      }
    }
  }
  t.equal(codes.size, 1 + 999 * (5 * 3 + 1), 'no two alleles share a number');
  t.end();
});

t.test('the stored numbers of known alleles do not move', (t) => {
  const codes = {
    '12': 120,
    '9.3': 93,
    '<8': 16384 + 80,
    '>25': 32768 + 250,
    '12.X': 49152 + 120,
    OL: 65535,
  };
  for (const [label, code] of Object.entries(codes)) {
    t.equal(encodeAllele(label as AlleleLabel), code, label);
  }
  t.end();
});

t.test('alleles are ordered by length, those off the ladder last', (t) => {
  const shuffled = ['OL', '10', '<8', '9.3', '12.X', '9', '>25', '100'] as AlleleLabel[];
  t.same(shuffled.sort(compareAlleles), ['9', '9.3', '10', '100', '<8', '>25', '12.X', 'OL']);
  t.end();
});
