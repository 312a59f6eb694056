import { eq } from 'drizzle-orm';
import type { RecordKey, RenewedPage } from '../../platform/crypto/record-keys.ts';
import type { Database } from '../../platform/database.ts';
import { genotypePages } from '../../platform/tables.ts';
import { openPage, type PageEntry, sealPage } from './genotype-page.ts';

const PAGES_A_STATEMENT = 200;

/** Writes the pages of people whose keys were just made, each with its key. */
export async function insertPages(
  tx: Database,
  people: readonly { readonly recordKey: RecordKey; readonly entry: PageEntry }[],
): Promise<void> {
  const pages = new Map<string, { pageKey: Uint8Array; entries: PageEntry[] }>();
  for (const { recordKey, entry } of people) {
    const { keyPageId, pageKey } = recordKey;
    const page = pages.get(keyPageId);
    if (page) page.entries.push(entry);
    else pages.set(keyPageId, { pageKey, entries: [entry] });
  }
  const rows = [...pages].map(([keyPageId, { pageKey, entries }]) => ({
    keyPageId,
    people: entries.length,
    sealed: sealPage(pageKey, keyPageId, entries),
  }));
  for (let at = 0; at < rows.length; at += PAGES_A_STATEMENT) {
    await tx.insert(genotypePages).values(rows.slice(at, at + PAGES_A_STATEMENT));
  }
}

/**
 * Seals a page anew without somebody. Whoever has renewed its key holds it until the transaction ends. A page that
 * cannot be opened goes as a whole: its people are then read one by one.
 */
export async function removeFromPage(
  tx: Database,
  { keyPageId, before, after }: RenewedPage,
  sampleId: string,
): Promise<void> {
  const isIt = eq(genotypePages.keyPageId, keyPageId);
  const [row] = await tx.select().from(genotypePages).where(isIt);
  if (!row) return;
  const entries = openPage(before, keyPageId, row.sealed)?.filter(
    (one) => one.sampleId !== sampleId,
  );
  if (!entries || entries.length === 0) {
    await tx.delete(genotypePages).where(isIt);
    return;
  }
  const sealed = sealPage(after, keyPageId, entries);
  await tx.update(genotypePages).set({ people: entries.length, sealed }).where(isIt);
}
