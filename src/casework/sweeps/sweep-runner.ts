import type { Logger } from 'pino';
import type { Database } from '../../platform/database.ts';
import { ENGINE_VERSION } from '../../platform/provenance.ts';
import { findCasesOf } from '../candidates/candidates.service.ts';
import { refreshCases } from '../cases/cases.service.ts';
import type { PoliciesService } from '../policies/policies.service.ts';
import type { ProfilesService } from '../profiles/profiles.service.ts';
import { failureOf, isFinal } from '../searches/failure.ts';
import { shardOf } from '../../search/index.ts';
import { judgePairs } from '../searches/judgement.ts';
import type { Matcher } from '../searches/matcher.ts';
import {
  failBlock,
  releaseBlock,
  renewBlock,
  startBlock,
  type SweepBlock,
} from './sweep-blocks.repository.ts';
import { completeBlock } from './sweep-completion.ts';

/** How often a worker says that it is at work, and asks whether it still should be. */
const RENEW_EVERY_MS = 2_000;

/** Carries out blocks of sweeps. */
export function makeSweepRunner({
  db,
  matcher,
  policies,
  profiles,
  log,
}: {
  db: Database;
  matcher: Matcher;
  policies: PoliciesService;
  profiles: ProfilesService;
  log: Logger;
}) {
  let stopping = false;

  /** @returns false when it was left in the middle, because the sweep or the worker was stopped */
  async function carryOut(block: SweepBlock & { policyId: string }): Promise<boolean> {
    const policy = await policies.find(block.policyId);
    if (!policy) throw new Error(`sweep ${block.sweepId} names a policy that is gone`);
    const watch = watchBlock(block.id);
    try {
      const children = await profiles.findUnknownsBetween(db, block.fromSampleId, block.toSampleId);
      const { familyShard: shard } = block;
      const goOn = (): boolean => !stopping && watch.isWanted();
      const found = await matcher.scanFamilies(policy, children, { shard, goOn });
      if (!goOn()) return false;
      const scope = { sampleIds: children.map(({ sampleId }) => sampleId), familyIds: [] };
      await db.transaction(async (tx) => {
        const isMeant = ({ familyId }: { familyId: string }): boolean =>
          shardOf(familyId) === shard;
        await judgePairs(tx, { matcher, profiles, policy }, found, scope, isMeant);
        await refreshCases(tx, await findCasesOf(tx, scope));
        await completeBlock(tx, block);
      });
      return true;
    } finally {
      watch.end();
    }
  }

  function watchBlock(id: number): { isWanted(): boolean; end(): void } {
    let wanted = true;
    const timer = setInterval(() => {
      renewBlock(db, id).then(
        (renewed) => (wanted = renewed),
        (error: unknown) => log.warn({ err: error }, 'the lease of a block could not be renewed'),
      );
    }, RENEW_EVERY_MS);
    return {
      isWanted: () => wanted,
      end() {
        clearInterval(timer);
      },
    };
  }

  return {
    /**
     * Carries out the blocks that are still to be done. Doing one twice changes nothing: what is
     * written depends on the stored profiles alone.
     * @throws when something failed that may pass, such as a lost connection: try the job again
     */
    async process(blockIds: readonly number[]): Promise<void> {
      for (const id of blockIds) {
        const block = stopping ? null : await startBlock(db, id, ENGINE_VERSION);
        if (!block) continue;
        try {
          if (!(await carryOut(block))) await releaseBlock(db, id);
        } catch (error) {
          log.error({ err: error, blockId: id }, 'a block of a sweep failed');
          if (!isFinal(error, block.attempts)) throw error;
          await failBlock(db, id, failureOf(error));
        }
      }
    },

    /** Leaves the block under way where it is and begins no other. */
    stop(): void {
      stopping = true;
    },
  };
}
