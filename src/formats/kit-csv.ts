import { parse } from 'csv-parse/sync';
import { findLocus, type Locus } from '../kinship/index.ts';
import { HomewardError } from '../platform/errors.ts';

/** A typing kit, with the autosomal loci that it types and this service knows. */
export type Kit = { readonly name: string; readonly maker: string; readonly loci: readonly Locus[] }; // prettier-ignore

/**
 * The kits of a file with the columns `kit`, `maker` and `loci`, the loci apart by `;`.
 * @throws HomewardError CONFIGURATION_INVALID with the row and what is wrong there
 */
export function readKitCsv(text: string): Kit[] {
  const rows = parse(text, { columns: true, skip_empty_lines: true });
  const names = new Set<string>();
  return (rows as Partial<Record<string, string>>[]).map((row, place) => {
    const refuse = (what: string): never => {
      throw new HomewardError('CONFIGURATION_INVALID', `Row ${place + 2} of the kits: ${what}.`);
    };
    const { kit: name, maker, loci: written } = row;
    if (!name || !maker || !written) return refuse('give kit, maker and loci');
    if (names.has(name)) refuse(`${name} stands twice`);
    names.add(name);
    const loci = written.split(';').map((spelling) => findLocus(spelling) ?? refuse(`there is no locus ${spelling}`)); // prettier-ignore
    if (new Set(loci).size < loci.length) refuse(`a locus of ${name} stands twice`);
    return { name, maker, loci };
  });
}
