import type { Database } from '../../platform/database.ts';
import { countDatabase } from '../profiles/profiles.service.ts';
import { countRequests } from './search-requests.repository.ts';

export type ProgressService = ReturnType<typeof makeProgressService>;

/** How far the search is, counted in the database and therefore true for any number of workers. */
export function makeProgressService({ db }: { db: Database }) {
  return {
    async read() {
      const { unknowns, families, couples } = await countDatabase(db);
      return { ...(await countRequests(db)), unknowns, families, couples };
    },
  };
}
