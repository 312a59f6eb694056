import { randomBytes, randomFillSync, randomUUID } from 'node:crypto';
import { asc, count, eq, ne } from 'drizzle-orm';
import { type Database, isAnyOf } from '../database.ts';
import { dataKeyPages } from '../tables.ts';
import type { KeyRing } from './key-ring.ts';
import { KEY_BYTES, type SealedPlace } from './sealed-bytes.ts';

/** Where a record's data key stands: on which page, and the how many-th there, from 0. */
export type KeyPlace = { readonly keyPageId: string; readonly keySlot: number };

/** A record's own key, and that of its page as a whole. Kept nowhere but on the page, wrapped. */
export type RecordKey = KeyPlace & { readonly key: Uint8Array; readonly pageKey: Uint8Array };

/** The place of a page's own key, for what is sealed of all its records together. */
export const PAGE_SLOT = -1;

/** A page whose own key was changed because one of its records is gone. */
export type RenewedPage = {
  readonly keyPageId: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
};

/** A page of keys as it lies in its table. */
export type KeyPage = typeof dataKeyPages.$inferSelect;

/** A record's key by its place; null once it was destroyed. */
export type FindKey = (place: KeyPlace) => Uint8Array | null;

export type RecordKeys = ReturnType<typeof makeRecordKeys>;

/** A page of 1 kB stays within its row, and a million keys unwrap in a moment. */
export const KEYS_A_PAGE = 32;
const PAGES_A_STATEMENT = 1_000;

/**
 * The data keys of records: every record has one of its own, and they lie wrapped by the key ring on
 * pages of {@link KEYS_A_PAGE}. Whoever destroys a key makes its record unreadable for ever. See
 * docs/adr/0013-sealed-records.md.
 */
export function makeRecordKeys({ ring }: { ring: KeyRing }) {
  return {
    /** Makes keys for records that the same transaction writes. */
    async make(tx: Database, records: number): Promise<RecordKey[]> {
      const pages = Array.from({ length: Math.ceil(records / KEYS_A_PAGE) }, (_, number) => ({
        id: randomUUID(),
        // The last one is the page's own.
        keys: randomBytes(KEY_BYTES * (1 + Math.min(KEYS_A_PAGE, records - number * KEYS_A_PAGE))),
      }));
      const rows = await Promise.all(
        pages.map(async ({ id, keys }) => ({ id, ...(await wrap(ring, id, keys)) })),
      );
      for (let at = 0; at < rows.length; at += PAGES_A_STATEMENT) {
        await tx.insert(dataKeyPages).values(rows.slice(at, at + PAGES_A_STATEMENT));
      }
      return pages.flatMap(({ id, keys }) =>
        Array.from({ length: keys.length / KEY_BYTES - 1 }, (_, keySlot) => ({
          keyPageId: id,
          keySlot,
          key: keyAt(keys, keySlot),
          pageKey: pageKeyOf(keys),
        })),
      );
    },

    /** The keys of these places. */
    async find(db: Database, places: readonly { keyPageId: string | null }[]): Promise<FindKey> {
      const ids = [...new Set(places.flatMap(({ keyPageId }) => keyPageId ?? []))];
      if (ids.length === 0) return () => null;
      const pages = await db
        .select()
        .from(dataKeyPages)
        .where(isAnyOf(dataKeyPages.id, ids, 'uuid'));
      return openPages(ring, pages);
    },

    /** The keys on pages that somebody read in a statement of their own. */
    open: (pages: readonly KeyPage[]) => openPages(ring, pages),

    /**
     * Overwrites keys for ever, in the transaction that removes their records.
     * @returns the pages, each with another key of its own: what was sealed with the one before is to be
     * sealed anew, without those records
     */
    async destroy(tx: Database, places: readonly KeyPlace[]): Promise<RenewedPage[]> {
      const renewed: RenewedPage[] = [];
      for (const [pageId, slots] of slotsByPage(places)) {
        const [page] = await tx.select().from(dataKeyPages).where(eq(dataKeyPages.id, pageId)).for('update'); // prettier-ignore
        if (!page) continue;
        const keys = Uint8Array.from(await unwrap(ring, page));
        const before = Uint8Array.from(pageKeyOf(keys));
        for (const slot of slots) keyAt(keys, slot).fill(0);
        randomFillSync(pageKeyOf(keys));
        renewed.push({ keyPageId: pageId, before, after: pageKeyOf(keys) });
        await tx
          .update(dataKeyPages)
          .set(await wrap(ring, pageId, keys))
          .where(eq(dataKeyPages.id, pageId));
      }
      return renewed;
    },

    currentRingKey: () => ring.current(),

    /** How many pages each key of the ring has wrapped. */
    countPages: (db: Database): Promise<{ ringKey: string; count: number }[]> =>
      db
        .select({ ringKey: dataKeyPages.ringKey, count: count() })
        .from(dataKeyPages)
        .groupBy(dataKeyPages.ringKey)
        .orderBy(asc(dataKeyPages.ringKey)),

    /**
     * Wraps pages of older ring keys with the current one, some at a time; the service goes on meanwhile.
     * @returns how many pages it wrapped; 0 once all are
     */
    async rewrapSome(tx: Database): Promise<number> {
      const pages = await tx
        .select()
        .from(dataKeyPages)
        .where(ne(dataKeyPages.ringKey, await ring.current()))
        .orderBy(asc(dataKeyPages.id))
        .limit(PAGES_A_STATEMENT)
        .for('update');
      for (const page of pages) {
        const wrapped = await wrap(ring, page.id, await unwrap(ring, page));
        await tx.update(dataKeyPages).set(wrapped).where(eq(dataKeyPages.id, page.id));
      }
      return pages.length;
    },
  };
}

async function wrap(ring: KeyRing, id: string, keys: Uint8Array): Promise<Omit<KeyPage, 'id'>> {
  const { ringKey, bytes } = await ring.wrap(keys, placeOf(id));
  return { ringKey, keys: bytes };
}

function unwrap(ring: KeyRing, { id, ringKey, keys }: KeyPage): Promise<Uint8Array> {
  return ring.unwrap({ ringKey, bytes: keys }, placeOf(id));
}

function placeOf(rowId: string): SealedPlace {
  return { column: 'data_key_pages.keys', rowId };
}

async function openPages(ring: KeyRing, rows: readonly KeyPage[]): Promise<FindKey> {
  const pages = new Map<string, Uint8Array>();
  for (const row of rows) pages.set(row.id, await unwrap(ring, row));
  return ({ keyPageId, keySlot }) => {
    const keys = pages.get(keyPageId);
    if (!keys || keys.length < (keySlot + 2) * KEY_BYTES) return null;
    const key = keySlot === PAGE_SLOT ? pageKeyOf(keys) : keyAt(keys, keySlot);
    return key.some(isSet) ? key : null;
  };
}

const isSet = (byte: number): boolean => byte !== 0;

function pageKeyOf(keys: Uint8Array): Uint8Array {
  return keys.subarray(keys.length - KEY_BYTES);
}

function keyAt(keys: Uint8Array, slot: number): Uint8Array {
  return keys.subarray(slot * KEY_BYTES, (slot + 1) * KEY_BYTES);
}

function slotsByPage(places: readonly KeyPlace[]): Map<string, number[]> {
  const pages = new Map<string, number[]>();
  // One order for everybody, so that two transactions never wait for each other.
  const ordered = [...places].sort((a, b) => (a.keyPageId < b.keyPageId ? -1 : 1));
  for (const { keyPageId, keySlot } of ordered) {
    pages.set(keyPageId, [...(pages.get(keyPageId) ?? []), keySlot]);
  }
  return pages;
}
