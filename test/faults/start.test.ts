import { once } from 'node:events';
import { createServer } from 'node:net';
import t from 'tap';
import { PROGRAM, spawnNode } from '../package.ts';
import { makeFolder, portOf, TEST_KEY_RING } from '../servers.ts';

/** Starts the service with this environment, and returns what it said when it had given up. */
async function startAndFail(
  environment: Record<string, string>,
): Promise<{ code: number | null; said: string }> {
  const service = spawnNode([PROGRAM, 'serve'], {
    env: { HOMEWARD_FSYNC: 'off', LOG_LEVEL: 'silent', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  service.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = await once(service, 'exit');
  return { code, said };
}

t.test('a service that cannot start says why in a line, and leaves nothing running', async (t) => {
  const HOMEWARD_DATA_DIR = await makeFolder(t);
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  t.teardown(() => taken.close());
  const tries: [name: string, environment: Record<string, string>, code: RegExp][] = [
    ['a port in use', { PORT: String(portOf(taken)) }, /CONFIGURATION_INVALID: .*EADDRINUSE/],
    ['a port that is none', { PORT: 'eighty' }, /CONFIGURATION_INVALID: .*PORT/],
    [
      'a password that breaks the URL',
      { DATABASE_URL: 'postgres://u:s3cr#et@h/x' },
      /CONFIGURATION_INVALID: .*DATABASE_URL/,
    ],
    [
      'no database there',
      { DATABASE_URL: 'postgres://u:s3cret@127.0.0.1:9/x', KEY_RING: TEST_KEY_RING },
      /DATABASE_UNAVAILABLE/,
    ],
    [
      'a database and no key ring',
      { DATABASE_URL: 'postgres://u:s3cret@127.0.0.1:9/x' },
      /CONFIGURATION_INVALID: .*homeward keys new/,
    ],
    [
      'a key ring that is none',
      { KEY_RING: 'ring-1 s3cr3t' },
      /KEY_RING_INVALID: .*line 1 is no key/,
    ],
    ['no Redis there', { REDIS_URL: 'redis://127.0.0.1:9', PORT: '0' }, /QUEUE_UNAVAILABLE/],
    [
      'a key with blanks',
      { ADMIN_API_KEY: 'a key with blanks that is long enough' },
      /CONFIGURATION_INVALID: .*ADMIN_API_KEY/,
    ],
  ];
  for (const [name, environment, message] of tries) {
    const { code, said } = await startAndFail({ HOMEWARD_DATA_DIR, ...environment });
    t.equal(code, 2, name);
    t.match(said, message, name);
    t.notMatch(said, /\n +at |s3cr/, `${name}: no stack trace and no secret`);
  }
});
