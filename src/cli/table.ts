/** Lines of text with aligned columns; numbers (right) and words (left) by the first row's look. */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]!.length)),
  );
  const isNumber = header.map((_, column) =>
    rows.every((row) => /^[-+]?[\d.]*(e[-+]?\d+)?( of \d+)?$/.test(row[column]!)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        isNumber[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join(
    '\n',
  );
}

/** A log10 LR with two decimals. */
export function formatLog10(log10Lr: number): string {
  return log10Lr.toFixed(2);
}

/** A probability or an expected number: three digits, small ones as a power of ten. */
export function formatSmall(value: number): string {
  if (value === 0) return '0';
  return value >= 0.001 ? value.toPrecision(3) : value.toExponential(1);
}

/** A posterior: as many nines as it has, never rounded to 1. */
export function formatPosterior(probability: number): string {
  const rest = 1 - probability;
  if (rest <= 0) return '>0.999999999999999';
  const digits = Math.min(15, Math.max(4, Math.ceil(-Math.log10(rest)) + 1));
  return probability.toFixed(digits).replace(/^1\.0+$/, `>${(1 - 10 ** -digits).toFixed(digits)}`);
}
