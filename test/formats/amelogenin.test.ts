import t from 'tap';
import { readPersonJson } from '../../src/casework/intake/person-json.ts';
import { readAmelogenin } from '../../src/formats/amelogenin.ts';
import type { PersonRow } from '../../src/formats/row.ts';
import { faultsOf, readPeople } from './csv.ts';
import { readFile } from './people.ts';

const shown = (cells: readonly string[]): string | null =>
  readAmelogenin('AMEL', cells).amelogenin?.shows ?? null;

t.test('amelogenin is read as laboratories write it', (t) => {
  for (const cells of [['X'], ['X', ''], ['X,X'], ['x/x'], ['X', 'X'], ['XX'], [' X ']]) {
    t.equal(shown(cells), 'female', cells.join('|'));
  }
  for (const cells of [
    ['X,Y'],
    ['XY'],
    ['X', 'Y'],
    ['Y', 'X'],
    ['y'],
    ['x / y'],
    ['X', 'X', 'Y'],
  ]) {
    t.equal(shown(cells), 'male', cells.join('|'));
  }
  for (const cells of [[], [''], [' ', '']]) {
    t.same(readAmelogenin('AMEL', cells), { amelogenin: null, fault: undefined, note: undefined });
  }
  for (const text of ['INC', '?', 'OL', '1,2', 'male']) {
    t.match(readAmelogenin('AMEL', [text]), { amelogenin: null, note: { field: 'AMEL' } }, text);
  }
  t.match(readAmelogenin('AMEL', ['=X']), { fault: { code: 'CELL_IS_FORMULA' } });
  t.end();
});

const CODIS = `<?xml version="1.0"?><CODISImportFile xmlns="urn:CODISImportFile-schema">
<SPECIMEN><SPECIMENID>A</SPECIMENID><SPECIMENCATEGORY>Unidentified Person</SPECIMENCATEGORY>
<LOCUS><LOCUSNAME>TH01</LOCUSNAME><ALLELE><ALLELEVALUE>9</ALLELEVALUE></ALLELE></LOCUS>
<LOCUS><LOCUSNAME>DYS391</LOCUSNAME><ALLELE><ALLELEVALUE>10</ALLELEVALUE></ALLELE></LOCUS>
<LOCUS><LOCUSNAME>Amelogenin</LOCUSNAME><ALLELE><ALLELEVALUE>X</ALLELEVALUE></ALLELE>
<ALLELE><ALLELEVALUE>Y</ALLELEVALUE></ALLELE></LOCUS></SPECIMEN></CODISImportFile>`;

t.test('every format says what amelogenin shows, and leaves it out of the profile', async (t) => {
  const files: readonly (readonly [field: string, content: string])[] = [
    ['Amelogenin', 'id,Amelogenin,TH01\nA,"X,Y",9\n'],
    ['AMEL_1', 'id;TH01;AMEL_1;AMEL_2\nA;9;X;Y\n'],
    ['row 3', 'Sample Name\tMarker\tAllele 1\tAllele 2\nA\tTH01\t9\t9\nA\tAMEL\tX\tY\nA\tYindel\t2\t\n'],
    ['LOCUS Amelogenin', CODIS],
  ]; // prettier-ignore
  const read = await Promise.all(
    files.map(async ([field, content]) => ({ field, outcome: (await readFile(content))[0] })),
  );
  const genotypes = { TH01: ['9'], amelogenin: ['X', 'Y'] };
  const outcome = readPersonJson({ sampleId: 'A', genotypes }, 0);
  for (const one of [...read, { field: 'genotypes.amelogenin', outcome }]) {
    const { person } = one.outcome as { person: PersonRow };
    t.match(person, { amelogenin: { field: one.field, shows: 'male' } }, one.field);
    t.same([...person.profile], [['TH01', ['9', '9']]]);
  }
});

t.test('in a row, cells of amelogenin count together, and are no genotype alone', async (t) => {
  const people = await readPeople('id,AMEL,Amelogenin,TH01\nA,X,"X,Y",9\nB,X,,9\nC,,,9\nD,no,,9\n');
  t.same(
    people.map(({ amelogenin }) => amelogenin?.shows ?? null),
    ['male', 'female', null, null],
  );
  t.match(people[3]!.notes, [{ field: 'AMEL' }]);
  t.same(await faultsOf('id,AMEL,TH01\nA,"X,Y",\n'), ['row NO_GENOTYPE']);
  t.same(await faultsOf('id,AMEL,TH01\nA,@X,9\n'), ['AMEL CELL_IS_FORMULA']);
});
