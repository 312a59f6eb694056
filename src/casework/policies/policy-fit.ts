import { type FrequencyTable, KinshipError, LocusModels } from '../../kinship/index.ts';
import { type FieldFault, HomewardError } from '../../platform/errors.ts';
import type { PolicyDocument } from './policy.schema.ts';

/**
 * Makes every locus model once, so that a policy that cannot compute is refused, not discovered.
 * @throws HomewardError POLICY_INVALID with what the search cannot compute, or with the locus and
 *   the limit
 */
export function checkFit(table: FrequencyTable, document: PolicyDocument): void {
  const parameters = toClosedForm(document);
  checkSearch(parameters);
  const models = new LocusModels(table, parameters);
  try {
    checkMinimumFrequency(table, parameters.minimumFrequency.rule);
    for (const locus of models.loci) models.for(locus, []);
  } catch (error) {
    if (error instanceof KinshipError) throw new HomewardError('POLICY_INVALID', error.message);
    throw error;
  }
}

/** What a policy says to the search, which knows nobody's kit and takes every sample for alike. */
export function toClosedForm({ params, dropOut }: PolicyDocument): SearchParameters {
  return { ...params, dropOut };
}

type SearchParameters = PolicyDocument['params'] & { readonly dropOut: number };

function checkSearch(parameters: SearchParameters): void {
  const faults = LIMITS.filter(({ isMet }) => !isMet(parameters)).map(
    ({ field, message }): FieldFault => ({ field: `params.${field}`, message }),
  );
  if (faults.length === 0) return;
  const what = faults.map(({ field, message }) => `${field}: ${message}`).join('; ');
  throw new HomewardError(
    'POLICY_INVALID',
    `The search of this version cannot compute by this policy, as likelihood-ratios can: ${what}.`,
    faults,
  );
}

/** An allele that the table lacks is added to its locus; then there may be no such model of it. */
const NO_NEW_ALLELE = 'one allele that the table lacks can leave its locus without a model';
const MODEL_EACH = 'gives every comparison frequencies of its own, and the search prepares one set';

/** What the search computes: one model a locus, prepared once, for every pair alike. */
const LIMITS: readonly {
  readonly field: string;
  readonly message: string;
  readonly isMet: (parameters: SearchParameters) => boolean;
}[] = [
  {
    field: 'theta',
    message:
      'the closed form of a coancestry above 0 does not reach alleles that nobody saw, which may ' +
      'be copies of others; use 0, or no dropOut and no silentAlleles of every kit',
    isMet: ({ theta, dropOut, silentAlleles }) =>
      theta === 0 || (dropOut === 0 && silentAlleles.every(({ kit }) => kit !== null)),
  },
  {
    field: 'mutation.model',
    message: `with custom matrices ${NO_NEW_ALLELE}; use another model`,
    isMet: ({ mutation }) => mutation.model !== 'custom',
  },
  {
    field: 'mutation.stabilisation',
    message: `stabilised by PM ${NO_NEW_ALLELE}; use none`,
    isMet: ({ mutation }) => mutation.stabilisation !== 'PM',
  },
  {
    field: 'minimumFrequency.appliesTo',
    message: `observed ${MODEL_EACH}; use all or unseen`,
    isMet: ({ minimumFrequency }) => minimumFrequency.appliesTo !== 'observed',
  },
  {
    field: 'minimumFrequency.renormalise',
    message: `none ${MODEL_EACH}; use all or others`,
    isMet: ({ minimumFrequency }) => minimumFrequency.renormalise !== 'none',
  },
];

function checkMinimumFrequency(table: FrequencyTable, rule: string): void {
  const silent = [...table.values()].find(({ allelesCounted }) => allelesCounted === null);
  if (rule === 'fixed' || !silent) return;
  throw new HomewardError(
    'POLICY_INVALID',
    `The table does not say how many people were typed at ${silent.locus}, which the rule ${rule} needs; ` +
      'use {"rule": "fixed", "frequency": 0.001, "appliesTo": "all"}.',
  );
}
