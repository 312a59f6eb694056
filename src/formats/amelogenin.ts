import type { Amelogenin, RowFault, RowNote } from './row.ts';
import { CELL_IS_FORMULA, isFormula } from './formula.ts';

/** What the cells of amelogenin say: a sex, what is wrong, that they were not read, or nothing. */
export type AmelogeninReading = {
  readonly amelogenin: Amelogenin | null;
  readonly fault: RowFault | undefined;
  readonly note: RowNote | undefined;
};

const NOT_TYPED: AmelogeninReading = { amelogenin: null, fault: undefined, note: undefined };

/**
 * Reads amelogenin as it is written: `X`, `X,X`, `X,Y`, `XY`, in one cell or several. All cells count
 * together, as two kits type it twice: a Y that one of them sees is there.
 */
export function readAmelogenin(field: string, cells: readonly string[]): AmelogeninReading {
  if (cells.some(isFormula)) return { ...NOT_TYPED, fault: { field, ...CELL_IS_FORMULA } };
  const letters = cells
    .join('')
    .toUpperCase()
    .replace(/[\s,/]/g, '');
  if (letters === '') return NOT_TYPED;
  if (!/^[XY]+$/.test(letters)) return { ...NOT_TYPED, note: { field, message: NOT_READ } };
  const shows = letters.includes('Y') ? 'male' : 'female';
  return { ...NOT_TYPED, amelogenin: { field, shows } };
}

const NOT_READ = 'not read, so the sex was not compared with it; write X, or X and Y';
