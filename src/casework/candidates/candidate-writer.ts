import type { JudgedPair } from '../../search/index.ts';
import type { Database } from '../../platform/database.ts';
import { ENGINE_VERSION } from '../../platform/provenance.ts';
import type { ReadyPolicy } from '../policies/policies.service.ts';
import { inFamilyOrder, type StoredPair } from '../profiles/stored-profile.ts';
import { writeResult } from './candidate-result.ts';
import { type NewCandidate, replaceCandidates } from './outcomes.repository.ts';

/** A pair that reaches the threshold. */
export type JudgedCandidate = StoredPair & { readonly judgement: JudgedPair };

/**
 * Keeps what was judged a candidate, with everything that its numbers depend on.
 * @param pairs all who were judged: a candidate among them that was not judged one again lapses
 */
export async function saveCandidates(
  tx: Database,
  policy: ReadyPolicy,
  pairs: readonly StoredPair[],
  judged: readonly JudgedCandidate[],
): Promise<void> {
  await replaceCandidates(
    tx,
    policy.id,
    pairs.map(({ child, familyId }) => ({ sampleId: child.sampleId, familyId })),
    judged.map((candidate) => toRow(policy, candidate)),
  );
}

function toRow(
  policy: ReadyPolicy,
  { child, familyId, members, judgement }: JudgedCandidate,
): NewCandidate {
  const { kind, members: chosen, comparison, chanceProbability } = judgement;
  const { lr, compared, lociInconsistent } = comparison;
  if (lr.kind !== 'finite') throw new Error('a candidate rests on a finite LR');
  const family = inFamilyOrder(members);
  const relatives = chosen.flatMap((place) => family[place] ?? []);
  return {
    unknownSampleId: child.sampleId,
    familyId,
    policyId: policy.id,
    relationship: storedKind(kind),
    log10Lr: lr.log10Lr,
    lociCompared: compared.length,
    lociInconsistent,
    chanceProbability,
    result: writeResult(judgement),
    childProfileId: child.profileId,
    familyProfileIds: family.map(({ profileId }) => profileId),
    relativeProfileIds: relatives.map(({ profileId }) => profileId),
    engineVersion: ENGINE_VERSION,
  };
}

/** Of a stored sample one knows whether it is a woman's. */
function storedKind(kind: JudgedPair['kind']): NewCandidate['relationship'] {
  if (kind === 'parent') throw new Error('a stored parent is a father or a mother');
  return kind;
}
