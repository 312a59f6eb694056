import { writeReportCsv } from '../../formats/report-csv.ts';
import type { AuditEntry } from './audit-entry.ts';

const COLUMNS = [
  'seq',
  'at',
  'actor',
  'role',
  'action',
  'object',
  'origin',
  'request_id',
  'status',
  'hash',
];

/** Entries as a spreadsheet shows them. It is no chain: `homeward audit export` writes one. */
export function writeEntries(entries: readonly AuditEntry[]): string {
  return writeReportCsv([COLUMNS, ...entries.map(toCells)]);
}

function toCells(entry: AuditEntry): string[] {
  const { seq, at, actor, role, action, object, origin, requestId, status, hash } = entry;
  const named = Object.entries(object).map(([name, id]) => `${name}=${id}`);
  return [
    ...[String(seq), at, actor ?? '', role ?? '', action, named.join(' ')],
    ...[origin, requestId, String(status), hash],
  ];
}
