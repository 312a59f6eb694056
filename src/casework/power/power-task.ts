import {
  type CalculationParameters,
  computePower,
  type Design,
  type DesignPower,
  type FrequencyTable,
  KinshipError,
} from '../../kinship/index.ts';

/** The power of a design: a piece of work for a thread. */
export type PowerTask = {
  readonly table: FrequencyTable;
  readonly parameters: CalculationParameters;
  readonly design: Design;
};

/** What a thread answers. An error loses its class and code on the way out of a thread. */
export type PowerAnswer =
  { readonly power: DesignPower } | { readonly refusal: Pick<KinshipError, 'code' | 'message'> };

/** Carries out one task; what cannot be computed is said in the answer. */
export function runPowerTask({ table, parameters, design }: PowerTask): PowerAnswer {
  try {
    return { power: computePower(table, parameters, design) };
  } catch (error) {
    if (!(error instanceof KinshipError)) throw error;
    return { refusal: { code: error.code, message: error.message } };
  }
}
