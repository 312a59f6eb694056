import { findCodisCategory } from './codis-category.ts';
import { outcomeOf, readPersonRow } from './person-row.ts';
import type { RowFault, RowOutcome } from './row.ts';
import { isAmelogenin, isSexMarker } from './sex-marker.ts';

/** A specimen as it stands in a CODIS import file. */
export type Specimen = {
  /** Its number in the file, from 1. */
  readonly row: number;
  readonly caseId: string;
  readonly isPartial: boolean;
  sampleId: string;
  category: string;
  readonly loci: { name: string; readonly alleles: string[] }[];
};

/** Checks a specimen. Markers on X and Y are passed over, but for amelogenin; one ALLELE alone is a homozygote. */
export function readSpecimen(specimen: Specimen): RowOutcome {
  const { row, caseId, isPartial, sampleId } = specimen;
  const category = findCodisCategory(specimen.category);
  if (!category) return refused(specimen, refusedCategory(specimen.category));
  if (category.kind === 'not-taken') {
    const { message } = category;
    return refused(specimen, { field: 'SPECIMENCATEGORY', code: 'CATEGORY_NOT_TAKEN', message });
  }
  const isRelative = category.kind === 'relative';
  const read = readPersonRow({
    sampleId,
    kind: category.kind,
    sex: '',
    family: isRelative ? caseId : '',
    relation: isRelative ? category.relation : '',
    genotypes: specimen.loci
      .filter(({ name }) => isAmelogenin(name) || !isSexMarker(name))
      .map(({ name, alleles }) => ({ locus: name, field: `LOCUS ${name}`, alleles })),
  });
  if (!('profile' in read) || !isPartial) return outcomeOf(row, sampleId, read);
  return outcomeOf(row, sampleId, { ...read, notes: [...read.notes, PARTIAL] });
}

const PARTIAL = {
  field: 'PARTIAL',
  message:
    'kept as it is typed; alleles that dropped out are reckoned with only if the policy says so',
};

function refusedCategory(category: string): RowFault {
  if (category === '') {
    const message = 'the specimen has no category; say Biological Father or Unidentified Person';
    return { field: 'SPECIMENCATEGORY', code: 'FIELD_MISSING', message };
  }
  const message =
    'relatives of missing people are compared with people of unknown origin, and nobody else; ' +
    'leave out specimens of any other category';
  return { field: 'SPECIMENCATEGORY', code: 'KIND_REFUSED', message };
}

function refused({ row, sampleId }: Specimen, fault: RowFault): RowOutcome {
  return { row, sampleId: sampleId || null, faults: [fault] };
}
