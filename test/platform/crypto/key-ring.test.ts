import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { openKeyRing } from '../../../src/platform/crypto/key-ring.ts';
import { newRingLine, parseRing } from '../../../src/platform/crypto/ring-text.ts';
import { makeFolder } from '../../servers.ts';

const PLACE = { column: 'data_key_pages.keys', rowId: 'a' } as const;
const line = (name: string, byte: number): string =>
  `${name} ${Buffer.alloc(32, byte).toString('base64')}\n`;

t.test('the last key wraps, and all of them open', (t) => {
  const ring = parseRing(`# keys\n\n${line('old', 1)}${newRingLine(new Date(0))}`);
  t.equal(ring.keys.size, 2);
  t.match(ring.current, /^ring-19700101-[0-9a-f]{6}$/);
  t.end();
});

t.test('a faulty ring is refused by its line, and the line is not repeated', (t) => {
  const secret = Buffer.alloc(31, 9).toString('base64');
  const faulty = [
    ['', /holds no key/],
    ['# nothing\n', /holds no key/],
    [`${line('a', 1)}b ${secret}\n`, /line 2 is no key/],
    [`${line('a', 1)}${line('a', 2)}`, /line 2 names a key a second time/],
  ] as const;
  for (const [text, message] of faulty) {
    const fault: unknown = (() => {
      try {
        return parseRing(text);
      } catch (error) {
        return error;
      }
    })();
    t.match(fault, { code: 'KEY_RING_INVALID', message });
    t.notMatch((fault as Error).message, secret);
  }
  t.end();
});

t.test('a key that is added takes effect without a restart', async (t) => {
  const file = join(await makeFolder(t), 'key.ring');
  await writeFile(file, line('first', 1));
  const running = await openKeyRing({ kind: 'file', file });
  const old = await running.wrap(Buffer.from('data key'), PLACE);
  await writeFile(file, line('first', 1) + line('second', 2));
  const restarted = await openKeyRing({ kind: 'file', file });
  const wrapped = await restarted.wrap(Buffer.from('data key'), PLACE);
  t.equal(wrapped.ringKey, 'second');
  t.equal(Buffer.from(await running.unwrap(wrapped, PLACE)).toString(), 'data key');
  t.equal(await running.current(), 'second');
  t.equal(Buffer.from(await restarted.unwrap(old, PLACE)).toString(), 'data key');

  await writeFile(file, line('second', 2));
  const later = await openKeyRing({ kind: 'file', file });
  await t.rejects(later.unwrap(old, PLACE), {
    code: 'KEY_RING_INVALID',
    message: /lacks the key first/,
  });
  await rm(file);
  await t.rejects(later.unwrap(old, PLACE), { code: 'KEY_RING_INVALID' }, 'nor without its file');
});
