import type { Database } from '../../platform/database.ts';
import { countDatabase } from '../profiles/profiles.service.ts';
import type { SweepsService } from '../sweeps/sweeps.service.ts';
import { countRequests } from './search-requests.repository.ts';

export type ProgressService = ReturnType<typeof makeProgressService>;

/** How far the search is, counted in the database and therefore true for any number of workers. */
export function makeProgressService({ db, sweeps }: { db: Database; sweeps: SweepsService }) {
  return {
    /** Requests and the blocks of the last sweep together. */
    async read() {
      const { unknowns, families, couples } = await countDatabase(db);
      const requests = await countRequests(db);
      const blocks = await sweeps.countBlocks();
      return {
        pending: requests.pending + blocks.pending,
        done: requests.done + blocks.done,
        failed: requests.failed + blocks.failed,
        ...{ unknowns, families, couples },
      };
    },
  };
}
