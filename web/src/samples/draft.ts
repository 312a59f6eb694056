import type { Side } from '../uploads/receipt.ts';

export const SIGNERS = ['self', 'guardian', 'next-of-kin'] as const;
export type Signer = (typeof SIGNERS)[number];

export const SEXES = ['female', 'male', 'unknown'] as const;

export const RELATIONS = [
  'father',
  'mother',
  'sibling',
  'paternal-half-sibling',
  'maternal-half-sibling',
  'paternal-grandfather',
  'paternal-grandmother',
  'maternal-grandfather',
  'maternal-grandmother',
  'paternal-uncle',
  'paternal-aunt',
  'maternal-uncle',
  'maternal-aunt',
] as const;

/** The loci of the kits in use in China, in the order of their sheets; amelogenin last. */
export const LOCI = [
  ...['D3S1358', 'vWA', 'D16S539', 'CSF1PO', 'TPOX', 'D8S1179', 'D21S11', 'D18S51', 'D2S441'],
  ...['D19S433', 'TH01', 'FGA', 'D22S1045', 'D5S818', 'D13S317', 'D7S820', 'D6S1043', 'D10S1248'],
  ...['D1S1656', 'D12S391', 'D2S1338', 'Penta D', 'Penta E', 'AMEL'],
] as const;

/** What is known of a person and their tube while the form is filled in. Nothing of it is kept until it is recorded. */
export type Draft = {
  readonly barcode: string;
  /** When the barcode was read, which is when the blood was drawn; '' before. */
  readonly drawnAt: string;
  /** The tube that is drawn again in this one; '' where none is. */
  readonly replaces: string;
  readonly scanner: string;
  readonly sampleId: string;
  readonly version: string;
  readonly signer: Signer;
  readonly signedOn: string;
  readonly ageYears: string;
  readonly isDeceased: boolean;
  /** Whether the profile is at hand, and typed into the form. */
  readonly isTyped: boolean;
  readonly side: Side;
  readonly sex: (typeof SEXES)[number];
  readonly family: string;
  readonly relation: (typeof RELATIONS)[number] | '';
  /** As written, by locus: `15 16`. */
  readonly genotypes: Readonly<Record<string, string>>;
  readonly name: string;
  readonly nationalId: string;
  readonly phone: string;
  readonly address: string;
};

/** Fields that are text. */
export type TextField = {
  [Field in keyof Draft]: string extends Draft[Field] ? Field : never;
}[keyof Draft];

/** An empty form; what is the same for everybody of a day stays. */
export function newDraft(
  kept: Pick<Draft, 'version' | 'scanner' | 'signedOn'> &
    Partial<Pick<Draft, 'replaces' | 'sampleId'>>,
): Draft {
  return {
    ...{ barcode: '', drawnAt: '', replaces: '', sampleId: '' },
    ...{ signer: 'self', ageYears: '', isDeceased: false },
    ...{ isTyped: false, side: 'relatives', sex: 'unknown', family: '', relation: '' },
    ...{ genotypes: {}, name: '', nationalId: '', phone: '', address: '' },
    ...kept,
  };
}

/** The alleles of a locus as somebody types them: with blanks, commas or strokes between. */
export function readAlleles(typed: string): string[] {
  return typed.split(/[\s,，、/]+/).filter((allele) => allele !== '');
}
