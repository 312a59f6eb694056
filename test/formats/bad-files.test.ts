import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { HomewardError } from '../../src/platform/errors.ts';
import { ROOT } from '../package.ts';
import { faultsIn, readFile } from './people.ts';

const FOLDER = join(ROOT, 'fixtures/bad-files');

/** What a file must come to: people taken and rows refused, or the error it is refused with whole. */
type Expected = { people: number; faults: string[] } | { code: string; says: RegExp };

const line = (code: string, number: number): Expected => ({
  code,
  says: new RegExp(`^Line ${number}\\b`),
});
const project = (number: number): Expected => ({
  code: 'CASE_INVALID',
  says: new RegExp(`^line ${number}: expected .*save it again`),
});
const UNREADABLE = 'row ROW_UNREADABLE';

const FILES: Readonly<Record<string, Expected>> = {
  'torn-row.csv': { people: 1, faults: [`3 ${UNREADABLE}`] },
  'torn-cells.csv': { people: 1, faults: [`3 ${UNREADABLE}`] },
  'torn-tag.xml': line('CODIS_INVALID', 9),
  'torn-element.xml': line('CODIS_INVALID', 9),
  'mixed-encodings.csv': line('ENCODING_UNKNOWN', 3),
  'latin-1.csv': line('ENCODING_UNKNOWN', 2),
  'big5.csv': line('ENCODING_UNKNOWN', 2),
  'nul-bytes.csv': { people: 1, faults: ['2 sample_id FIELD_INVALID', '3 TH01 ALLELE_INVALID'] },
  'utf-16-without-mark.csv': { code: 'ENCODING_UNKNOWN', says: /NUL bytes; save it as UTF-8/ },
  'utf-16-torn.csv': { code: 'ENCODING_UNKNOWN', says: /not utf-16le throughout/ },
  'lying-declaration.xml': line('ENCODING_UNKNOWN', 4),
  'lying-mark.csv': { code: 'CSV_HEADER_INVALID', says: /single column/ },
  'unknown-encoding.xml': { code: 'ENCODING_UNKNOWN', says: /is not read here; use one of utf-8/ },
  'entity-bomb.xml': { code: 'CODIS_INVALID', says: /^Line 6: .*document type/ },
  'external-entity.xml': { code: 'CODIS_INVALID', says: /^Line 2: .*document type/ },
  'undeclared-entity.xml': line('CODIS_INVALID', 3),
  'another-root.xml': { code: 'CODIS_INVALID', says: /^Line 1: .*root is not CODISImportFile/ },
  'another-namespace.xml': { code: 'CODIS_INVALID', says: /^Line 1: .*root is not/ },
  'suspect.xml': { people: 1, faults: ['2 SPECIMENCATEGORY KIND_REFUSED'] },
  'two-ids.xml': { code: 'CODIS_INVALID', says: /^Line 3: .*second SPECIMENID/ },
  'vague-categories.xml': {
    people: 1,
    faults: [
      '2 SPECIMENCATEGORY CATEGORY_NOT_TAKEN',
      '3 SPECIMENCATEGORY CATEGORY_NOT_TAKEN',
      '4 SPECIMENCATEGORY CATEGORY_NOT_TAKEN',
      '5 SPECIMENCATEGORY FIELD_MISSING',
    ],
  },
  'header-twice.csv': { code: 'CSV_HEADER_INVALID', says: /Column "TH01"/ },
  'header-twice.txt': { code: 'CSV_HEADER_INVALID', says: /Column "Allele 1": it stands twice/ },
  'quote-never-closed.csv': { people: 1, faults: [`3 ${UNREADABLE}`] },
  'quote-never-closed.txt': { code: 'CSV_MALFORMED', says: /^Row 3: a quote/ },
  'mixed-separators.csv': { people: 2, faults: [`3 ${UNREADABLE}`, `4 ${UNREADABLE}`] },
  'marker-twice.txt': { people: 1, faults: ['2 row 4 LOCUS_TWICE'] },
  'marker-unknown.txt': {
    people: 1,
    faults: ['2 row 2 LOCUS_UNKNOWN', '4 Sample Name FIELD_MISSING', `5 ${UNREADABLE}`],
  },
  'no-alleles.txt': { code: 'CSV_HEADER_INVALID', says: /Column "Allele 1"/ },
  'formulas.csv': {
    people: 1,
    faults: ['2 sample_id CELL_IS_FORMULA', '3 family CELL_IS_FORMULA', '4 TH01 CELL_IS_FORMULA'],
  },
  'zip-bomb.csv': { code: 'FILE_COMPRESSED', says: /zip archive or a workbook.*unpack it/ },
  'gzip-bomb.csv': { code: 'FILE_COMPRESSED', says: /gzip/ },
  'old-workbook.csv': { code: 'FILE_COMPRESSED', says: /workbook/ },
  'torn.fam': project(29),
  'lying-people.fam': project(37),
  'lying-people-many.fam': project(5),
  'lying-loci.fam': project(107),
  'lying-allele.fam': project(13),
  'old-familias.fam': project(3),
  'two-pedigrees.fam': {
    people: 0,
    faults: ['1 family FAMILY_UNCLEAR', '3 family FAMILY_UNCLEAR'],
  },
  'json-as-csv.csv': { code: 'FORMAT_MISMATCH', says: /send it as application\/json/ },
};

async function check(t: Test, content: Uint8Array | string, expected: Expected): Promise<void> {
  try {
    const outcomes = await readFile(content);
    const people = outcomes.filter((outcome) => 'person' in outcome).length;
    t.strictSame({ people, faults: faultsIn(outcomes) }, expected);
  } catch (error) {
    if (!(error instanceof HomewardError) || !('code' in expected)) throw error;
    t.match(error, { code: expected.code, message: expected.says });
    t.ok(error.status >= 400 && error.status < 500, 'the sender may mend it');
  }
}

t.test(
  'every bad file gets the report of its rows, or an error that names the place',
  async (t) => {
    const names = readdirSync(FOLDER).filter((name) => name !== 'README.md');
    t.strictSame(names.sort(), Object.keys(FILES).sort(), 'each is expected to come to something');
    for (const [name, expected] of Object.entries(FILES)) {
      await t.test(name, (t) => check(t, readFileSync(join(FOLDER, name)), expected));
    }
  },
);

const XML = '<CODISImportFile xmlns="urn:CODISImportFile-schema">';

t.test('what is large is refused early, in little memory', async (t) => {
  const deep = `${XML}${'<a>'.repeat(200_000)}`;
  await t.test('deep XML', (t) =>
    check(t, deep, { code: 'CODIS_INVALID', says: /nested too deep/ }),
  );
  const name = `${XML}<SPECIMEN><SPECIMENID>${'x'.repeat(1_000_000)}</SPECIMENID></SPECIMEN></CODISImportFile>`; // prettier-ignore
  await t.test('one huge text', (t) =>
    check(t, name, { code: 'CODIS_INVALID', says: /longer than 256 characters/ }),
  );
  const attribute = `${XML}<SPECIMEN CASEID="${'x'.repeat(1_000_000)}"></SPECIMEN></CODISImportFile>`;
  await t.test('one huge attribute', (t) =>
    check(t, attribute, { code: 'CODIS_INVALID', says: /longer than 256 characters/ }),
  );
  const cell = `sample_id,TH01\n${'x'.repeat(4_000_000)},9\nU2,9\n`;
  await t.test('one huge cell', (t) =>
    check(t, cell, { people: 1, faults: ['2 sample_id FIELD_INVALID'] }),
  );
  const header = `sample_id,${'x'.repeat(1_000_000)}\nU1,9\n`;
  await t.test('one huge header', (t) =>
    check(t, header, { code: 'CSV_HEADER_INVALID', says: /Column "\?"/ }),
  );
});
