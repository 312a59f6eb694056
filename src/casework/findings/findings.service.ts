import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import type { FindingVerdict } from '../../platform/finding-tables.ts';
import {
  type Finding,
  type FindingFilter,
  findFinding,
  findOpenOf,
  listFindings,
  settleFinding,
} from './findings.repository.ts';

export { deleteFindingsOf, deleteFindingsOfStaff } from './findings.repository.ts';
export type { Finding };

/** So many are shown at once; settle some to see the next. */
const MOST_SHOWN = 1_000;

/** What somebody says of a finding, and of which version of it. */
export type Settlement = {
  readonly version: number;
  readonly verdict: FindingVerdict;
  readonly reason: string;
};

export type FindingsService = ReturnType<typeof makeFindingsService>;

/** Samples that show the genotypes of one person, for analysts, who say why. */
export function makeFindingsService({ db }: { db: Database }) {
  async function read(id: string): Promise<Finding> {
    const finding = await findFinding(db, id);
    if (!finding) throw new HomewardError('NOT_FOUND');
    return finding;
  }

  return {
    list: (filter: FindingFilter): Promise<{ total: number; findings: Finding[] }> =>
      listFindings(db, filter, MOST_SHOWN),

    /** @throws HomewardError NOT_FOUND */
    read,

    /**
     * Says what a finding was, once and for all.
     * @throws HomewardError NOT_FOUND, VERSION_STALE, FINDING_SETTLED
     */
    async settle(
      id: string,
      { version, verdict, reason }: Settlement,
      settledBy: string,
    ): Promise<Finding> {
      const before = await read(id);
      if (before.version !== version) throw new HomewardError('VERSION_STALE');
      if (before.settledAt !== null) throw new HomewardError('FINDING_SETTLED');
      if (!(await settleFinding(db, { id, version }, { verdict, reason, settledBy }))) {
        throw new HomewardError('VERSION_STALE');
      }
      return read(id);
    },
  };
}

/** Ids of the open findings of people, by their profiles; of people without one none. */
export async function readOpenFindings(
  db: Database,
  profileIds: readonly string[],
): Promise<Map<string, string[]>> {
  const findings = new Map<string, string[]>();
  for (const { profileId, findingId } of await findOpenOf(db, [...new Set(profileIds)])) {
    findings.set(profileId, [...(findings.get(profileId) ?? []), findingId]);
  }
  return findings;
}
