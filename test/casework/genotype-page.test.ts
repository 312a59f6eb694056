import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import t from 'tap';
import { openPage, type PageEntry, sealPage } from '../../src/casework/profiles/genotype-page.ts';
import { RELATIONS } from '../../src/formats/relation.ts';

const KEY = Buffer.alloc(32, 3);
const PAGE = randomUUID();

const entry = fc.record({
  sampleId: fc.uuid(),
  familyId: fc.option(fc.uuid()),
  relation: fc.option(fc.constantFrom(...RELATIONS)),
  packed: fc.uint8Array({ maxLength: 300 }),
});
const plain = (entries: readonly PageEntry[] | null) =>
  entries?.map(({ packed, ...rest }) => ({ ...rest, packed: [...packed] }));

t.test('the people of a page come back as they were', (t) => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 32 }), (entries) => {
      assert.deepEqual(plain(openPage(KEY, PAGE, sealPage(KEY, PAGE, entries))), plain(entries));
    }),
  );
  t.end();
});

t.test('a page that was altered, moved or sealed with another key is none', (t) => {
  const sealed = sealPage(KEY, PAGE, fc.sample(entry, { numRuns: 3, seed: 1 }));
  t.ok(openPage(KEY, PAGE, sealed));
  t.equal(openPage(KEY, randomUUID(), sealed), null);
  t.equal(openPage(Buffer.alloc(32, 4), PAGE, sealed), null);
  for (let at = 0; at < sealed.length; at += 7) {
    const altered = Uint8Array.from(sealed);
    altered[at]! ^= 1;
    t.equal(openPage(KEY, PAGE, altered), null);
  }
  t.end();
});
