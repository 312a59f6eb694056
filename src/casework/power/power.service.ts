import type { Kit } from '../../formats/kit-csv.ts';
import type { Locus } from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';
import { limitWork } from '../../platform/limited-work.ts';
import { canonicalJson } from '../../platform/provenance.ts';
import type { ThreadPool } from '../../platform/thread-pool.ts';
import { openTurns } from '../../platform/turns.ts';
import type { PoliciesService, ReadyPolicy } from '../policies/policies.service.ts';
import { type AskedPower, describePower, designOf } from './power-document.ts';
import type { PowerAnswer, PowerTask } from './power-task.ts';
import type { Power, PowerQuery } from './power.schema.ts';

/** From the moment that its turn has come, the wait for a thread included. */
const TIME_LIMIT_MS = 60_000;
const TOO_LONG =
  'This takes too long; ask for fewer loci or a closer relationship, or use a policy with theta 0.';
/** An answer is some kilobytes. */
const ANSWERS_KEPT = 200;

export type PowerService = ReturnType<typeof makePowerService>;

/**
 * How large the LR of a relationship is at a set of loci, under the policy in force. Nobody's
 * genotypes enter it; the same question under the same policy is computed once.
 */
export function makePowerService({
  policies,
  kits,
  pool,
}: {
  policies: Pick<PoliciesService, 'findActive'>;
  kits: readonly Kit[];
  pool: ThreadPool;
}) {
  const limited = limitWork(TIME_LIMIT_MS, TOO_LONG);
  /** One at a time: another thread is left to whoever waits for a likelihood ratio. */
  const inTurn = openTurns();
  /** By all that an answer depends on; the one that was asked for first comes first. */
  const answers = new Map<string, Promise<Power>>();

  function lociOf({ kit: name, loci: most }: PowerQuery, { table }: ReadyPolicy): Locus[] {
    const kit = kits.find((one) => one.name === name);
    if (name !== undefined && !kit) {
      throw new HomewardError('CALCULATION_INVALID', 'There is no such kit; GET /v1/kits lists them.'); // prettier-ignore
    }
    const loci = (kit?.loci ?? [...table.keys()]).slice(0, most);
    if (loci.some((locus) => table.has(locus))) return loci;
    throw new HomewardError(
      'CALCULATION_INVALID',
      'The frequency table of the policy has none of these loci; choose other loci.',
    );
  }

  async function compute(asked: AskedPower): Promise<Power> {
    const { policy, design } = asked;
    const task: PowerTask = { table: policy.table, parameters: policy.document.params, design };
    const answer = await inTurn(() => limited.run((signal) => pool.run<PowerAnswer>(task, signal)));
    return describePower(asked, answer);
  }

  return {
    /** @throws HomewardError CALCULATION_INVALID, CALCULATION_TOO_LONG, SERVICE_STOPPING */
    async foresee(query: PowerQuery): Promise<Power> {
      const policy = await policies.findActive();
      if (!policy) throw new HomewardError('CALCULATION_INVALID', 'No policy is in force.');
      const { threshold, dropOut } = policy.document;
      const design = {
        ...designOf(query.relationship, dropOut),
        loci: lociOf(query, policy),
        threshold: query.threshold ?? threshold,
      };
      const key = canonicalJson({ policy: policy.id, query });
      const known = answers.get(key);
      if (known) return known;
      const answer = compute({ query, policy, design });
      answers.set(key, answer);
      const [oldest] = answers.keys();
      if (answers.size > ANSWERS_KEPT && oldest !== undefined) answers.delete(oldest);
      // What failed may be asked for again.
      answer.catch(() => answers.delete(key));
      return answer;
    },

    kits: () => kits.map(({ name, maker, loci }) => ({ name, maker, loci: [...loci] })),

    /** Ends what is under way and begins nothing else. */
    stop(): void {
      limited.stop();
    },
  };
}
