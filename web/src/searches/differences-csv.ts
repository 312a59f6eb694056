import type { Difference, SweptPair } from './use-differences.ts';

const HEADER = ['difference', 'person', 'family', 'relationship_before', 'log10_lr_before', 'relationship_now', 'log10_lr_now', 'candidate_id']; // prettier-ignore

/** Excel takes a file for UTF-8 that begins with it. */
const BYTE_ORDER_MARK = '\ufeff';
/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** Differences of a sweep as CSV, as RFC 4180 has it. */
export function writeDifferencesCsv(difference: Difference, pairs: readonly SweptPair[]): string {
  const rows = pairs.map(({ unknown, family, before, after, candidateId }) => [
    difference,
    guard(unknown),
    guard(family),
    before?.relationship ?? '',
    before?.log10Lr ?? '',
    after?.relationship ?? '',
    after?.log10Lr ?? '',
    candidateId,
  ]);
  return BYTE_ORDER_MARK + [HEADER, ...rows].map(writeLine).join('');
}

/** A code that begins as a formula does is text. */
function guard(code: string): string {
  return FORMULA.test(code) ? `'${code}` : code;
}

function writeLine(cells: readonly (string | number)[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`;
}

function writeCell(cell: string | number): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
