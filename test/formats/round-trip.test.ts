import fc from 'fast-check';
import t from 'tap';
import { writeCodisXml } from '../../src/formats/codis-xml-writer.ts';
import { writeGeneMapper } from '../../src/formats/genemapper-writer.ts';
import { writeProfileCsv } from '../../src/formats/profile-csv-writer.ts';
import type { PersonRow } from '../../src/formats/row.ts';
import { readText } from '../package.ts';
import { peopleOf, peopleWith, plain } from './people.ts';

const ENVELOPE = { sourceLab: 'A&B', destinationOri: 'C<D>', userId: '"e"', at: new Date(1e12) };

const WRITERS = {
  csv: (people: readonly PersonRow[]) => writeProfileCsv(people, 'one'),
  'csv in several columns': (people: readonly PersonRow[]) => writeProfileCsv(people, 'several'),
  genemapper: writeGeneMapper,
};

for (const [name, write] of Object.entries(WRITERS)) {
  t.test(`${name}: whatever people are written, they are read again`, async (t) => {
    let people = 0;
    const property = fc.asyncProperty(peopleWith(), async (list) => {
      people += list.length;
      t.strictSame(await peopleOf(write(list)), list.map(plain));
    });
    await fc.assert(property, { numRuns: 60 });
    t.ok(people > 60, `${people} people`);
  });
}

t.test('CODIS: whom it can hold is read again', async (t) => {
  const holdable = peopleWith([null, 'father', 'mother', 'sibling']);
  const property = fc.asyncProperty(holdable, async (list) => {
    t.strictSame(await peopleOf(writeCodisXml(list, ENVELOPE)), list.map(plain));
  });
  await fc.assert(property, { numRuns: 60 });
});

t.test('CODIS: nobody is written with something lost', async (t) => {
  const [person] = fc.sample(peopleWith([null]), 1)[0]!;
  const cannot: [Partial<PersonRow>, RegExp][] = [
    [{ relation: 'maternal-uncle', sex: 'male', family: 'F' }, /category for a maternal-uncle/],
    [{ sex: 'female' }, /no sex/],
    [{ family: 'F' }, /families of relatives only/],
    [{ sampleId: 'x'.repeat(25) }, /24/],
  ];
  for (const [change, message] of cannot) {
    t.throws(() => writeCodisXml([{ ...person!, ...change }], ENVELOPE), { code: 'FORMAT_UNFIT', message }); // prettier-ignore
  }
});

t.test('a file of one format goes through every other and comes out equal', async (t) => {
  const people = await peopleOf(readText('fixtures/codis/nist-three.xml'));
  t.equal(people.length, 3);
  for (const [name, write] of Object.entries(WRITERS)) {
    t.strictSame(await peopleOf(write(people)), people, name);
  }
  t.strictSame(await peopleOf(writeCodisXml(people, ENVELOPE)), people);
});

t.test('nothing that is written begins as a formula does', (t) => {
  for (const list of fc.sample(peopleWith(), 30)) {
    for (const write of Object.values(WRITERS)) {
      const cells = write(list)
        .replace('\uFEFF', '')
        .split(/[,\t\n]/);
      t.notOk(cells.some((cell) => /^"?[=+@-]/.test(cell)));
    }
  }
  t.end();
});
