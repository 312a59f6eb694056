import { readFile, writeFile } from 'node:fs/promises';
import { buildApp } from '../src/http/app.ts';
import { makeServices } from '../src/main.ts';
import { openDatabase } from '../src/platform/database.ts';
import { openLog } from '../src/platform/log.ts';
import { openCalculationPool } from '../src/platform/thread-pool.ts';

/**
 * Writes openapi.json from the routes' schemas. With `--check` it writes nothing and fails when
 * the committed document is not what the routes say.
 */
const FILE = new URL('openapi.json', import.meta.url);

// Nothing is asked of the database: the routes are only described.
const database = openDatabase('postgres://nobody@127.0.0.1:1/none');
const app = await buildApp({
  log: openLog('silent'),
  requestsPerMinute: 1,
  ...makeServices({ db: database.db, pool: openCalculationPool(1), wake: () => undefined }),
});
await app.ready();
const document = `${JSON.stringify(app.swagger(), null, 2)}\n`;
await app.close();
await database.close();

if (!process.argv.includes('--check')) {
  await writeFile(FILE, document);
} else if ((await readFile(FILE, 'utf8').catch(() => '')) !== document) {
  console.error('openapi/openapi.json is not what the routes say; run `npm run openapi`.');
  process.exitCode = 1;
}
