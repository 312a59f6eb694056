import type { z } from 'zod';
import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import {
  type CollectionPointRow,
  findCollectionPoint,
  insertCollectionPoint,
  listCollectionPoints,
  lockStanding,
  updateCollectionPoint,
  updateState,
} from './collection-points.repository.ts';
import type {
  collectionPointChange,
  collectionPointState,
  newCollectionPoint,
} from './collection-points.schema.ts';
import { findNearest, type Position } from './nearest.ts';

export type CollectionPoint = Omit<CollectionPointRow, 'latitude' | 'longitude' | 'createdAt'> & {
  readonly position: Position | null;
};

export type CollectionPointsService = ReturnType<typeof makeCollectionPointsService>;

/** The registry of collection points. */
export function makeCollectionPointsService({ db }: { db: Database }) {
  async function list(division = ''): Promise<CollectionPoint[]> {
    return (await listCollectionPoints(db, division)).map(toPoint);
  }

  return {
    /** @param division leading digits of the division codes; all without */
    list,

    /** Those that are active and whose position is known, the nearest first. */
    async nearest(from: Position, limit: number, division?: string) {
      const places = (await list(division)).flatMap(({ position, ...point }) =>
        position && point.state === 'active' ? [{ ...point, position }] : [],
      );
      return findNearest(places, from, limit);
    },

    /** @throws HomewardError NOT_FOUND */
    async read(id: string): Promise<CollectionPoint> {
      const row = await findCollectionPoint(db, id);
      if (!row) throw new HomewardError('NOT_FOUND');
      return toPoint(row);
    },

    /** @throws HomewardError CONFLICT when another has its code */
    async create({ code, ...rest }: z.infer<typeof newCollectionPoint>): Promise<CollectionPoint> {
      const row = await insertCollectionPoint(db, { code, ...toColumns(rest) });
      if (row) return toPoint(row);
      throw new HomewardError('CONFLICT', 'A collection point has this code already.');
    },

    /**
     * Replaces everything but the code and the state.
     * @param version that the caller has read
     * @throws HomewardError NOT_FOUND; VERSION_STALE when somebody changed it since
     */
    async change(
      id: string,
      version: number,
      change: z.infer<typeof collectionPointChange>,
    ): Promise<CollectionPoint> {
      const row = await updateCollectionPoint(db, { id, version }, toColumns(change));
      if (row) return toPoint(row);
      if (!(await findCollectionPoint(db, id))) throw new HomewardError('NOT_FOUND');
      throw new HomewardError('VERSION_STALE');
    },

    /**
     * Suspends or opens. Waits for whatever is being written for the collection point, and what comes later
     * is refused: {@link lockActivePoint}.
     * @throws HomewardError NOT_FOUND
     */
    async setState(id: string, wanted: z.infer<typeof collectionPointState>) {
      const row = await updateState(db, id, wanted);
      if (!row) throw new HomewardError('NOT_FOUND');
      return toPoint(row);
    },
  };
}

/** @throws HomewardError NOT_FOUND where there is no such collection point */
export async function requireCollectionPoint(db: Database, id: string): Promise<void> {
  const point = await findCollectionPoint(db, id);
  if (!point) throw new HomewardError('NOT_FOUND', 'There is no such collection point.');
}

/**
 * For whoever writes for a collection point: it is neither suspended nor changed until the transaction ends.
 * @throws HomewardError COLLECTION_POINT_SUSPENDED
 */
export async function lockActivePoint(
  tx: Database,
  id: string,
): Promise<{ readonly division: string; readonly monthlyQuota: number | null }> {
  const standing = await lockStanding(tx, id);
  if (!standing) throw new Error('a collection point does not see itself');
  if (standing.state !== 'active') throw new HomewardError('COLLECTION_POINT_SUSPENDED');
  return standing;
}

function toPoint({ latitude, longitude, createdAt: _, ...rest }: CollectionPointRow) {
  const position = latitude === null || longitude === null ? null : { latitude, longitude };
  return { ...rest, position };
}

function toColumns({ position, ...rest }: z.infer<typeof collectionPointChange>) {
  const { latitude = null, longitude = null } = position ?? {};
  return { ...rest, latitude, longitude };
}
