import { type ConnectedDatabase, openDatabase } from './database.ts';
import type { DatabaseRole } from './database-roles.ts';

/** The database as each part of the service may use it; a part is given one of them. */
export type Databases = {
  /** Search and sweeps: reads everybody's profiles, writes candidates. */
  readonly engine: ConnectedDatabase;
  /** Analysts and administrators: candidates, reviews, policies, sweeps. */
  readonly laboratory: ConnectedDatabase;
  /** Who may speak to the service: API keys and collection points. */
  readonly gate: ConnectedDatabase;
  /** The record of what was done: adds to it and reads it. */
  readonly auditor: ConnectedDatabase;
  /** Who seals records and removes them for ever. */
  readonly keeper: ConnectedDatabase;
  /** Who opens the identities of a case for an hour. */
  readonly breakGlass: ConnectedDatabase;
  /** Has no role, and reads nothing, but through src/platform/scope.ts. */
  readonly scoped: ConnectedDatabase;
  close(): Promise<void>;
};

/**
 * Opens a pool for each part; those that are never asked connect never.
 * @param searchThreads each job under way holds a connection of the engine's
 */
export function openDatabases(url: string, searchThreads: number): Databases {
  const open = (connections: number, role?: DatabaseRole) =>
    openDatabase(url, { connections, ...(role && { role }) });
  const engine = open(4 + 3 * searchThreads, 'homeward_engine');
  const laboratory = open(6, 'homeward_laboratory');
  const gate = open(4, 'homeward_gate');
  // The chain has one writer at a time; one more reads.
  const auditor = open(2, 'homeward_auditor');
  const keeper = open(3, 'homeward_keeper');
  const breakGlass = open(2, 'homeward_break_glass');
  const scoped = open(6);
  const pools = [engine, laboratory, gate, auditor, keeper, breakGlass, scoped];
  return {
    engine: engine.db,
    laboratory: laboratory.db,
    gate: gate.db,
    auditor: auditor.db,
    keeper: keeper.db,
    breakGlass: breakGlass.db,
    scoped: scoped.db,
    async close() {
      await Promise.all(pools.map((pool) => pool.close()));
    },
  };
}
