import type { Kit } from '../../formats/kit-csv.ts';
import { limitWork } from '../../platform/limited-work.ts';
import type { ThreadPool } from '../../platform/thread-pool.ts';
import type { CandidatesService } from '../candidates/candidates.service.ts';
import { relativeStepsOf, toTask } from './candidate-steps.ts';
import { describeSteps } from './next-steps-document.ts';
import type { NextSteps } from './next-steps.schema.ts';
import type { NextStepsAnswer } from './steps-task.ts';

/** From the moment that it is asked for, the wait for a thread included. */
const TIME_LIMIT_MS = 60_000;

export type NextStepsService = ReturnType<typeof makeNextStepsService>;

/** What to do next with a candidate: whom, or which further loci, to type. */
export function makeNextStepsService({
  candidates,
  kits,
  pool,
}: {
  candidates: Pick<CandidatesService, 'open'>;
  kits: readonly Kit[];
  pool: ThreadPool;
}) {
  const limited = limitWork(TIME_LIMIT_MS);
  return {
    /**
     * @param threshold the LR that settles; default that of the candidate's policy
     * @throws HomewardError NOT_FOUND, CALCULATION_INVALID, CALCULATION_TOO_LONG, SERVICE_STOPPING
     */
    async foresee(candidateId: string, threshold?: number): Promise<NextSteps> {
      const file = await candidates.open(candidateId);
      const relatives = relativeStepsOf(file);
      const settled = threshold ?? file.policy.document.threshold;
      const task = toTask(file, relatives, kits, settled);
      const answer = await limited.run((signal) => pool.run<NextStepsAnswer>(task, signal));
      return describeSteps({ file, relatives, kits, threshold: settled }, answer);
    },

    /** Ends what is under way and begins nothing else. */
    stop(): void {
      limited.stop();
    },
  };
}
