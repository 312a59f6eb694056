import type { paths } from '../api/schema.d.ts';
import type { CalculationRequest } from './calculation-draft.ts';

type PolicyList = paths['/v1/policies']['get']['responses'][200]['content']['application/json'];
export type Policy = PolicyList['policies'][number];
export type Parameters = NonNullable<CalculationRequest['parameters']>;
export type Mutation = Parameters['mutation'];
export type Model = Mutation['model'];
type RatedMutation = Extract<Mutation, { male: unknown }>;
export type Rate = RatedMutation['male'];
export type Line = 'male' | 'female';
export type MinimumFrequency = NonNullable<Parameters['minimumFrequency']>;

export const MODELS = [
  'none',
  'equal',
  'proportional',
  'onestep',
  'stepwise',
  'stepwise-extended',
] as const satisfies readonly Model[];

/** How it is computed: at first all as the policy says. */
export type ChosenParameters = {
  readonly document: Parameters;
  readonly dropOut: number;
  /** Of one silent allele at every locus; null: those of the policy. */
  readonly silent: number | null;
  readonly frequencyTableId: string;
};

export function parametersOf({ document, frequencyTableId }: Policy): ChosenParameters {
  const { params, dropOut } = document;
  return { document: params, dropOut, silent: null, frequencyTableId };
}

/** Whether a model has rates; what a policy writes as matrices has none. */
export function isRated(mutation: Mutation): mutation is RatedMutation {
  return 'male' in mutation;
}

const USUAL_RATES = { male: { rate: 0.002 }, female: { rate: 0.0005 } } as const;

/** Another model with the rates of before, or with usual ones after none. */
export function withModel(chosen: ChosenParameters, model: Model): ChosenParameters {
  const { mutation } = chosen.document;
  if (model === mutation.model || model === 'custom') return chosen;
  const rates = isRated(mutation) ? mutation : USUAL_RATES;
  return withMutation(chosen, model === 'none' ? { model } : { ...rates, model });
}

/** One figure of the rates of fathers or of mothers. */
export function withRate(
  chosen: ChosenParameters,
  line: Line,
  part: keyof Rate,
  value: number,
): ChosenParameters {
  const { mutation } = chosen.document;
  if (!isRated(mutation)) return chosen;
  return withMutation(chosen, { ...mutation, [line]: { ...mutation[line], [part]: value } });
}

function withMutation(chosen: ChosenParameters, mutation: Mutation): ChosenParameters {
  return { ...chosen, document: { ...chosen.document, mutation } };
}

/** How many silent alleles of a policy count here, and how many do not: kits of what is typed are not known. */
export function countSilentAlleles({ silentAlleles = [] }: Parameters): {
  counted: number;
  ofKits: number;
} {
  const counted = silentAlleles.filter(({ kit }) => kit === null).length;
  return { counted, ofKits: silentAlleles.length - counted };
}

/** Whether a number stands in every field: an emptied one holds NaN. */
export function areComplete(chosen: ChosenParameters): boolean {
  return hasNumbers(chosen);
}

function hasNumbers(part: unknown): boolean {
  if (typeof part === 'object' && part !== null) return Object.values(part).every(hasNumbers);
  return !Number.isNaN(part);
}

/** What is sent: a silent allele that was typed stands at every locus that is compared. */
export function toParameters(
  { document, silent }: ChosenParameters,
  loci: readonly string[],
): Parameters {
  // prettier-ignore
  if (silent === null) return document;
  const silentAlleles = loci.map((locus) => ({ locus, kit: null, frequency: silent }));
  return { ...document, silentAlleles: silent === 0 ? [] : silentAlleles };
}
