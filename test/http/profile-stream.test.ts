import t, { type Test } from 'tap';
import { openPage } from '../../src/casework/profiles/genotype-page.ts';
import { streamProfilesSince } from '../../src/casework/profiles/profile-stream.ts';
import { openKeyRing } from '../../src/platform/crypto/key-ring.ts';
import { makeRecordKeys, PAGE_SLOT } from '../../src/platform/crypto/record-keys.ts';
import { TEST_KEY_RING } from '../servers.ts';
import { FATHER, MOTHER, relativesCsv, startTestService, STRANGER, type TestService, unknownsCsv } from './service.ts'; // prettier-ignore

/** 40 couples and 50 people of unknown origin: five pages of data keys, the last of each batch not full. */
async function start(t: Test): Promise<TestService> {
  const service = await startTestService(t, { policy: false, search: false });
  const { call } = service;
  const families = Array.from({ length: 40 }, (_, number) => `F${number}`);
  const relatives = families.flatMap((family): [string, string, string, string[]][] => [
    [`${family}f`, family, 'father', FATHER],
    [`${family}m`, family, 'mother', MOTHER],
  ]);
  const unknowns = Array.from({ length: 50 }, (_, number): [string, string[]] => [`U${number}`, STRANGER]); // prettier-ignore
  await call('collection-point', 'POST', '/v1/batches?side=relatives', relativesCsv(relatives));
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknownsCsv(unknowns));
  return service;
}

const ring = await openKeyRing({ kind: 'text', text: TEST_KEY_RING });
const recordKeys = makeRecordKeys({ ring });

/** Everybody, as the index would take them in, by their codes. */
async function readEverybody({ db }: TestService): Promise<string[]> {
  const rows = await db.$client<{ id: string; code: string }[]>`select id::text, code from samples`;
  const codes = new Map(rows.map(({ id, code }) => [id, code]));
  const people: string[] = [];
  await streamProfilesSince({ db, recordKeys }, null, {
    onSample: ({ sampleId, familyId, relation }, alleles) =>
      people.push(`${codes.get(sampleId)} ${familyId === null} ${relation} ${alleles.join(' ')}`),
    onWithdrawn: () => t.fail('nobody was there before'),
  });
  return people.sort();
}

t.test('everybody comes, once, whether by page or row by row', async (t) => {
  const service = await start(t);
  const { db } = service;
  const few = await readEverybody(service);
  const more = { sampleId: 'U7', genotypes: { CSF1PO: ['11', '12'] } };
  const { body } = await service.call('collection-point', 'POST', '/v1/batches?side=unknowns', { rows: [more] }); // prettier-ignore
  t.match(body, { extended: 1 });
  const whole = await readEverybody(service);
  t.equal(new Set(whole).size, 130);
  const changed = whole.filter((person) => !few.includes(person));
  t.match(changed, [/^U7 true null 110 120 /], 'who has more loci comes with them, and no more without'); // prettier-ignore
  const [{ pages } = { pages: 0 }] = await db.$client<{ pages: number }[]>`
    select count(*)::int as pages from genotype_pages`;
  t.equal(pages, 6);

  await db.$client`update genotype_pages set sealed = 'altered'
    where key_page_id = (select min(key_page_id::text)::uuid from genotype_pages)`;
  t.same(await readEverybody(service), whole, 'a page that cannot be opened');
  await db.$client`update genotype_pages set sealed = 'altered'`;
  t.same(await readEverybody(service), whole, 'none that can');
  await db.$client`delete from genotype_pages
    where key_page_id = (select max(key_page_id::text)::uuid from genotype_pages)`;
  t.same(await readEverybody(service), whole, 'a page that is missing');
  await db.$client`delete from genotype_pages`;
  t.same(await readEverybody(service), whole, 'no page at all');
});

t.test('who is withdrawn is on no page, and the page of before opens no more', async (t) => {
  const service = await start(t);
  const { db } = service;
  const whole = await readEverybody(service);
  const readPages = () => db.$client<{ id: string; sealed: Buffer }[]>`
    select key_page_id as id, sealed from genotype_pages order by 1`;
  const before = await readPages();
  const leaving = ['U3', 'U4', 'F7m'];
  await Promise.all(
    leaving.map((code) =>
      service.call('collection-point', 'POST', `/v1/samples/${code}/withdrawal`),
    ),
  );
  const stay = whole.filter((person) => !leaving.includes(person.split(' ')[0]!));
  t.equal(stay.length, 127);
  t.same(await readEverybody(service), stay);

  const findKey = await recordKeys.find(db, before.map(({ id }) => ({ keyPageId: id }))); // prettier-ignore
  const opens = ({ id, sealed }: { id: string; sealed: Buffer }): boolean =>
    openPage(findKey({ keyPageId: id, keySlot: PAGE_SLOT })!, id, sealed) !== null;
  t.ok((await readPages()).every(opens), 'the pages of now');
  const dead = before.filter((page) => !opens(page)).length;
  t.equal(dead, 2, 'two shared a page');
  for (let number = 0; number < 50; number++) {
    await service.call('collection-point', 'POST', `/v1/samples/U${number}/withdrawal`);
  }
  t.equal((await readEverybody(service)).length, 79, 'a page from which all went is gone');
});
