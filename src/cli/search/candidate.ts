import { posterior } from '../../kinship/index.ts';
import type { AlternativeKind, JudgedPair, Pair } from '../../search/index.ts';

/**
 * What a candidate is to the query: the family that it is the child of, or in a mixed database what
 * the person found is to it.
 */
export type Relationship = AlternativeKind | 'child' | 'same-person';

/** A pair that may reach the threshold. */
export type Suspect = {
  readonly pair: Pair;
  /** Sample ids of the people found: of the family, in its order, or of one person. */
  readonly sampleIds: readonly string[];
  /** What a person of a mixed database would be to the query; null: as the judgement says. */
  readonly role: 'parent' | 'child' | null;
};

/** One candidate as the command reports it. */
export type FoundCandidate = {
  readonly query: string;
  /** Sample ids that the LR rests on: father, mother, then the others in file order. */
  readonly relatives: readonly string[];
  readonly relationship: Relationship;
  readonly log10Lr: number;
  readonly posterior: number;
  readonly lociCompared: number;
  readonly lociInconsistent: number;
  readonly expectedChanceCandidates: number;
};

/** How much was searched, which the meaning of every candidate depends on. */
export type Extent = {
  /** Families that could be the person's. */
  readonly families: number;
  /** In (0, 1). */
  readonly priorInDatabase: number;
  /** How many pairs were compared of all people searched for, by what they were compared as. */
  readonly pairs: Readonly<Partial<Record<Relationship, number>>>;
};

type Named = Omit<FoundCandidate, 'posterior'>;

/** LRs nearer than this differ by rounding. */
const ROUNDING = 1e-9;

/**
 * The candidates of one person, the largest LR first.
 * @param judgements one for each suspect, null below the threshold
 */
export function rankCandidates(
  query: string,
  suspects: readonly Suspect[],
  judgements: readonly (JudgedPair | null)[],
  { families, priorInDatabase, pairs }: Extent,
): FoundCandidate[] {
  const found = new Map<string, Named>();
  suspects.forEach((suspect, place) => {
    const judged = judgements[place];
    if (!judged) return;
    const candidate = name(query, suspect, judged, pairs);
    // A person of a mixed database may be found as parent and as child.
    const key = suspect.sampleIds.join('+');
    const other = found.get(key);
    if (!other || candidate.log10Lr > other.log10Lr + ROUNDING) found.set(key, candidate);
  });
  const log10Lrs = [...found.values()].map(({ log10Lr }) => log10Lr);
  return [...found.values()]
    .map((candidate): FoundCandidate => ({
      ...candidate,
      posterior: posterior(candidate.log10Lr, log10Lrs, families, priorInDatabase),
    }))
    .sort((a, b) => stepOf(b) - stepOf(a));
}

/** LRs that are the same but for rounding stand in the order of the file. */
function stepOf({ log10Lr }: FoundCandidate): number {
  return Math.round(log10Lr / ROUNDING);
}

function name(
  query: string,
  { sampleIds, role }: Suspect,
  { kind, members, comparison, chanceProbability }: JudgedPair,
  pairs: Extent['pairs'],
): Named {
  const relationship = kind === 'same-person' ? kind : (role ?? kind);
  const { lr, compared, lociInconsistent } = comparison;
  return {
    query,
    relatives: members.map((place) => sampleIds[place]!),
    relationship,
    log10Lr: lr.kind === 'finite' ? lr.log10Lr : Infinity,
    lociCompared: compared.length,
    lociInconsistent,
    expectedChanceCandidates: chanceProbability * (pairs[relationship] ?? 0),
  };
}
