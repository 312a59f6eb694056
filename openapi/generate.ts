import { readFile, writeFile } from 'node:fs/promises';
import { buildApp } from '../src/http/app.ts';
import { makeServices } from '../src/main.ts';
import { openKeyRing } from '../src/platform/crypto/key-ring.ts';
import { makeRecordKeys } from '../src/platform/crypto/record-keys.ts';
import { newRingLine } from '../src/platform/crypto/ring-text.ts';
import { openDatabases } from '../src/platform/databases.ts';
import { openLog } from '../src/platform/log.ts';
import { openCalculationPool, openReportPool } from '../src/platform/thread-pool.ts';

/**
 * Writes openapi.json from the routes' schemas. With `--check` it writes nothing and fails when
 * the committed document is not what the routes say.
 */
const FILE = new URL('openapi.json', import.meta.url);

// Nothing is asked of the database and its keys: the routes are only described.
const databases = openDatabases('postgres://nobody@127.0.0.1:1/none', 1);
const ring = await openKeyRing({ kind: 'text', text: newRingLine(new Date()) });
const log = openLog('silent');
const app = await buildApp({
  log,
  requestSeconds: 1,
  requestsPerMinute: 1,
  trustedProxies: [],
  ...makeServices({
    databases,
    recordKeys: makeRecordKeys({ ring }),
    pool: openCalculationPool(1),
    reportPool: openReportPool(),
    wake: () => undefined,
    log,
    signIn: undefined,
    minimumLoci: 1,
    webhookHosts: [],
    openQueues: () => {
      throw new Error('there are no queues to describe');
    },
    readSearch: () => null,
  }),
});
await app.ready();
const document = `${JSON.stringify(app.swagger(), null, 2)}\n`;
await app.close();
await databases.close();

if (!process.argv.includes('--check')) {
  await writeFile(FILE, document);
} else if ((await readFile(FILE, 'utf8').catch(() => '')) !== document) {
  console.error('openapi/openapi.json is not what the routes say; run `npm run openapi`.');
  process.exitCode = 1;
}
