import { HomewardError, quotable } from '../platform/errors.ts';

/** What is wrong with a column of a file, by its name. */
export function columnFault(
  code: 'CSV_HEADER_INVALID' | 'FREQUENCY_TABLE_INVALID',
  column: string,
  message: string,
): HomewardError {
  const field = quotable(column);
  return new HomewardError(code, `Column "${field}": ${message}.`, [{ field, message }]);
}
