import { HomewardError } from '../../platform/errors.ts';
import { limitWork } from '../../platform/limited-work.ts';
import type { ThreadPool } from '../../platform/thread-pool.ts';
import type { CandidatesService } from '../candidates/candidates.service.ts';
import type { FrequencyTablesService } from '../frequency-tables/frequency-tables.service.ts';
import type { NamedTable } from '../likelihood-ratios/calculation-document.ts';
import type { ReviewsService } from '../reviews/reviews.service.ts';
import type {
  Answer,
  PopulationsAnswer,
  PopulationsTask,
  ReportAnswer,
  ReportTask,
} from './report-task.ts';
import { makeSource, storedResult } from './report-source.ts';
import type { CandidatePopulations, Language } from './report.schema.ts';

/** Tables that a report shows beside the policy's. */
const MOST_OTHER_TABLES = 9;
/** The wait for the thread included. */
const TIME_LIMIT_MS = 60_000;

export type ReportsService = ReturnType<typeof makeReportsService>;

/** Reports of candidates, made in a thread beside those who wait for them. */
export function makeReportsService({
  candidates,
  frequencyTables,
  reviews,
  pool,
}: {
  candidates: Pick<CandidatesService, 'readStanding'>;
  frequencyTables: Pick<FrequencyTablesService, 'list' | 'find'>;
  reviews: Pick<ReviewsService, 'read'>;
  pool: ThreadPool;
}) {
  const limited = limitWork(TIME_LIMIT_MS, TOO_LONG);

  /** Populations besides that of the policy, the newest first, and how many more there are. */
  async function findOtherTables(
    ofPolicy: string,
  ): Promise<{ otherTables: NamedTable[]; tablesLeftOut: number }> {
    const stored = await frequencyTables.list();
    const others = stored.filter(({ contentHash }) => contentHash !== ofPolicy).reverse();
    const shown = others.slice(0, MOST_OTHER_TABLES);
    const found = await Promise.all(shown.map(({ id }) => frequencyTables.find(id)));
    return {
      otherTables: found.filter((table) => table !== null),
      tablesLeftOut: others.length - shown.length,
    };
  }

  async function run<Result extends object>(task: ReportTask | PopulationsTask): Promise<Result> {
    const answer = await limited.run((signal) => pool.run<Answer<Result>>(task, signal));
    if (!('refusal' in answer)) return answer;
    throw new HomewardError('CALCULATION_INVALID', answer.refusal);
  }

  return {
    /**
     * The report of one candidate as a file, with the decisions that the analyst who asks may see.
     * @throws HomewardError NOT_FOUND; CALCULATION_TOO_LONG
     */
    async write(
      candidateId: string,
      analystId: string,
      { format, language }: { format: ReportTask['format']; language: Language },
    ): Promise<Uint8Array> {
      const { file, standing } = await candidates.readStanding(candidateId);
      const { decisions } = await reviews.read(file.candidate, analystId);
      const others = await findOtherTables(file.policy.tableHash);
      const source = makeSource({ file, standing, decisions, ...others });
      const generatedAt = new Date().toISOString();
      const task = { source, result: storedResult(file), format, language, generatedAt };
      return (await run<ReportAnswer>(task)).bytes;
    },

    /**
     * The LR of one candidate in every population, and what it means in the database, as a report has it.
     * @throws HomewardError NOT_FOUND; CALCULATION_TOO_LONG
     */
    async readPopulations(candidateId: string): Promise<CandidatePopulations> {
      const { file, standing } = await candidates.readStanding(candidateId);
      const others = await findOtherTables(file.policy.tableHash);
      const source = makeSource({ file, standing, decisions: [], ...others });
      const { families, unknowns, pairs } = source.database;
      return {
        ...(await run<PopulationsAnswer>({ source, result: storedResult(file), format: 'populations' })), // prettier-ignore
        tablesLeftOut: source.tablesLeftOut,
        database: { families, unknowns, pairs },
      };
    },
  };
}

const TOO_LONG =
  'The LR by the frequencies of every population takes too long; ask POST /v1/likelihood-ratios for one.';
