import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { startTestService } from './service.ts';

const BEGUN = 'POST /v1/batches?side=relatives HTTP/1.1\r\nhost: homeward\r\n';

/** Sends a letter at a time for as long as somebody listens. @returns what was answered */
async function dribble(url: string, beginning: string, authorization: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // Cut in the middle of a letter, a socket is reset.
  socket.on('error', () => undefined);
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  await once(socket, 'connect');
  socket.write(`${beginning}authorization: Bearer ${authorization}\r\n`);
  while (!socket.destroyed && !socket.readableEnded) {
    socket.write('a');
    await sleep(100);
  }
  return answer;
}

t.test('who sends too slowly is cut off, and holds up nobody', async (t) => {
  const service = await startTestService(t, { policy: false, search: false, requestSeconds: 1 });
  const { key } = await service.createPoint('SLOW');
  const slow = [
    // Headers that never end.
    dribble(service.url, BEGUN, key),
    // A body that is long in coming.
    dribble(
      service.url,
      `${BEGUN}content-type: text/csv\r\ncontent-length: 1000000\r\n`,
      `${key}\r\n`,
    ),
  ];
  t.equal((await service.call('analyst', 'GET', '/v1/candidates')).status, 200);
  for (const answer of await Promise.all(slow)) t.match(answer, /^HTTP\/1\.1 408 /);
  t.equal((await service.call('analyst', 'GET', '/v1/candidates')).status, 200);
});
