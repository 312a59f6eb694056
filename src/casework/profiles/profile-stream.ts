import type { TransactionSql } from 'postgres';
import { unpackAlleles } from '../../formats/packed-profile.ts';
import type { Relation } from '../../formats/relation.ts';
import { LOCI } from '../../kinship/index.ts';
import { type CopiedRow, copyRows } from '../../platform/copy-rows.ts';
import { type KeyPage, PAGE_SLOT, type RecordKeys } from '../../platform/crypto/record-keys.ts';
import { type ConnectedDatabase, onlyRow } from '../../platform/database.ts';
import type { AlleleRow } from '../../search/index.ts';
import { openPage } from './genotype-page.ts';
import { openPacked, type SealedGenotypes } from './sealed-genotypes.ts';

/** What had committed when it was taken; written as PostgreSQL writes it, such as `740:742:740`. */
export type CommitSnapshot = string;

/** What a stream of people brings. */
export type ProfileListener = {
  /** @param alleles overwritten with the next person */
  readonly onSample: (sample: ComparedSample, alleles: AlleleRow) => void;
  /** Somebody of an earlier stream was withdrawn since. */
  readonly onWithdrawn: (sampleId: string) => void;
};

/** Somebody who can be compared, as the index takes them in. */
export type ComparedSample = {
  readonly sampleId: string;
  readonly familyId: string | null;
  readonly relation: Relation | null;
};

/**
 * Streams the people whose current profiles had committed by now and had not by `since`, in no order, and
 * returns the snapshot to ask from next. Whose profile was superseded since comes again, with the new one. Exact whatever the order of commits: a row counts as new
 * when the transaction that wrote it was not visible in the earlier snapshot. Without `since`,
 * everybody who is there. Who cannot be read is left out, as everywhere.
 */
export async function streamProfilesSince(
  { db, recordKeys }: { db: ConnectedDatabase; recordKeys: RecordKeys },
  since: CommitSnapshot | null,
  { onSample, onWithdrawn }: ProfileListener,
): Promise<CommitSnapshot> {
  return db.$client.begin('isolation level repeatable read read only', async (tx) => {
    // Row by row they are joined in memory: everybody comes in the order of storage, families together.
    if (since === null) await tx`set local work_mem = '256MB'`;
    const { snapshot } = onlyRow(
      await tx<{ snapshot: string }[]>`select pg_current_snapshot()::text as snapshot`,
    );
    if (since !== null) for (const id of await selectWithdrawn(tx, since)) onWithdrawn(id);
    const lost = since === null ? await streamPages(tx, recordKeys, onSample) : null;
    const rest = lost === null ? isNew(since) : isOnOneOf(lost);
    if (rest !== null) await streamRows(tx, recordKeys, rest, onSample);
    return snapshot;
  });
}

/** Current profiles `p` that meet a condition, each opened with a key of its own. */
async function streamRows(
  tx: TransactionSql,
  recordKeys: RecordKeys,
  condition: string,
  onSample: ProfileListener['onSample'],
): Promise<void> {
  const isMeant = `p.superseded_by is null and ${condition}`;
  const findKey = await recordKeys.open(await selectPages(tx, isMeant));
  const query = `
    select p.sample_id::text, s.family_id::text, s.relation,
      p.genotypes, p.key_page_id::text, p.key_slot
    from profiles p join samples s on s.id = p.sample_id where ${isMeant}`;
  const alleles = new Uint16Array(2 * LOCI.length);
  await copyRows(tx, query, 6, (row) => {
    const packed = openPacked(toSealed(row), findKey);
    if (!packed || !readAlleles(packed, alleles)) return;
    const person = {
      sampleId: row.text(0),
      familyId: row.isNull(1) ? null : row.text(1),
      relation: row.isNull(2) ? null : (row.text(2) as Relation),
    };
    onSample(person, alleles);
  });
}

/**
 * Everybody, page by page: to open one page takes as long as to open one profile.
 * @returns the pages that could not be opened; null, having read nobody, unless all profiles stand on pages
 */
async function streamPages(
  tx: TransactionSql,
  recordKeys: RecordKeys,
  onSample: ProfileListener['onSample'],
): Promise<string[] | null> {
  const { whole } = onlyRow(
    await tx<{ whole: boolean }[]>`
      select (select coalesce(sum(people), 0) from genotype_pages) = (select count(*) from profiles) as whole`,
  );
  if (!whole) return null;
  const findKey = await recordKeys.open(await selectPages(tx, 'true'));
  const alleles = new Uint16Array(2 * LOCI.length);
  const lost: string[] = [];
  await copyRows(tx, PAGES, 3, (row) => {
    const keyPageId = row.text(0);
    const superseded = row.text(2);
    const key = findKey({ keyPageId, keySlot: PAGE_SLOT });
    const entries = key && openPage(key, keyPageId, row.bytes(1));
    if (!entries) lost.push(keyPageId);
    for (const { sampleId, familyId, relation, packed } of entries ?? []) {
      if (superseded.includes(sampleId) || !readAlleles(packed, alleles)) continue;
      onSample({ sampleId, familyId, relation }, alleles);
    }
  });
  return lost;
}

/** Who stands on a page with a profile that was superseded stands on another with the current one. */
const PAGES = `
  select g.key_page_id::text, g.sealed, array(
    select p.sample_id from profiles p
    where p.key_page_id = g.key_page_id and p.superseded_by is not null)::text
  from genotype_pages g`;

function selectPages(tx: TransactionSql, condition: string): Promise<KeyPage[]> {
  return tx.unsafe<KeyPage[]>(`
    select id, ring_key as "ringKey", keys from data_key_pages
    where id in (select p.key_page_id from profiles p where ${condition})`);
}

/** @returns null for none */
function isOnOneOf(pages: readonly string[]): string | null {
  return pages.length === 0 ? null : `p.key_page_id in ('${pages.join("', '")}')`;
}

async function selectWithdrawn(tx: TransactionSql, since: CommitSnapshot): Promise<string[]> {
  const rows = await tx.unsafe<{ id: string }[]>(
    `select sample_id as id from tombstones p where ${isNew(since)}`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Whether a row `p` was not visible in a snapshot. The first condition is implied by the second; it
 * lets the index skip what is long known.
 */
function isNew(since: CommitSnapshot | null): string {
  if (since === null) return 'true';
  if (!/^\d+:\d+:[\d,]*$/.test(since)) throw new Error(`${since} is no snapshot`);
  return `p.written_in >= pg_snapshot_xmin('${since}'::pg_snapshot)
    and not pg_visible_in_snapshot(p.written_in, '${since}'::pg_snapshot)`;
}

function toSealed(row: CopiedRow): SealedGenotypes {
  return {
    sampleId: row.text(0),
    genotypes: row.bytes(3),
    keyPageId: row.isNull(4) ? null : row.text(4),
    keySlot: row.isNull(5) ? null : row.bytes(5).readInt16BE(),
  };
}

/**
 * @param alleles overwritten
 * @returns false for bytes that cannot be read
 */
function readAlleles(packed: Uint8Array, alleles: AlleleRow): boolean {
  try {
    unpackAlleles(packed, alleles);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
