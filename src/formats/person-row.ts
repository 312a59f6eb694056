import {
  type AlleleLabel,
  findLocus,
  type Genotype,
  isDropOut,
  isOnLadder,
  type Locus,
  makeGenotype,
  microvariant,
  parseAllele,
  type Profile,
  repeatLength,
  type Sex,
} from '../kinship/index.ts';
import { readAmelogenin } from './amelogenin.ts';
import { CELL_IS_FORMULA, isFormula } from './formula.ts';
import { type Relation, RELATIONS, sexOf } from './relation.ts';
import type { Amelogenin, PersonRow, RowFault, RowNote, RowOutcome } from './row.ts';
import { isAmelogenin } from './sex-marker.ts';

/** A row as it stands in a file, before anything in it is believed. */
export type RawRow = {
  readonly sampleId: string;
  /** What kind of sample it is; '' where the sender says nothing. */
  readonly kind: string;
  readonly sex: string;
  readonly family: string;
  readonly relation: string;
  /** One entry a locus, amelogenin among them: the sender's name for it, the field to point at, and its alleles. */
  readonly genotypes: readonly RawGenotype[];
};

export type RawGenotype = {
  readonly locus: string;
  readonly field: string;
  readonly alleles: readonly string[];
};

/** What a sample or a family may be called. */
export const SAMPLE_CODE = /^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,63}$/u;
const MOST_ALLELES = 4;

const SEXES: ReadonlyMap<string, Sex> = new Map([
  ['', 'unknown'],
  ['0', 'unknown'],
  ['u', 'unknown'],
  ['unknown', 'unknown'],
  ['1', 'male'],
  ['m', 'male'],
  ['male', 'male'],
  ['2', 'female'],
  ['f', 'female'],
  ['female', 'female'],
]);

/** Nobody else is compared here; above all no suspect. */
const KINDS: ReadonlySet<string> = new Set(['', 'relative', 'unknown']);

const RELATION_WORDS: ReadonlyMap<string, Relation | null> = new Map([
  ['', null],
  ...RELATIONS.map((relation) => [relation, relation] as const),
]);

/** Checks one row whole: every fault is reported, not only the first. */
export function readPersonRow(raw: RawRow): PersonRow | readonly RowFault[] {
  return makePersonRow(raw, readGenotypes(raw.genotypes));
}

/** What the cells of a person say beside the genotypes. */
export type PersonFields = Omit<RawRow, 'genotypes'>;

/** The genotypes of a row, read, and what is wrong with others of its cells. */
export type RowGenotypes = {
  readonly profile: Profile;
  readonly amelogenin: Amelogenin | null;
  readonly faults: readonly RowFault[];
  readonly notes: readonly RowNote[];
};

/** As {@link readPersonRow}, for genotypes that are read. */
export function makePersonRow(
  raw: PersonFields,
  { profile, amelogenin, faults: genotypeFaults, notes }: RowGenotypes,
): PersonRow | readonly RowFault[] {
  const faults: RowFault[] = [];
  const sex = SEXES.get(raw.sex.trim().toLowerCase());
  const relation = RELATION_WORDS.get(raw.relation.trim().toLowerCase());
  const family = raw.family.trim();
  const sampleId = raw.sampleId.trim();
  faults.push(...checkCode('sample_id', sampleId, true), ...checkCode('family', family, false));
  faults.push(...checkKind(raw.kind));
  if (sex === undefined) {
    faults.push(invalid('sex', 'write male, female or unknown (or 1, 2, 0; M, F, U)'));
  }
  if (relation === undefined) {
    faults.push(invalid('relation', `write one of ${RELATIONS.join(', ')}`));
  }
  const expected = relation ? sexOf(relation) : 'unknown';
  if (sex !== undefined && sex !== 'unknown' && expected !== 'unknown' && sex !== expected) {
    faults.push(invalid('sex', `a ${relation} cannot be ${sex}; correct one of the two`));
  }
  const said = faults.map((fault) => sayFormula(fault, raw));
  faults.splice(0, faults.length, ...said, ...genotypeFaults);
  if (profile.size === 0 && faults.length === 0) {
    faults.push({
      field: null,
      code: 'NO_GENOTYPE',
      message: 'no locus is typed; fill in at least one',
    });
  }
  if (faults.length > 0 || sex === undefined || relation === undefined) return faults;
  const stated = sex === 'unknown' ? expected : sex;
  return { sampleId, sex: stated, family: family || null, relation, profile, amelogenin, notes };
}

/** Genotypes by locus, as JSON has them. */
type GenotypesByLocus = Readonly<Record<string, readonly string[]>>;

/** @param fieldOf where a locus stands in what was sent */
export function listGenotypes(
  genotypes: GenotypesByLocus,
  fieldOf: (locus: string) => string = (locus) => locus,
): RawGenotype[] {
  return Object.entries(genotypes).map(([locus, alleles]) => ({ locus, field: fieldOf(locus), alleles })); // prettier-ignore
}

/** Genotypes of somebody of whom nothing else is said, as {@link readPersonRow} reads them. */
export function readTyping(
  genotypes: GenotypesByLocus,
): Pick<PersonRow, 'profile'> | readonly RowFault[] {
  const nobody = { sampleId: 'person', sex: '', family: '', relation: '', kind: '' };
  return readPersonRow({ ...nobody, genotypes: listGenotypes(genotypes) });
}

/** What a row came to, by its sample id. */
export function outcomeOf(
  row: number,
  sampleId: string,
  read: PersonRow | readonly RowFault[],
): RowOutcome {
  return 'profile' in read
    ? { row, person: read }
    : { row, sampleId: sampleId || null, faults: read };
}

/** No field takes a formula; that it is one says more than what the field does take. */
function sayFormula(fault: RowFault, raw: PersonFields): RowFault {
  const { field } = fault;
  const text = field === 'sample_id' ? raw.sampleId : raw[field as keyof PersonFields];
  return isFormula(text) ? { field, ...CELL_IS_FORMULA } : fault;
}

function checkKind(kind: string): RowFault[] {
  if (KINDS.has(kind.trim().toLowerCase())) return [];
  const message =
    'relatives of missing people are compared with people of unknown origin, and nobody else; ' +
    'write relative or unknown, and leave out samples of any other kind';
  return [{ field: 'kind', code: 'KIND_REFUSED', message }];
}

function checkCode(field: string, value: string, required: boolean): RowFault[] {
  if (value === '') {
    return required
      ? [{ field, code: 'FIELD_MISSING', message: `${field} is empty; fill it in` }]
      : [];
  }
  if (SAMPLE_CODE.test(value)) return [];
  return [
    invalid(field, 'use up to 64 letters, digits, ".", "_", "/" and "-", a letter or digit first'),
  ];
}

function invalid(field: string, message: string): RowFault {
  return { field, code: 'FIELD_INVALID', message };
}

function readGenotypes(raw: readonly RawGenotype[]): RowGenotypes {
  const profile = new Map<Locus, Genotype>();
  const faults: RowFault[] = [];
  const notes: RowNote[] = [];
  for (const { locus: name, field, alleles } of raw) {
    if (isAmelogenin(name) || alleles.every((allele) => allele.trim() === '')) continue;
    const locus = findLocus(name);
    if (locus === undefined) {
      faults.push({ field, code: 'LOCUS_UNKNOWN', message: UNKNOWN_LOCUS });
    } else if (profile.has(locus)) {
      faults.push({ field, code: 'LOCUS_TWICE', message: `${locus} stands twice; keep one` });
    } else {
      const { genotype, fault, note } = readGenotype(locus, field, alleles);
      if (genotype) profile.set(locus, genotype);
      if (fault) faults.push(fault);
      if (note) notes.push(note);
    }
  }
  const { amelogenin, fault, note } = readSexOf(raw);
  if (fault) faults.push(fault);
  if (note) notes.push(note);
  return { profile, amelogenin, faults, notes };
}

function readSexOf(raw: readonly RawGenotype[]): ReturnType<typeof readAmelogenin> {
  const typed = raw.filter(({ locus }) => isAmelogenin(locus));
  const cells = typed.flatMap(({ alleles }) => alleles);
  return readAmelogenin(typed[0]?.field ?? 'amelogenin', cells);
}

export const UNKNOWN_LOCUS =
  'this locus is not known; use its STRBase name, such as D3S1358, vWA or Penta D';

/** What the cells of one locus say: a genotype, what is wrong, or neither where it is not typed. */
export type GenotypeReading = {
  readonly genotype: Genotype | undefined;
  readonly fault: RowFault | undefined;
  readonly note: RowNote | undefined;
};

const NOT_TYPED: GenotypeReading = { genotype: undefined, fault: undefined, note: undefined };

/** Reads the alleles of one locus as they are written. */
export function readGenotype(
  locus: Locus,
  field: string,
  alleles: readonly string[],
): GenotypeReading {
  const written = alleles.filter((allele) => allele.trim() !== '');
  if (written.length === 0) return NOT_TYPED;
  const labels = written.map((text) => readAllele(locus, text));
  if (!labels.every((label) => label !== undefined)) {
    if (written.some(isFormula)) return { ...NOT_TYPED, fault: { field, ...CELL_IS_FORMULA } };
    const message = `not an allele of ${locus}; write whole repeats and bases, such as 12 or 9.3`;
    return { ...NOT_TYPED, fault: { field, code: 'ALLELE_INVALID', message } };
  }
  const genotype = Object.freeze(makeGenotype(labels));
  if (genotype.length > MOST_ALLELES) {
    const message = `more than ${MOST_ALLELES} alleles at ${locus}`;
    return { ...NOT_TYPED, fault: { field, code: 'GENOTYPE_INVALID', message } };
  }
  if (genotype.every(isDropOut)) {
    const message = 'F alone says nothing; write what was seen beside it, or leave the locus out';
    return { ...NOT_TYPED, fault: { field, code: 'GENOTYPE_INVALID', message } };
  }
  const message = noteOn(genotype);
  return { ...NOT_TYPED, genotype, note: message === undefined ? undefined : { field, message } };
}

/** An allele whose bases are fewer than one repeat of the locus. */
function readAllele(locus: Locus, text: string): AlleleLabel | undefined {
  const label = parseAllele(text);
  if (label === undefined || !isOnLadder(label)) return label;
  return microvariant(label) < repeatLength(locus) ? label : undefined;
}

function noteOn(genotype: Genotype): string | undefined {
  if (genotype.some(isDropOut)) {
    return 'kept, but an allele that may have dropped out leaves this locus out of the likelihood ratio';
  }
  if (!genotype.every(isOnLadder)) {
    return 'kept, but an allele off the ladder leaves this locus out of the likelihood ratio';
  }
  if (genotype.length > 2) {
    return 'kept, but more than two alleles leave this locus out of the likelihood ratio';
  }
  return undefined;
}
