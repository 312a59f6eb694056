import { stringify } from 'csv-stringify/sync';

/** With a byte order mark, without which spreadsheets mistake UTF-8; no cell of it is a formula to them. */
export function writeReportCsv(
  rows: readonly (readonly string[])[],
  options: { bom?: boolean; delimiter?: string } = {},
): string {
  const copies = rows.map((cells) => [...cells]);
  return stringify(copies, { bom: true, escape_formulas: true, ...options });
}
