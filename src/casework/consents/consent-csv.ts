import { columnFault } from '../../formats/column-fault.ts';
import { readCsvTable } from '../../formats/csv-table.ts';
import { writeReportCsv } from '../../formats/report-csv.ts';
import { HomewardError } from '../../platform/errors.ts';
import type { ConsentReport } from './consents.schema.ts';

/** A form as a row of a CSV says it, in the shape that POST /v1/consents takes; it is judged there. */
export type SentConsent = {
  readonly row: number;
  readonly form: Readonly<Record<string, unknown>>;
};

/** The columns, and what they are called in JSON. */
const COLUMNS: ReadonlyMap<string, string> = new Map([
  ['sample_id', 'sampleId'],
  ['version', 'version'],
  ['purpose', 'purpose'],
  ['signer', 'signer'],
  ['signed_on', 'signedOn'],
  ['age_years', 'ageYears'],
  ['deceased', 'deceased'],
  ['retain_until', 'retainUntil'],
]);

/** Those that may be missing, or empty in a row. */
const OPTIONAL: ReadonlySet<string> = new Set(['deceased', 'retain_until']);

/**
 * Reads consents from a CSV with a header: `sample_id`, `version`, `purpose`, `signer`, `signed_on`,
 * `age_years`, and if need be `deceased` and `retain_until`.
 * @param bytes UTF-8
 * @throws HomewardError CSV_HEADER_INVALID; CSV_MALFORMED for a row with other cells than the header
 */
export async function readConsentCsv(bytes: Uint8Array): Promise<SentConsent[]> {
  const { rows, isWhole } = await readCsvTable(bytes);
  if (!isWhole) {
    const message = `Row ${(rows.at(-1)?.row ?? 0) + 1}: a quote is not closed or stands in the wrong place.`;
    throw new HomewardError('CSV_MALFORMED', message);
  }
  const [header, ...rest] = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const columns = readHeader(header?.cells ?? []);
  return rest.map(({ row, cells }) => {
    if (cells.length !== columns.length) {
      throw new HomewardError(
        'CSV_MALFORMED',
        `Row ${row}: it has ${cells.length} cells where the header has ${columns.length}.`,
      );
    }
    const said = columns.flatMap((column, place) => {
      const cell = cells[place]?.trim() ?? '';
      if (cell === '' && OPTIONAL.has(column)) return [];
      return [[COLUMNS.get(column), readCell(column, cell)] as const];
    });
    return { row, form: Object.fromEntries(said) as SentConsent['form'] };
  });
}

function readHeader(cells: readonly string[]): string[] {
  const columns = cells.map((cell) => cell.replace('\uFEFF', '').trim().toLowerCase());
  columns.forEach((column, place) => {
    if (!COLUMNS.has(column)) {
      const message = `consents have none of this name; they are ${[...COLUMNS.keys()].join(', ')}`;
      throw columnFault('CSV_HEADER_INVALID', column, message);
    }
    if (columns.indexOf(column) < place) {
      throw columnFault('CSV_HEADER_INVALID', column, 'it stands twice; keep one');
    }
  });
  const missing = [...COLUMNS.keys()].find(
    (column) => !OPTIONAL.has(column) && !columns.includes(column),
  );
  if (missing !== undefined) {
    throw columnFault('CSV_HEADER_INVALID', missing, 'the file has none; add it');
  }
  return columns;
}

/** What is no number or truth value stays text, and is refused with its row. */
function readCell(column: string, cell: string): string | number | boolean {
  if (column === 'age_years' && /^\d{1,3}$/.test(cell)) return Number(cell);
  if (column === 'deceased' && /^(true|false)$/i.test(cell)) return cell.toLowerCase() === 'true';
  return cell;
}

/** The first line of a report on consents. */
export const CONSENT_REPORT_HEADER = writeReportCsv([['sample_id', 'row', 'outcome', 'faults']]);

/** What follows {@link CONSENT_REPORT_HEADER}: a line for each row. */
export function writeConsentLines(rows: readonly ConsentReport[]): string {
  const lines = rows.map(({ row, sampleId, outcome, faults }) => {
    const said = faults.map(({ field, code, message }) =>
      [field, code, message].filter((part) => part !== null).join(': '),
    );
    return [sampleId ?? '', String(row), outcome, said.join('; ')];
  });
  return writeReportCsv(lines, { bom: false });
}
