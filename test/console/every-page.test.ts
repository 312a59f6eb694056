import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { PATHS, ROOMS } from '../../web/src/layout/rooms.ts';
import { findPackageRoot } from '../../src/platform/data-dir.ts';
import { settle } from '../http/signatures.ts';
import { CHILD, FATHER, MOTHER, relativesCsv, STRANGER, unknownsCsv } from '../http/service.ts';
import { SIZES, startChromium, withoutChromium } from './chromium.ts';
import { expectSound, signIn, startConsole } from './people.ts';

type Site = Awaited<ReturnType<typeof startConsole>>;
type Look = { readonly language: 'zh' | 'en'; readonly size: keyof typeof SIZES };

/** Each language at each width; where one is only measured, the other is heard too. */
const LOOKS = [
  { language: 'en', size: 'desktop' },
  { language: 'zh', size: 'phone' },
] as const satisfies Look[];
const OTHER = { desktop: 'phone', phone: 'desktop' } as const;

/** What the texts are called by in the program, such as `candidate.title`, and nobody should read. */
const SECTIONS = Object.keys(
  JSON.parse(readFileSync(`${findPackageRoot()}/web/src/i18n/en.json`, 'utf8')) as object,
);
const RAW_KEY = new RegExp(`\\b(${SECTIONS.join('|')})\\.[a-z]\\w+`);

/** Something in every room: a candidate on its way to a reunion, one waiting, a finding, staff of each role. */
async function fill({ service }: Site): Promise<Record<keyof typeof ROOMS, string[]>> {
  const { call } = service;
  const point = await service.createPoint('POINT-2');
  for (const member of [
    { role: 'collection-point', collectionPointId: point.id },
    { role: 'analyst' },
    { role: 'police', jurisdiction: '51' },
    { role: 'admin' },
  ]) {
    await call('admin', 'POST', '/v1/users', { ...member, name: member.role, subject: member.role }); // prettier-ignore
  }
  const family = await call('collection-point', 'POST', '/v1/batches?side=relatives', relativesCsv([
    ['P1f', 'F1', 'father', FATHER],
    ['P1m', 'F1', 'mother', MOTHER],
  ])); // prettier-ignore
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknownsCsv([['U1', CHILD], ['U2', CHILD]])); // prettier-ignore
  await call(point, 'POST', '/v1/batches?side=unknowns', unknownsCsv([['V1', STRANGER]]));
  await service.searched();
  const { candidates } = (await call('analyst', 'GET', '/v1/candidates')).body as { candidates: { id: string }[] }; // prettier-ignore
  const [{ id }] = candidates as [{ id: string }];
  await settle(service, id, 'supported');
  const seen = await call('analyst', 'GET', `/v1/candidates/${id}`);
  const begun = await call('analyst', 'POST', `/v1/candidates/${id}/reunions`, { remark: 'again' }, { 'if-match': seen.headers.get('etag') ?? '' }); // prettier-ignore
  const [{ caseId }] = (family.body as { rows: [{ caseId: string }] }).rows;
  const roomsOf = (role: keyof typeof ROOMS): string[] => ROOMS[role].map((room) => PATHS[room]);
  return {
    analyst: [
      ...roomsOf('analyst'),
      `/candidates/${id}`,
      `/reunions/${(begun.body as { id: string }).id}`,
    ],
    'collection-point': roomsOf('collection-point'),
    police: [...roomsOf('police'), `/cases/${caseId}`],
    admin: roomsOf('admin'),
  };
}

/** In pixels, once charts and columns have taken their new places. */
async function measureOverflow(page: Page): Promise<number> {
  let over = 1;
  for (let looks = 0; looks < 20 && over > 0; looks++) {
    over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    if (over > 0) await page.waitForTimeout(100);
  }
  return Math.max(over, 0);
}

async function visit(
  t: Test,
  browser: Browser,
  site: Site,
  { role, paths }: { role: string; paths: readonly string[] },
  { language, size }: Look,
): Promise<void> {
  const person = await signIn(browser, site, role, { language, size });
  const { page } = person;
  for (const path of paths) {
    const what = `${path} of ${role} (${language}, ${size})`;
    await page.setViewportSize(SIZES[size]);
    await page.goto(new URL(`/console${path}`, site.service.url).href);
    await page.locator('main h1').first().waitFor();
    const loading = page.locator('main .mantine-Loader-root').first();
    while ((await loading.count()) > 0) await loading.waitFor({ state: 'detached' });
    await expectSound(t, person, what);
    t.notMatch(await page.locator('body').innerText(), RAW_KEY, `${what} shows no raw key`);
    await page.setViewportSize(SIZES[OTHER[size]]);
    t.equal(await measureOverflow(page), 0, `${what} fits the other width`);
  }
  await page.context().close();
}

t.test(
  'every page, in both languages, at a desk and on a telephone',
  { skip: withoutChromium, timeout: 300_000 },
  async (t) => {
    const browser = await startChromium(t);
    const site = await startConsole(t);
    const pages = await fill(site);
    for (const [role, paths] of Object.entries(pages)) {
      for (const look of LOOKS) await visit(t, browser, site, { role, paths }, look);
    }
  },
);
