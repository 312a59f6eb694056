import { canonicalJson, contentHash } from '../../platform/provenance.ts';
import type { Profile } from '../../kinship/index.ts';
import type { ThreadPool } from '../../platform/thread-pool.ts';
import type {
  FamilyHits,
  JudgedPair,
  Pair,
  PersonPlace,
  ScoringPolicy,
  ScoringTask,
} from '../../search/index.ts';
import type { JudgedCandidate } from '../candidates/candidate-writer.ts';
import type { ReadyPolicy } from '../policies/policies.service.ts';
import { toClosedForm } from '../policies/policy-fit.ts';
import {
  inFamilyOrder,
  type StoredFamilies,
  type StoredPair,
  type StoredProfile,
  toFamily,
} from '../profiles/stored-profile.ts';
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
    /** Brings the index up to date, and makes every thread that is idle ready for a policy. */
    async warmUp(policy: ReadyPolicy): Promise<void> {
      const index = (await indexLoader.refresh()).snapshot();
      const task: ScoringTask = { kind: 'warm-up', policy: toScoringPolicy(policy), index };
      await Promise.all(Array.from({ length: pool.size }, () => run(task)));
    },

    /** Brings the index up to date. */
    async refresh(): Promise<void> {
      await indexLoader.refresh();
    },

    /**
     * The families that may reach the threshold with each child, among all who had committed when
     * this was called.
     * @param shard only families of this shard
     * @param goOn asked between tasks; once it says no, the rest is left out
     */
    async scanFamilies(
      policy: ReadyPolicy,
      children: readonly StoredProfile[],
      { shard, goOn = () => true }: { shard?: number; goOn?: () => boolean } = {},
    ): Promise<PairIds[]> {
      const index = await indexLoader.refresh();
      const shared = { policy: toScoringPolicy(policy), index: index.snapshot() };
      const pairs: PairIds[] = [];
      const shards = shard === undefined ? {} : { shards: [shard] };
      for (let at = 0; at < children.length && goOn(); at += CHILDREN_A_TASK) {
        const some = children.slice(at, at + CHILDREN_A_TASK);
        const profiles = some.map(({ profile }) => profile);
        const hits = await run<FamilyHits[]>({ ...shared, ...shards, kind: 'scan-families', children: profiles }); // prettier-ignore
        some.forEach(({ sampleId }, place) => {
          const families = index.familiesAt(hits[place] ?? []);
          pairs.push(...families.map((familyId) => ({ sampleId, familyId })));
        });
      }
      return pairs;
    },

    /** The people of unknown origin who may reach the threshold with each family, likewise. */
    async scanUnknowns(policy: ReadyPolicy, families: StoredFamilies): Promise<PairIds[]> {
      if (families.size === 0) return [];
      const index = await indexLoader.refresh();
      const found = await run<number[][]>({
        policy: toScoringPolicy(policy),
        index: index.snapshot(),
        kind: 'scan-unknowns',
        families: [...families.values()].map(toFamily),
      });
      return [...families.keys()].flatMap((familyId, place) =>
        index.unknownsAt(found[place] ?? []).map((sampleId) => ({ sampleId, familyId })),
      );
    },

    /** For each profile the samples, of either side, that may be of its person, likewise. */
    async scanPeople(profiles: readonly Profile[]): Promise<string[][]> {
      if (profiles.length === 0) return [];
      const index = await indexLoader.refresh();
      const rows = profiles.map((profile) => index.codesOf(profile));
      const found = await run<PersonPlace[][]>({ kind: 'scan-people', index: index.snapshot(), rows }); // prettier-ignore
      return found.map((places) => index.peopleAt(places));
    },

    /** Those of the pairs that reach the threshold. */
    async judge(policy: ReadyPolicy, pairs: readonly StoredPair[]): Promise<JudgedCandidate[]> {
      if (pairs.length === 0) return [];
      const judgements = await run<(JudgedPair | null)[]>({
        policy: toScoringPolicy(policy),
        kind: 'judge',
        pairs: pairs.map(({ child, members }): Pair => ({
          child: child.profile,
          family: toFamily(inFamilyOrder(members)),
        })),
      });
      return pairs.flatMap((pair, place) => {
        const judgement = judgements[place];
        return judgement ? [{ ...pair, judgement }] : [];
      });
    },
  };
}

/** Children that a thread compares with a block of families while the block is in its cache. */
const CHILDREN_A_TASK = 250;

/** Policies that differ in threshold or prior alone share what the threads prepare. */
function toScoringPolicy({ table, tableHash, document }: ReadyPolicy): ScoringPolicy {
  const parameters = toClosedForm(document);
  const key = `${tableHash} ${contentHash(canonicalJson(parameters))}`;
  return { key, table, parameters, threshold: document.threshold };
}
