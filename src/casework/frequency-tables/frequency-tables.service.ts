import { readFrequencyCsv } from '../../formats/frequency-csv.ts';
import type { FrequencyTable } from '../../kinship/index.ts';
import type { Database } from '../../platform/database.ts';
import { contentHash as hashContent } from '../../platform/provenance.ts';
import {
  findTable,
  type FrequencyTableRow,
  listTables,
  saveTable,
} from './frequency-tables.repository.ts';

export type { FrequencyTableRow };

const TABLES_KEPT = 32;

export type FrequencyTablesService = ReturnType<typeof makeFrequencyTablesService>;

/** Populations' allele frequencies: uploaded once, never edited, named by their content. */
export function makeFrequencyTablesService({ db }: { db: Database }) {
  const parsed = new Map<string, FrequencyTable>();

  async function read(
    id: string,
  ): Promise<{ row: FrequencyTableRow; table: FrequencyTable } | null> {
    const row = await findTable(db, id);
    return row && { row, table: parse(row) };
  }

  /** Reading one takes some 20 ms, and its content never changes. */
  function parse({ contentHash, csv }: FrequencyTableRow): FrequencyTable {
    const table = parsed.get(contentHash) ?? readFrequencyCsv(csv);
    parsed.set(contentHash, table);
    const [oldest] = parsed.keys();
    if (parsed.size > TABLES_KEPT && oldest !== undefined) parsed.delete(oldest);
    return table;
  }

  return {
    /** A table with when it was uploaded; null where there is none of this id. */
    read,

    /** @throws HomewardError FREQUENCY_TABLE_INVALID */
    async upload(name: string, csv: string): Promise<{ row: FrequencyTableRow; created: boolean }> {
      readFrequencyCsv(csv);
      return saveTable(db, { name, contentHash: hashContent(csv), csv });
    },

    list: () => listTables(db),

    async find(
      id: string,
    ): Promise<{ name: string; contentHash: string; table: FrequencyTable } | null> {
      const found = await read(id);
      if (!found) return null;
      const { name, contentHash } = found.row;
      return { name, contentHash, table: found.table };
    },
  };
}
