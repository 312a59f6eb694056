import { CsvError } from 'csv-parse';
import { cutBlocks } from './csv-block.ts';
import { CsvLine } from './csv-line.ts';
import { readRecords } from './csv-records.ts';
import { findSeparator, type Separator } from './csv-separator.ts';

/** A record of a CSV as it stands there; `row` counts from 1, blank lines too. */
export type CsvRow = { readonly row: number; readonly cells: readonly string[] };

export type CsvTable = {
  readonly separator: Separator;
  readonly rows: readonly CsvRow[];
  /** False where it stops being CSV before its end. */
  readonly isWhole: boolean;
};

/**
 * The records of a CSV, whatever they say, up to where it stops being one.
 * @param bytes UTF-8
 */
export async function readCsvTable(bytes: Uint8Array): Promise<CsvTable> {
  const rows: CsvRow[] = [];
  const line = new CsvLine();
  let before = 0;
  let isWhole = true;
  const separator = findSeparator(bytes);
  line.separator = separator.charCodeAt(0);
  try {
    for await (const block of cutBlocks([bytes])) {
      before += readRecords(block, line, (row) => {
        rows.push({ row: before + row, cells: line.cells() });
      });
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    isWhole = false;
  }
  return { separator, rows, isWhole };
}
