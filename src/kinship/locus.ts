/** The one name of an autosomal STR locus, written the NIST way: `D3S1358`, `vWA`, `Penta D`. */
export type Locus = string & { readonly __brand: 'Locus' };

type Registration = readonly [name: string, repeatLength: number, ...aliases: string[]];

/**
 * Every locus the service knows: name, length of the repeat in bases, other spellings.
 * APPEND-ONLY: the place in this list is the locus number in stored profiles.
 * Spellings that differ only in case, blanks, `-` and `_` need no alias.
 * Names and repeat lengths: NIST STRBase, https://strbase.nist.gov
 */
const REGISTRY: readonly Registration[] = [
  ['CSF1PO', 4, 'CSF'],
  ['D1S1656', 4],
  ['D2S441', 4],
  ['D2S1338', 4],
  ['D3S1358', 4],
  ['D5S818', 4],
  ['D7S820', 4],
  ['D8S1179', 4],
  ['D10S1248', 4],
  ['D12S391', 4],
  ['D13S317', 4],
  ['D16S539', 4],
  ['D18S51', 4],
  ['D19S433', 4],
  ['D21S11', 4],
  ['D22S1045', 3],
  ['FGA', 4, 'FIBRA'],
  ['TH01', 4, 'THO1', 'TC11'],
  ['TPOX', 4, 'TPO'],
  ['vWA', 4, 'vWF', 'vWA31'],
  ['SE33', 4, 'ACTBP2', 'ACTBP8'],
  ['D6S1043', 4],
  ['Penta C', 5],
  ['Penta D', 5],
  ['Penta E', 5],
  ['F13A01', 4, 'F13A1', 'F13A'],
  ['F13B', 4],
  ['FESFPS', 4, 'FES/FPS', 'FES'],
  ['LPL', 4, 'LIPOL'],
  ['D10S1435', 4],
  ['D10S2325', 5],
  ['D11S2368', 4],
  ['D11S4463', 4],
  ['D11S554', 4],
  ['D12ATA63', 3],
  ['D13S325', 4],
  ['D14S1434', 4],
  ['D14S608', 4],
  ['D15S659', 4],
  ['D17S1290', 4],
  ['D17S1301', 4],
  ['D17S906', 4],
  ['D18S1364', 4],
  ['D18S535', 4],
  ['D18S853', 3],
  ['D19S253', 4],
  ['D1GATA113', 4],
  ['D1S1627', 3],
  ['D1S1677', 4],
  ['D20S470', 4],
  ['D20S482', 4],
  ['D21S1270', 4],
  ['D21S2055', 4],
  ['D22GATA198B05', 4, 'D22GATA', 'D22-GATA198B05'],
  ['D2S1360', 4],
  ['D2S1776', 4],
  ['D3S1744', 4],
  ['D3S3045', 4],
  ['D3S4529', 4],
  ['D4S2366', 4],
  ['D4S2408', 4],
  ['D5S2500', 4],
  ['D5S2800', 4],
  ['D6S1017', 4],
  ['D6S474', 4],
  ['D6S477', 4],
  ['D7S1517', 4],
  ['D7S3048', 4],
  ['D8S1132', 4],
  ['D9S1122', 4],
  ['D9S925', 4],
  ['APOAI1', 4],
];

/** All loci in the order of the registry; `LOCI[n]` is the locus with number n. */
export const LOCI: readonly Locus[] = REGISTRY.map(([name]) => name as Locus);

const NUMBER_BY_LOCUS = new Map(LOCI.map((locus, number) => [locus, number]));

const LOCUS_BY_SPELLING = new Map(
  REGISTRY.flatMap(([name, , ...aliases]) =>
    [name, ...aliases].map((spelling) => [foldSpelling(spelling), name as Locus] as const),
  ),
);

/** The locus that a spelling names (`VWA`, `PENTA_D`, `ACTBP2`), or undefined for an unknown one. */
export function findLocus(spelling: string): Locus | undefined {
  return LOCUS_BY_SPELLING.get(foldSpelling(spelling));
}

/** The number that stands for the locus in stored profiles; `LOCI[number]` is its inverse. */
export function locusNumber(locus: Locus): number {
  const number = NUMBER_BY_LOCUS.get(locus);
  if (number === undefined) throw new RangeError(`${locus} is not in the registry`);
  return number;
}

/** Bases in one repeat of the locus: a microvariant `.x` has x below it. */
export function repeatLength(locus: Locus): number {
  return REGISTRY[locusNumber(locus)]![1];
}

function foldSpelling(spelling: string): string {
  return spelling.toUpperCase().replace(/[\s_-]/g, '');
}
