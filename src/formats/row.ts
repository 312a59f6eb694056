import type { Profile, Sex } from '../kinship/index.ts';
import type { Relation } from './relation.ts';

/** What is wrong in one row, stable codes for programs and a sentence for people. */
export type RowFaultCode =
  | 'ALLELE_INVALID'
  | 'CATEGORY_NOT_TAKEN'
  | 'CELL_IS_FORMULA'
  | 'CONTROL_REFUSED'
  | 'FAMILY_UNCLEAR'
  | 'FIELD_INVALID'
  | 'FIELD_MISSING'
  | 'GENOTYPE_INVALID'
  | 'KIND_REFUSED'
  | 'LOCUS_TWICE'
  | 'LOCUS_UNKNOWN'
  | 'NO_GENOTYPE'
  | 'RELATION_UNCLEAR'
  | 'ROW_UNREADABLE'
  | 'ROWS_DISAGREE';

/** `field` is the column or key as the sender wrote it; null when the whole row is at fault. */
export type RowFault = {
  readonly field: string | null;
  readonly code: RowFaultCode;
  readonly message: string;
};

/** Something to know about a row that is kept all the same. */
export type RowNote = { readonly field: string; readonly message: string };

/** What amelogenin shows of a person, and where that stands. */
export type Amelogenin = {
  readonly field: string;
  /** `male`: a Y was seen; `female`: X alone. */
  readonly shows: 'male' | 'female';
};

/** One person as sent: checked, with every locus under its one name. */
export type PersonRow = {
  readonly sampleId: string;
  readonly sex: Sex;
  readonly family: string | null;
  /** Null where the sender says none. */
  readonly relation: Relation | null;
  readonly profile: Profile;
  /** Null where it is not typed, or cannot be read. */
  readonly amelogenin: Amelogenin | null;
  readonly notes: readonly RowNote[];
};

/** A row that was not taken. */
export type RowRefusal = {
  readonly row: number;
  readonly sampleId: string | null;
  readonly faults: readonly RowFault[];
};

/**
 * What reading one row came to. `row` counts from 1: in a CSV the header is row 1, in a GeneMapper table
 * too and a sample has the row where it begins; in a CODIS file it is the number of the specimen, in a Familias
 * project that of the person among all.
 */
export type RowOutcome = { readonly row: number; readonly person: PersonRow } | RowRefusal;
