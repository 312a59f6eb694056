import {
  calculate,
  type Calculation,
  type CalculationParameters,
  type CalculationResult,
  type FrequencyTable,
  KinshipError,
} from '../../kinship/index.ts';

/** People and hypotheses in one population: a piece of work for a thread. */
export type CalculationTask = {
  readonly table: FrequencyTable;
  readonly parameters: CalculationParameters;
  readonly calculation: Calculation;
};

/** What a thread answers. An error loses its class and code on the way out of a thread. */
export type CalculationAnswer =
  | { readonly result: CalculationResult }
  | { readonly refusal: Pick<KinshipError, 'code' | 'message'> };

/** Carries out one task; what does not fit together is said in the answer. */
export function runCalculationTask(task: CalculationTask): CalculationAnswer {
  try {
    return { result: calculate(task.table, task.parameters, task.calculation) };
  } catch (error) {
    if (!(error instanceof KinshipError)) throw error;
    return { refusal: { code: error.code, message: error.message } };
  }
}
