/**
 * Takes docs/console/*.png of a demo that runs: tsx build/screenshots.ts http://127.0.0.1:8080
 * Chromium is looked for where Debian puts it, or at CHROMIUM.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const FOLDER = fileURLToPath(new URL('../docs/console/', import.meta.url));
const DESK = { width: 1360, height: 860 };
const SHEET = { width: 794, height: 1123 };
const TELEPHONE = { width: 390, height: 800 };
const SETTLED_MS = 1_500;
/** Of what is longer the beginning alone is taken. */
const MOST_SCREENS = 7;

type View = { readonly name: string; readonly open: (page: Page) => Promise<unknown> };
type Visit = {
  /** One of the demo's made-up staff. */
  readonly who: string;
  readonly language: 'zh-CN' | 'en-GB';
  readonly size: typeof DESK;
  readonly views: readonly View[];
};

const [url = 'http://127.0.0.1:8080'] = process.argv.slice(2);

/** A page by its address. */
const at = (name: string, path: string): View => ({
  name,
  open: (page) => page.goto(new URL(`/console${path}`, url).href),
});

const list: View = { name: 'candidates', open: (page) => page.waitForSelector('main a') };
const candidate: View = {
  name: 'candidate',
  open: async (page) => {
    await page.goto(new URL('/console/candidates', url).href);
    await page.locator('main a[href*="/candidates/"]').nth(3).click();
    await page.waitForSelector('svg[role=img]');
  },
};
const reunion: View = {
  name: 'reunion',
  open: async (page) => {
    await page.goto(new URL('/console/reunions', url).href);
    await page.locator('main a[href*="/reunions/"]').last().click();
    await page.waitForSelector('main section');
  },
};

/** As a sheet of A4 has it. */
const print: View = {
  name: 'candidate-print',
  open: async (page) => {
    await candidate.open(page);
    await page.emulateMedia({ media: 'print' });
  },
};

/** A father and his child at eight loci, the last with a mutation. */
const TYPED = `locus\tfather\tchild
D3S1358\t14,16\t16,17
vWA\t15,18\t15,16
FGA\t21,24\t22,24
TH01\t7,9.3\t6,9.3
TPOX\t8,11\t8,8
D18S51\t13,17\t13,15
D21S11\t29,31.2\t29,30
D5S818\t11,12\t12,13
D8S1179\t10,10\t11,13
`;
const calculator: View = {
  name: 'calculator',
  open: async (page) => {
    await page.goto(new URL('/console/calculator', url).href);
    await page.getByRole('button', { name: '粘贴或拖入分型' }).click();
    await page.locator('textarea').first().fill(TYPED);
    await page.getByRole('button', { name: '填入', exact: true }).click();
  },
};

const ANALYST = ['findings', 'reunions', 'searches', 'charts'];
const POINT = ['collection', 'tubes', 'samples'];
const ADMINISTRATOR = ['people', 'keys', 'points', 'audit', 'oversight', 'health', 'search', 'webhooks']; // prettier-ignore

const VISITS: readonly Visit[] = [
  { who: '林慧', language: 'zh-CN', size: DESK, views: [list, candidate, reunion, calculator, ...ANALYST.map((room) => at(room, `/${room}`))] }, // prettier-ignore
  { who: '何平', language: 'en-GB', size: TELEPHONE, views: [{ ...list, name: 'candidates-telephone' }, { ...candidate, name: 'candidate-telephone' }] }, // prettier-ignore
  { who: '郭宁', language: 'en-GB', size: SHEET, views: [print] },
  { who: '马莉', language: 'zh-CN', size: DESK, views: [{ name: 'upload', open: (page) => page.waitForSelector('.drop-place') }, ...POINT.map((room) => at(room, `/${room}`))] }, // prettier-ignore
  { who: '罗岚', language: 'zh-CN', size: TELEPHONE, views: [{ name: 'case-telephone', open: openSomeCase }] }, // prettier-ignore
  { who: '梁晨', language: 'en-GB', size: DESK, views: ADMINISTRATOR.map((room) => at(`administration-${room}`, `/administration/${room}`)) }, // prettier-ignore
];

/** The case of whoever is named in the environment: police cannot list cases. */
async function openSomeCase(page: Page): Promise<void> {
  await page.waitForSelector('form');
  const caseId = process.env.CASE_ID;
  if (caseId !== undefined) {
    await page.goto(new URL(`/console/cases/${caseId}`, url).href);
    await page.waitForSelector('section');
  }
}

async function visit(browser: Browser, { who, language, size, views }: Visit): Promise<void> {
  const context = await browser.newContext({ viewport: size, locale: language, reducedMotion: 'reduce' }); // prettier-ignore
  const page = await context.newPage();
  await page.goto(new URL('/console/', url).href);
  await page.locator('a[href="/v1/sign-in"]').click();
  await page.getByText(who).click();
  await page.waitForURL(/\/console\//);
  for (const { name, open } of views) {
    await open(page);
    await page.waitForSelector('main h1');
    await page.waitForTimeout(SETTLED_MS);
    await page.locator('main .mantine-Loader-root').first().waitFor({ state: 'detached' });
    const path = join(FOLDER, `${name}.png`);
    await page.evaluate('scrollTo(0, 0)');
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    await page.screenshot({ path, fullPage: height < MOST_SCREENS * size.height });
    console.log(path);
  }
  await context.close();
}

mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const one of VISITS) await visit(browser, one);
await browser.close();
