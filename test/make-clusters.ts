import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateDatabase } from '../src/platform/database.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { migrateQueue } from '../src/platform/queue.ts';
import { CLUSTERS } from './servers.ts';

/**
 * Makes the database clusters that tests start from, once for a run: to copy one takes a tenth of the time
 * that making it does, and some hundred are needed.
 */
const folder = mkdtempSync(join(tmpdir(), 'homeward-clusters-'));
// As root, the database runs under another account.
chmodSync(folder, 0o711);
mkdirSync(CLUSTERS, { recursive: true });
try {
  for (const state of ['empty', 'migrated'] as const) {
    const server = await startEmbeddedPostgres({ dataDir: folder, durable: false });
    if (state === 'migrated') {
      await migrateDatabase(server.url, 'homeward_service');
      await migrateQueue(server.url);
    }
    await server.stop();
    execFileSync('cp', ['-a', folder, join(CLUSTERS, state)]);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
