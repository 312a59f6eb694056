/** How the cell of a spreadsheet begins that holds a formula, which other programs would carry out. */
const FORMULA = /^\s*[=+@]/;

export function isFormula(text: string): boolean {
  return FORMULA.test(text);
}

/** What is wrong with such a cell where it is read. */
export const CELL_IS_FORMULA = {
  code: 'CELL_IS_FORMULA',
  message: 'the cell begins as a formula does; write its value without "=", "+" or "@" before it',
} as const;
