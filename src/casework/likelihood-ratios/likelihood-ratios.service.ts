import { HomewardError } from '../../platform/errors.ts';
import { limitWork } from '../../platform/limited-work.ts';
import type { ThreadPool } from '../../platform/thread-pool.ts';
import type { FrequencyTablesService } from '../frequency-tables/frequency-tables.service.ts';
import type { PoliciesService, ReadyPolicy } from '../policies/policies.service.ts';
import type {
  CalculationDocument,
  CalculationInput,
  CalculationRequest,
} from './calculation.schema.ts';
import {
  describeCalculation,
  type NamedTable,
  planCalculation,
  readAnswer,
} from './calculation-document.ts';
import type { CalculationAnswer } from './calculation-task.ts';
import { expandQuestion } from './question.ts';

export type { CalculationDocument, CalculationRequest } from './calculation.schema.ts';
export { readComparedPeople } from './calculation-document.ts';

/** From the moment that a calculation is asked for, the wait for a thread included. */
const TIME_LIMIT_MS = 60_000;

export type LikelihoodRatiosService = ReturnType<typeof makeLikelihoodRatiosService>;

/** Likelihood ratios of any hypotheses, computed in threads beside those who wait for them. */
export function makeLikelihoodRatiosService({
  policies,
  frequencyTables,
  pool,
  timeLimitMs = TIME_LIMIT_MS,
}: {
  policies: Pick<PoliciesService, 'findActive'>;
  frequencyTables: Pick<FrequencyTablesService, 'find'>;
  pool: ThreadPool;
  timeLimitMs?: number;
}) {
  const limited = limitWork(timeLimitMs);

  async function findTables(ids: readonly string[]): Promise<NamedTable[]> {
    return Promise.all(
      [...new Set(ids)].map(async (id) => {
        const found = await frequencyTables.find(id);
        if (found) return found;
        throw new HomewardError('CALCULATION_INVALID', `There is no frequency table ${id}.`);
      }),
    );
  }

  /** Each population by itself. */
  async function compute(
    calculation: CalculationInput,
    tables: readonly NamedTable[],
    signal: AbortSignal,
  ): Promise<CalculationDocument> {
    const computed = planCalculation(calculation, tables).map(async ({ named, task }) =>
      readAnswer(named, await pool.run<CalculationAnswer>(task, signal)),
    );
    return describeCalculation(calculation, await Promise.all(computed));
  }

  return {
    /**
     * Answers a question about people; what it leaves open is as the policy in force says.
     * @throws HomewardError CALCULATION_INVALID, CALCULATION_TOO_LONG, SERVICE_STOPPING
     */
    async answer(request: CalculationRequest): Promise<CalculationDocument> {
      const { people, question, priors } = request;
      const policy = await policies.findActive();
      const parameters = request.parameters ?? inForce(policy).document.params;
      const tables = request.frequencyTables
        ? await findTables(request.frequencyTables)
        : [tableOf(inForce(policy))];
      const asked = expandQuestion(question, people, priors);
      return limited.run((signal) => compute({ people, ...asked, parameters }, tables, signal));
    },

    /** Ends what is under way and begins nothing else. */
    stop(): void {
      limited.stop();
    },
  };
}

/** The policy that says what a request leaves open. */
function inForce(policy: ReadyPolicy | null): ReadyPolicy {
  if (policy) return policy;
  throw new HomewardError(
    'CALCULATION_INVALID',
    'No policy is in force; state parameters and frequencyTables in the request.',
  );
}

function tableOf({ tableName, tableHash, table }: ReadyPolicy): NamedTable {
  return { name: tableName, contentHash: tableHash, table };
}
