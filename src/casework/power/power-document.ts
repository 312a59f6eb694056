import {
  type Design,
  type DesignPower,
  parentageHypotheses,
  POWER_DRAWS,
  POWER_QUANTILES,
  type RatioSpread,
  relationshipHypothesis,
  unrelatedHypothesis,
} from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';
import { ENGINE_VERSION } from '../../platform/provenance.ts';
import type { ReadyPolicy } from '../policies/policies.service.ts';
import type { PowerAnswer } from './power-task.ts';
import type { Power, PowerQuery, PowerRelationship } from './power.schema.ts';

const NOTICE =
  'A forecast, not a result: what the LR of people with this relationship would be, and of ' +
  'unrelated ones, by the frequencies and the mutation model of the policy.';

/** Pairs that a database may compare: from a few families to more than the country has. */
const PAIRS = Array.from({ length: 13 }, (_, place) => 10 ** (place + 3));

/** What was asked for, with what the question left open. */
export type AskedPower = {
  readonly query: PowerQuery;
  readonly policy: ReadyPolicy;
  readonly design: Design;
};

/** The people of a relationship, and what is weighed of them. */
export function designOf(
  relationship: PowerRelationship,
  dropOut: number,
): Pick<Design, 'hypotheses' | 'people'> {
  const people = (...ids: string[]) => ids.map((id) => ({ id, dropOut }));
  if (relationship === 'both-parents') {
    const hypotheses = parentageHypotheses('child', [
      { role: 'father', id: 'father' },
      { role: 'mother', id: 'mother' },
    ]);
    return { hypotheses, people: people('father', 'mother', 'child') };
  }
  const h1 = relationshipHypothesis(relationship, 'A', 'B');
  return { hypotheses: { h1, h2: unrelatedHypothesis('A', 'B') }, people: people('A', 'B') };
}

/**
 * The power with everything that it depends on.
 * @throws HomewardError CALCULATION_INVALID where the policy does not allow it
 */
export function describePower({ query, policy, design }: AskedPower, answer: PowerAnswer): Power {
  const power = powerOf(answer);
  const { h1, h2 } = design.hypotheses;
  return {
    notice: NOTICE,
    relationship: query.relationship,
    hypotheses: { h1: h1.text, h2: h2.text },
    kit: query.kit ?? null,
    threshold: design.threshold,
    h1: describeSpread(power.h1),
    h2: describeSpread(power.h2),
    histogram: power.histogram && {
      ...power.histogram,
      h1: [...power.histogram.h1],
      h2: [...power.histogram.h2],
    },
    pairs: PAIRS,
    steps: power.steps.map((step) => ({
      ...step,
      expectedByChance: PAIRS.map((pairs) => pairs * step.chance.value),
    })),
    drawnLoci: [...power.drawnLoci],
    notInTable: [...power.notInTable],
    method: POWER_DRAWS,
    provenance: {
      engineVersion: ENGINE_VERSION,
      policyId: policy.id,
      policyHash: policy.contentHash,
      frequencyTable: { name: policy.tableName, contentHash: policy.tableHash },
    },
  };
}

function powerOf(answer: PowerAnswer): DesignPower {
  if ('power' in answer) return answer.power;
  const { code, message } = answer.refusal;
  throw new HomewardError('CALCULATION_INVALID', `${message} (${code})`);
}

function describeSpread({ quantiles, ...spread }: RatioSpread): Power['h1'] {
  return {
    ...spread,
    quantiles: POWER_QUANTILES.map((share, place) => {
      const log10Lr = quantiles[place] ?? NaN;
      return { share, log10Lr: Number.isFinite(log10Lr) ? log10Lr : null };
    }),
  };
}
