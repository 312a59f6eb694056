import { type CsvTable, readCsvTable } from '../../formats/csv-table.ts';
import { openPersonFile } from '../../formats/person-file.ts';
import { writeReportCsv } from '../../formats/report-csv.ts';
import type { Receipt, RowReport } from './batch.schema.ts';
import type { Upload } from './upload.ts';

/** What is said of each row. A file that has these columns can be sent again: they are passed over. */
const COLUMNS = ['row', 'outcome', 'case_id', 'faults', 'notes'];

/** The first line of a receipt as CSV. */
export const REPORT_HEADER = writeReportCsv([['sample_id', ...COLUMNS]]);

/** What follows {@link REPORT_HEADER}: a line for each row, without what was sent. */
export function writeReportLines(rows: readonly RowReport[]): string {
  return writeReportCsv(
    rows.map((report) => [report.sampleId ?? '', ...reportCells(report)]),
    { bom: false },
  );
}

/** A receipt as CSV. */
export function writeReport({ rows }: Receipt): string {
  return REPORT_HEADER + writeReportLines(rows);
}

/**
 * The CSV that was sent, with the report in further columns; of any other form, as {@link writeReport}.
 * Cells behind the last column of the header come behind the report.
 */
export async function writeAnnotatedFile(receipt: Receipt, upload: Upload): Promise<string> {
  const sent = await readSent(upload);
  if (!sent) return writeReport(receipt);
  const [header, ...rest] = sent.rows;
  const cellsOf = new Map(rest.map(({ row, cells }) => [row, cells]));
  const columns = header?.cells ?? [];
  const lines = receipt.rows.map((report) => {
    const cells = cellsOf.get(report.row) ?? [report.sampleId ?? ''];
    const within = columns.map((_, place) => cells[place] ?? '');
    return [...within, ...reportCells(report), ...cells.slice(columns.length)];
  });
  return writeReportCsv([[...columns, ...COLUMNS], ...lines], { delimiter: sent.separator });
}

async function readSent({ content, hints }: Upload): Promise<CsvTable | null> {
  if (!(content instanceof Uint8Array)) return null;
  const file = openPersonFile(content, hints);
  return file.format === 'csv' ? readCsvTable(file.bytes) : null;
}

function reportCells({ row, outcome, caseId, faults, notes }: RowReport): string[] {
  const said = faults.map(({ field, code, message }) =>
    [field, code, message].filter((part) => part !== null).join(': '),
  );
  const known = notes.map(({ field, message }) => `${field}: ${message}`);
  return [String(row), outcome, caseId ?? '', said.join('; '), known.join('; ')];
}
