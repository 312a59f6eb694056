import type { Genotype, Locus } from '../kinship/index.ts';
import { readAmelogenin } from './amelogenin.ts';
import type { CsvLine } from './csv-line.ts';
import { LocusCells } from './locus-cells.ts';
import { makePersonRow, outcomeOf, type PersonFields } from './person-row.ts';
import type { ProfileColumn } from './profile-header.ts';
import type { Amelogenin, RowFault, RowNote, RowOutcome } from './row.ts';
import { RowProfile } from './row-profile.ts';

/** Reads the rows of a file of profiles by what its header says of the columns. */
export class ProfileRows {
  readonly #columnCount: number;
  readonly #fields: readonly (readonly [field: keyof PersonFields, place: number])[];
  readonly #loci: readonly LocusCells[];
  readonly #places: ReadonlyMap<Locus, number>;
  readonly #amelogenin: { readonly field: string; readonly places: number[] };

  /** @param hasDecimalCommas whether `9,3` may be the allele 9.3 */
  constructor(columns: readonly ProfileColumn[], hasDecimalCommas: boolean) {
    const loci = new Map<Locus, LocusCells>();
    columns.forEach((column, place) => {
      if (column.kind !== 'locus') return;
      const { locus, header } = column;
      const cells = loci.get(locus);
      if (cells) cells.places.push(place);
      else {
        const layout = { isWhole: column.place === '', hasDecimalCommas };
        loci.set(locus, new LocusCells(locus, header, place, layout));
      }
    });
    this.#columnCount = columns.length;
    this.#fields = columns.flatMap((column, place) =>
      column.kind === 'field' ? [[column.field, place] as const] : [],
    );
    this.#amelogenin = findAmelogenin(columns);
    this.#loci = [...loci.values()];
    this.#places = new Map([...loci.keys()].map((locus, place) => [locus, place]));
  }

  read(row: number, line: CsvLine): RowOutcome {
    if (line.count !== this.#columnCount) return raggedRow(row, line.count, this.#columnCount);
    const raw = { sampleId: '', kind: '', sex: '', family: '', relation: '' };
    for (const [field, place] of this.#fields) raw[field] = line.cell(place);
    const genotypes = new Array<Genotype | undefined>(this.#loci.length);
    const faults: RowFault[] = [];
    const notes: RowNote[] = [];
    let typed = 0;
    for (let place = 0; place < genotypes.length; place++) {
      const { genotype, fault, note } = this.#loci[place]!.read(line);
      genotypes[place] = genotype;
      if (genotype) typed++;
      if (fault) faults.push(fault);
      if (note) notes.push(note);
    }
    const amelogenin = this.#readAmelogenin(line, faults, notes);
    const profile = new RowProfile(this.#places, genotypes, typed);
    return outcomeOf(row, raw.sampleId, makePersonRow(raw, { profile, amelogenin, faults, notes }));
  }

  #readAmelogenin(line: CsvLine, faults: RowFault[], notes: RowNote[]): Amelogenin | null {
    const { field, places } = this.#amelogenin;
    if (places.length === 0) return null;
    const cells = places.map((place) => line.cell(place));
    const { amelogenin, fault, note } = readAmelogenin(field, cells);
    if (fault) faults.push(fault);
    if (note) notes.push(note);
    return amelogenin;
  }
}

function findAmelogenin(columns: readonly ProfileColumn[]): { field: string; places: number[] } {
  const found = { field: '', places: [] as number[] };
  columns.forEach((column, place) => {
    if (column.kind !== 'amelogenin') return;
    found.field ||= column.header;
    found.places.push(place);
  });
  return found;
}

function raggedRow(row: number, cells: number, columns: number): RowOutcome {
  const message = `the row has ${cells} cells where the header has ${columns}; quote cells that hold a separator`;
  return { row, sampleId: null, faults: [{ field: null, code: 'ROW_UNREADABLE', message }] };
}
