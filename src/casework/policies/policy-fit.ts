import { type FrequencyTable, KinshipError, LocusModels } from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';
import type { PolicyDocument } from './policy.schema.ts';

/**
 * Makes every locus model once, so that a policy that cannot compute is refused, not discovered.
 * @throws HomewardError POLICY_INVALID with the locus and the limit
 */
export function checkFit(table: FrequencyTable, { params }: PolicyDocument): void {
  const models = new LocusModels(table, params);
  try {
    checkMinimumFrequency(table, params.minimumFrequency.rule);
    for (const locus of models.loci) models.for(locus, []);
  } catch (error) {
    if (error instanceof KinshipError) throw new HomewardError('POLICY_INVALID', error.message);
    throw error;
  }
}

function checkMinimumFrequency(table: FrequencyTable, rule: string): void {
  const silent = [...table.values()].find(({ allelesCounted }) => allelesCounted === null);
  if (rule !== 'five-over-2n' || !silent) return;
  throw new HomewardError(
    'POLICY_INVALID',
    `The table does not say how many people were typed at ${silent.locus}, which the rule five-over-2n needs; ` +
      'use {"rule": "fixed", "frequency": 0.001, "appliesTo": "all"}.',
  );
}
