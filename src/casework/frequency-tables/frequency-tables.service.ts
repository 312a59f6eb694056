import { readFrequencyCsv } from '../../formats/frequency-csv.ts';
import type { FrequencyTable } from '../../kinship/index.ts';
import type { Database } from '../../platform/database.ts';
import { contentHash } from '../../platform/provenance.ts';
import {
  findTable,
  type FrequencyTableRow,
  listTables,
  saveTable,
} from './frequency-tables.repository.ts';

export type { FrequencyTableRow };

export type FrequencyTablesService = ReturnType<typeof makeFrequencyTablesService>;

/** Populations' allele frequencies: uploaded once, never edited, named by their content. */
export function makeFrequencyTablesService({ db }: { db: Database }) {
  return {
    /** @throws HomewardError FREQUENCY_TABLE_INVALID */
    async upload(name: string, csv: string): Promise<{ row: FrequencyTableRow; created: boolean }> {
      readFrequencyCsv(csv);
      return saveTable(db, { name, contentHash: contentHash(csv), csv });
    },

    list: () => listTables(db),

    async find(
      id: string,
    ): Promise<{ name: string; contentHash: string; table: FrequencyTable } | null> {
      const row = await findTable(db, id);
      return (
        row && { name: row.name, contentHash: row.contentHash, table: readFrequencyCsv(row.csv) }
      );
    },
  };
}
