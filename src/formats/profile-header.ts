import { findLocus, type Locus } from '../kinship/index.ts';
import { HomewardError, quotable } from '../platform/errors.ts';
import { columnFault } from './column-fault.ts';
import { type PersonFields, UNKNOWN_LOCUS } from './person-row.ts';
import { isAmelogenin } from './sex-marker.ts';

type Field = keyof PersonFields;

/** Spellings of the columns that are not loci, folded to lower case without blanks, `_` and `-`. */
const FIELDS: ReadonlyMap<string, Field> = new Map([
  ['sample', 'sampleId'],
  ['sampleid', 'sampleId'],
  ['samplename', 'sampleId'],
  ['specimenid', 'sampleId'],
  ['id', 'sampleId'],
  ['kind', 'kind'],
  ['samplekind', 'kind'],
  ['sex', 'sex'],
  ['family', 'family'],
  ['familyid', 'family'],
  ['relation', 'relation'],
]);

/** Columns that laboratories send along and that say nothing about kinship: read over. */
const PASSED_OVER = new Set([
  'yindel',
  'dys391',
  'population',
  'kit',
  'comment',
  // The report on a file, which may be mended and sent again.
  'row',
  'outcome',
  'caseid',
  'faults',
  'notes',
]);

/** What the header says of each column. */
export type ProfileColumn =
  | { readonly kind: 'field'; readonly field: Field }
  | {
      readonly kind: 'locus';
      readonly locus: Locus;
      readonly header: string;
      readonly place: string;
    }
  /** All columns of it count together. */
  | { readonly kind: 'amelogenin'; readonly header: string }
  | { readonly kind: 'passed-over' };

/**
 * What each column holds.
 * @throws HomewardError CSV_HEADER_INVALID
 */
export function readHeader(headers: readonly string[]): readonly ProfileColumn[] {
  if (headers.length < 2) {
    throw new HomewardError(
      'CSV_HEADER_INVALID',
      'The header has a single column; separate the columns by commas, semicolons or tabs.',
    );
  }
  const named = headers.some((header) => FIELDS.get(fold(header)) === 'sampleId');
  const seen = new Map<string, string>();
  return headers.map((header, place): ProfileColumn => {
    const column = readColumn(header);
    if (place === 0 && !named) {
      if (!column) return { kind: 'field', field: 'sampleId' };
      throw headerFault(header, 'no column holds the sample id; name one sample_id');
    }
    if (header === '') {
      throw headerFault(String(place + 1), 'it has no name; give it one or delete it');
    }
    if (!column) throw headerFault(header, UNKNOWN_LOCUS);
    for (const key of keysOf(column)) {
      const other = seen.get(key);
      if (other !== undefined) {
        throw headerFault(header, `the column "${quotable(other)}" says the same; keep one`);
      }
      seen.set(key, header);
    }
    return column;
  });
}

/** Which columns exclude each other: one a field, one whole or up to four numbered ones a locus. */
function keysOf(column: ProfileColumn): string[] {
  switch (column.kind) {
    case 'field':
      return [column.field];
    case 'locus':
      return column.place === ''
        ? ['', '1', '2', '3', '4'].map((place) => `${column.locus} ${place}`)
        : [`${column.locus} ${column.place}`];
    case 'amelogenin':
    case 'passed-over':
      return [];
  }
}

/** What a column is by its name; undefined for a name that says nothing. */
function readColumn(header: string): ProfileColumn | undefined {
  const field = FIELDS.get(fold(header));
  if (field) return { kind: 'field', field };
  // A number set apart comes first: F13A_1 is a column of F13A, although F13A1 is a name of it.
  const [, apart = '', placeApart = ''] = /^(.+?)[\s_.-]+([1-4])$/.exec(header) ?? [];
  const numbered = findLocus(apart);
  if (numbered) return { kind: 'locus', locus: numbered, header, place: placeApart };
  const whole = findLocus(header);
  if (whole) return { kind: 'locus', locus: whole, header, place: '' };
  const [, name = '', place = ''] = /^(.+?)[\s_.-]*([1-4])$/.exec(header) ?? [];
  const locus = findLocus(name);
  if (locus) return { kind: 'locus', locus, header, place };
  if (isAmelogenin(name) || isAmelogenin(header)) return { kind: 'amelogenin', header };
  const isPassedOver = PASSED_OVER.has(fold(name)) || PASSED_OVER.has(fold(header));
  return isPassedOver ? { kind: 'passed-over' } : undefined;
}

function headerFault(column: string, message: string): HomewardError {
  return columnFault('CSV_HEADER_INVALID', column, message);
}

function fold(header: string): string {
  return header.toLowerCase().replace(/[\s_-]/g, '');
}
