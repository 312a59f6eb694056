import type { Kit } from '../../formats/kit-csv.ts';
import { type Outlook, OUTLOOK_DRAWS } from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';
import { ENGINE_VERSION } from '../../platform/provenance.ts';
import { type CandidateFile, hypothesesOf, relativesOf } from '../candidates/candidate-case.ts';
import type { RelativeStep } from './candidate-steps.ts';
import type { NextSteps, OutlookJson, StepJson } from './next-steps.schema.ts';
import type { NextStepsAnswer, StepAnswer } from './steps-task.ts';

const NOTICE =
  'A forecast, not a result: what more typing would bring if the hypothesis were true, by the ' +
  'frequencies and the mutation model of the policy.';

/** What was asked of a thread, in the order of its answer. */
export type AskedSteps = {
  readonly file: CandidateFile;
  readonly relatives: readonly RelativeStep[];
  readonly kits: readonly Kit[];
  readonly threshold: number;
};

/**
 * The steps ranked, with everything that a report needs.
 * @throws HomewardError CALCULATION_INVALID where the policy does not allow any of it
 */
export function describeSteps(
  { file, relatives, kits, threshold }: AskedSteps,
  answer: NextStepsAnswer,
): NextSteps {
  const { candidate, policy } = file;
  const { h1, h2 } = hypothesesOf(candidate);
  const power = outlookOf(answer.power);
  const entries = [
    ...relatives.map(({ relations }, place) => ({
      name: relations.join(' or '),
      outlook: outlookOf(answer.relatives[place]),
      describe: (outlook: OutlookJson): StepJson => ({ kind: 'relative', relations: [...relations], ...outlook }), // prettier-ignore
    })),
    ...kits.map(({ name, maker }, place) => ({
      name,
      outlook: outlookOf(answer.kits[place]),
      describe: (outlook: OutlookJson): StepJson => ({ kind: 'kit', kit: name, maker, ...outlook }),
    })),
  ];
  const counted = relativesOf(candidate);
  return {
    notice: NOTICE,
    candidate: {
      id: candidate.id,
      unknown: candidate.unknownCode,
      family: candidate.familyCode,
      relatives: counted.map(({ code }) => code),
      revision: candidate.revision,
    },
    hypotheses: { h1: h1.text, h2: h2.text },
    log10Lr: candidate.log10Lr,
    threshold,
    power: power && toJson(power),
    steps: entries
      .flatMap(({ outlook, describe }) =>
        outlook && outlook.loci.length > 0 ? [describe(toJson(outlook))] : [],
      )
      .sort(bySettling),
    omitted: entries.flatMap(({ name, outlook }): NextSteps['omitted'] => {
      if (!outlook) return [{ step: name, reason: 'too-complex' }];
      return outlook.loci.length > 0 ? [] : [{ step: name, reason: 'nothing-new' }];
    }),
    method: OUTLOOK_DRAWS,
    provenance: {
      engineVersion: ENGINE_VERSION,
      policyId: policy.id,
      policyHash: policy.contentHash,
      frequencyTable: { name: policy.tableName, contentHash: policy.tableHash },
      profiles: [candidate.childProfileId, ...counted.map(({ profileId }) => profileId)],
    },
  };
}

/** Null for what would cost too much. */
function outlookOf(answer: StepAnswer | undefined): Outlook | null {
  if (!answer) return null;
  if ('outlook' in answer) return answer.outlook;
  const { code, message } = answer.refusal;
  if (code === 'PEDIGREE_TOO_COMPLEX') return null;
  throw new HomewardError('CALCULATION_INVALID', `${message} (${code})`);
}

function toJson({ log10LrNow, ...outlook }: Outlook): OutlookJson {
  const expected = outlook.h1.expectedLog10Lr;
  return {
    ...outlook,
    expectedGain: expected && { ...expected, value: expected.value - log10LrNow },
    loci: [...outlook.loci],
    drawnLoci: [...outlook.drawnLoci],
    notInTable: [...outlook.notInTable],
  };
}

function bySettling(a: StepJson, b: StepJson): number {
  return b.settles.value - a.settles.value || difference(b) - difference(a);
}

/** Of the expected log10 LRs; without limit where the LR may be 0 or infinite. */
function difference({ h1, h2 }: StepJson): number {
  if (!h1.expectedLog10Lr || !h2.expectedLog10Lr) return Number.MAX_VALUE;
  return h1.expectedLog10Lr.value - h2.expectedLog10Lr.value;
}
