import type { ThreadPool } from '../../platform/thread-pool.ts';
import type { JudgedPair, Pair, ScoringPolicy, ScoringTask, Slot } from '../../search/index.ts';
import type { JudgedCandidate } from '../candidates/candidate-writer.ts';
import type { ReadyPolicy } from '../policies/policies.service.ts';
import {
  type StoredPair,
  type StoredProfile,
  toFamilyProfiles,
} from '../profiles/stored-profile.ts';
import { shardOf } from './family-shard.ts';
import type { IndexLoader } from './index-loader.ts';

/** A child and a family that may reach the threshold together, by their ids. */
export type PairIds = { readonly sampleId: string; readonly familyId: string };

export type Matcher = ReturnType<typeof makeMatcher>;

/** Compares people in the scoring threads: scans the index for pairs, and judges pairs. */
export function makeMatcher({ pool, indexLoader }: { pool: ThreadPool; indexLoader: IndexLoader }) {
  function run<Result>(task: ScoringTask): Promise<Result> {
    return pool.run<Result>(task);
  }

  return {
    /**
     * The families that may reach the threshold with each child, among all who had committed when
     * this was called.
     * @param shard only families of this shard
     * @param goOn asked between children; once it says no, the rest is left out
     */
    async scanFamilies(
      policy: ReadyPolicy,
      children: readonly StoredProfile[],
      { shard, goOn = () => true }: { shard?: number; goOn?: () => boolean } = {},
    ): Promise<PairIds[]> {
      const index = await indexLoader.refresh();
      const shared = { policy: toScoringPolicy(policy), index: index.snapshot() };
      const pairs: PairIds[] = [];
      for (const { sampleId, profile: child } of children) {
        if (!goOn()) break;
        const slots = await run<Slot[]>({ ...shared, kind: 'scan-families', child });
        for (const slot of slots) {
          const familyId = index.familyId(slot);
          if (shard === undefined || shardOf(familyId) === shard)
            pairs.push({ sampleId, familyId });
        }
      }
      return pairs;
    },

    /** The people of unknown origin who may reach the threshold with a family, likewise. */
    async scanUnknowns(
      policy: ReadyPolicy,
      familyId: string,
      members: readonly StoredProfile[],
    ): Promise<PairIds[]> {
      const index = await indexLoader.refresh();
      const slots = await run<Slot[]>({
        policy: toScoringPolicy(policy),
        index: index.snapshot(),
        kind: 'scan-unknowns',
        family: toFamilyProfiles(members),
      });
      return slots.map((slot) => ({ sampleId: index.unknownId(slot), familyId }));
    },

    /** Those of the pairs that reach the threshold. */
    async judge(policy: ReadyPolicy, pairs: readonly StoredPair[]): Promise<JudgedCandidate[]> {
      if (pairs.length === 0) return [];
      const judgements = await run<(JudgedPair | null)[]>({
        policy: toScoringPolicy(policy),
        kind: 'judge',
        pairs: pairs.map(({ child, members }): Pair => ({
          child: child.profile,
          family: toFamilyProfiles(members),
        })),
      });
      return pairs.flatMap((pair, place) => {
        const judgement = judgements[place];
        return judgement ? [{ ...pair, judgement }] : [];
      });
    },
  };
}

function toScoringPolicy({ id, table, document }: ReadyPolicy): ScoringPolicy {
  return { key: id, table, parameters: document.params, threshold: document.threshold };
}
