/** Genotypes of one person as they are written, by locus. */
export type WrittenProfile = {
  /** As the file calls the person; null where it says nothing. */
  readonly id: string | null;
  readonly genotypes: ReadonlyMap<string, string>;
};

/** A repeat number, with its bases or out of the ladder's range; or what a laboratory writes in place of one. */
const ALLELE = /^([<>]?\d{1,3}(\.(\d|x))?|ol|f)$/i;
const BETWEEN_ALLELES = /[\s,;:/]+/;
/** Titles over rows of loci. */
const TITLE = /^(locus|marker|基因座)\b/i;

/**
 * Reads what was pasted or dropped: rows of a locus and its alleles, of one person or with a column
 * each; or a table with a column a locus (or two) and a row a person.
 * @param known names of loci, in the spelling to use
 * @returns nobody where no genotype can be read
 */
export function readProfiles(text: string, known: readonly string[]): readonly WrittenProfile[] {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  const [header] = lines;
  if (header === undefined) return [];
  const spell = speller(known);
  const separator = separatorOf(header);
  const columns = splitCells(header, separator).map((title) => locusOf(title, spell));
  const isWide = columns.filter((locus) => locus !== null).length >= 2;
  const read = isWide ? readTable(lines, separator, columns) : readRows(lines, spell);
  return read.filter(({ genotypes }) => genotypes.size > 0);
}

/** The alleles of a genotype as it was typed. */
export function splitAlleles(written: string): string[] {
  return written.split(BETWEEN_ALLELES).filter((allele) => allele !== '');
}

type Spell = (name: string) => string | null;

/** Finds a known locus, however its name is spaced and in capitals or not. */
function speller(known: readonly string[]): Spell {
  const fold = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');
  const byFolded = new Map(known.map((name) => [fold(name), name]));
  return (name) => byFolded.get(fold(name)) ?? null;
}

/** The locus of a column; its second column may be numbered. */
function locusOf(title: string, spell: Spell): string | null {
  return spell(title) ?? spell(title.replace(/[\s_.-]*(allele)?[\s_.-]*[12]$/i, ''));
}

function separatorOf(line: string): string {
  if (line.includes('\t')) return '\t';
  return line.split(';').length > line.split(',').length ? ';' : ',';
}

/** The cells of a line; what stands in quotes may hold the separator. */
function splitCells(line: string, separator: string): string[] {
  const cells = [''];
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) cells.push('');
    else cells.push((cells.pop() ?? '') + character);
  }
  return cells.map((cell) => cell.trim());
}

function readTable(
  [, ...rows]: readonly string[],
  separator: string,
  columns: readonly (string | null)[],
): WrittenProfile[] {
  return rows.map((row) => {
    const cells = splitCells(row, separator);
    const genotypes = new Map<string, string>();
    columns.forEach((locus, place) => {
      const alleles = splitAlleles(cells[place] ?? '');
      if (locus === null || alleles.length === 0) return;
      const before = splitAlleles(genotypes.get(locus) ?? '');
      genotypes.set(locus, [...before, ...alleles].join(','));
    });
    const id = columns[0] === null ? (cells[0] ?? '') : '';
    return { id: id === '' ? null : id, genotypes };
  });
}

function readRows(lines: readonly string[], spell: Spell): WrittenProfile[] {
  const people: Map<string, string>[] = [];
  for (const line of lines) {
    const { name, genotypes } = readRow(line);
    const locus = spell(name) ?? name;
    if (locus === '' || TITLE.test(locus)) continue;
    genotypes.forEach((genotype, place) => {
      if (genotype !== '') (people[place] ??= new Map()).set(locus, genotype);
    });
  }
  return Array.from(people, (genotypes: ReadonlyMap<string, string> | undefined) => ({
    id: null,
    genotypes: genotypes ?? new Map<string, string>(),
  }));
}

/** A locus and its genotypes: one, or one a column where columns hold more than one allele. */
function readRow(line: string): { name: string; genotypes: string[] } {
  const [name = '', ...cells] = splitCells(line, '\t');
  const alleles = cells.map(splitAlleles);
  if (alleles.some(({ length }) => length > 1)) {
    return { name, genotypes: alleles.map((one) => (one.every(isAllele) ? one.join(',') : '')) };
  }
  const words = splitAlleles(line);
  const begin = words.findLastIndex((word) => !isAllele(word)) + 1;
  // A locus has a name, which holds a letter or is not all of the line.
  return { name: words.slice(0, begin).join(' '), genotypes: [words.slice(begin).join(',')] };
}

function isAllele(word: string): boolean {
  return ALLELE.test(word);
}
