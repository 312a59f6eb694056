import type { PgTransactionConfig } from 'drizzle-orm/pg-core';
import type { Database } from '../../platform/database.ts';
import { asCollectionPoint } from '../../platform/scope.ts';
import type { Actor } from '../access/actor.ts';

/** The database for whom custody is kept: the laboratory sees every tube, a collection point its own. */
export type CustodyDatabases = {
  readonly laboratory: Database;
  /** Reads nothing but in the scope of a collection point. */
  readonly scoped: Database;
};

/** Who asks: a collection point, or the laboratory as a whole. */
export type Viewer = { readonly id: string; readonly collectionPointId: string | null };

export function viewerOf(actor: Actor | null): Viewer {
  if (actor === null || actor.role === 'police') {
    throw new Error('this route was reached by somebody who keeps no tubes');
  }
  const collectionPointId = actor.role === 'collection-point' ? actor.collectionPointId : null;
  return { id: actor.id, collectionPointId };
}

/** Runs a transaction that sees what the viewer may. */
export function asViewer<Result>(
  { laboratory, scoped }: CustodyDatabases,
  { collectionPointId }: Viewer,
  run: (tx: Database) => Promise<Result>,
  config?: PgTransactionConfig,
): Promise<Result> {
  if (collectionPointId === null) return laboratory.transaction(run, config);
  return asCollectionPoint(scoped, collectionPointId, run, config);
}
