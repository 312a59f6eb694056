import { listGenotypes } from '../../formats/person-row.ts';
import { outcome } from '../../formats/profile-csv.ts';
import type { RowFault, RowOutcome } from '../../formats/row.ts';
import { personJson } from './batch.schema.ts';

/** Reads one row of a JSON batch; a row of the wrong form is reported, the others go on. */
export function readPersonJson(value: unknown, place: number): RowOutcome {
  const row = place + 1;
  const parsed = personJson.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }): RowFault => ({
      field: path.join('.') || null,
      code: 'FIELD_INVALID',
      message,
    }));
    return { row, sampleId: null, faults };
  }
  const { genotypes, ...fields } = parsed.data;
  return outcome(row, {
    ...fields,
    genotypes: listGenotypes(genotypes, (locus) => `genotypes.${locus}`),
  });
}
