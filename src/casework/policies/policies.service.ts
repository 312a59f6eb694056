import type { z } from 'zod';
import type { FrequencyTable } from '../../kinship/index.ts';
import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { canonicalJson, contentHash } from '../../platform/provenance.ts';
import type { FrequencyTablesService } from '../frequency-tables/frequency-tables.service.ts';
import { requestSweep } from '../sweeps/sweep-request.ts';
import { checkFit } from './policy-fit.ts';
import { type newPolicy, type PolicyDocument, readPolicyDocument } from './policy.schema.ts';
import {
  activatePolicy,
  findActivePolicy,
  findPolicyById,
  insertPolicy,
  listPolicies,
  lockPolicies,
  type PolicyRow,
} from './policies.repository.ts';

/** A policy with its table, ready to compute with. */
export type ReadyPolicy = {
  readonly id: string;
  readonly name: string;
  readonly contentHash: string;
  readonly document: PolicyDocument;
  readonly frequencyTableId: string;
  readonly tableName: string;
  readonly tableHash: string;
  readonly table: FrequencyTable;
};

export type { PolicyRow };

export type PoliciesService = ReturnType<typeof makePoliciesService>;

/** Policies: made once, never edited, one of them active. A new one sweeps the whole database. */
export function makePoliciesService({
  db,
  frequencyTables,
  onActivated,
}: {
  db: Database;
  frequencyTables: FrequencyTablesService;
  /** Called after the activation was committed. */
  onActivated: () => void;
}) {
  const ready = new Map<string, ReadyPolicy>();

  async function prepare(row: PolicyRow): Promise<ReadyPolicy> {
    const known = ready.get(row.id);
    if (known) return known;
    const found = await frequencyTables.find(row.frequencyTableId);
    if (!found) throw new Error(`policy ${row.id} names a frequency table that is gone`);
    const { id, name, contentHash: hash, frequencyTableId } = row;
    const document = readPolicyDocument(row.document);
    const { name: tableName, contentHash: tableHash, table } = found;
    const policy = {
      id,
      name,
      contentHash: hash,
      document,
      frequencyTableId,
      tableName,
      tableHash,
      table,
    };
    ready.set(id, policy);
    return policy;
  }

  return {
    /**
     * Puts a policy in force. One with the content of the policy in force changes nothing.
     * @throws HomewardError POLICY_INVALID when its parameters do not fit its table
     */
    async activate(
      wanted: z.output<typeof newPolicy>,
    ): Promise<{ row: PolicyRow; created: boolean }> {
      const { name, frequencyTableId } = wanted;
      const document = readPolicyDocument(wanted.document);
      const found = await frequencyTables.find(frequencyTableId);
      if (!found) throw new HomewardError('NOT_FOUND', 'There is no such frequency table.');
      checkFit(found.table, document);
      const hash = contentHash(canonicalJson({ document, table: found.contentHash }));
      const activated = await db.transaction(async (tx) => {
        await lockPolicies(tx);
        const active = await findActivePolicy(tx);
        if (active && isSame(active, { frequencyTableId, document })) {
          return { row: active, created: false };
        }
        const row = await insertPolicy(tx, { name, contentHash: hash, frequencyTableId, document });
        await activatePolicy(tx, row.id);
        const previousPolicyId = active?.id ?? null;
        await requestSweep(tx, { policyId: row.id, previousPolicyId, reason: 'policy' });
        return { row: { ...row, active: true }, created: true };
      });
      if (activated.created) onActivated();
      return activated;
    },

    list: () => listPolicies(db),

    async findActive(): Promise<ReadyPolicy | null> {
      const row = await findActivePolicy(db);
      return row && prepare(row);
    },

    async find(id: string): Promise<ReadyPolicy | null> {
      const row = await findPolicyById(db, id);
      return row && prepare(row);
    },
  };
}

/** The policy in force, in the caller's transaction; null while there is none. */
export async function findActivePolicyId(tx: Database): Promise<string | null> {
  return (await findActivePolicy(tx))?.id ?? null;
}

/**
 * Whether the policy in force says the same. The documents are compared as this version reads them:
 * one that an older version stored has another hash, for want of a default that came later.
 */
function isSame(
  active: PolicyRow,
  wanted: { frequencyTableId: string; document: PolicyDocument },
): boolean {
  return (
    active.frequencyTableId === wanted.frequencyTableId &&
    canonicalJson(readPolicyDocument(active.document)) === canonicalJson(wanted.document)
  );
}
