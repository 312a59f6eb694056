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

/** So many columns fit on a page. */
const PAGE_WIDTH = 110;

/** The same in blocks, where one is wider than a page; each begins with the first column. */
export function formatWideTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]!.length)),
  );
  const blocks: number[][] = [];
  let left = 0;
  for (let column = 1; column < header.length; column++) {
    const width = widths[column]! + 2;
    if (width > left || blocks.length === 0) {
      blocks.push([0]);
      left = PAGE_WIDTH - widths[0]!;
    }
    blocks.at(-1)!.push(column);
    left -= width;
  }
  const pick = (block: readonly number[], cells: readonly string[]): string[] =>
    block.map((column) => cells[column]!);
  return blocks
    .map((block) =>
      formatTable(
        pick(block, header),
        rows.map((row) => pick(block, row)),
      ),
    ) // prettier-ignore
    .join('\n\n');
}

/** A text in lines that fit on a page, those after the first indented. */
export function wrap(text: string, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > PAGE_WIDTH) {
      lines.push(line);
      line = `${' '.repeat(indent)}${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

/** A log10 LR with two decimals. */
export function formatLog10(log10Lr: number): string {
  return log10Lr.toFixed(2);
}
