import type { Test } from 'tap';
import type { Browser, Page } from 'playwright-core';
import { findFreePort } from '../../src/platform/free-port.ts';
import { type Issuer, startIssuer } from '../http/issuer.ts';
import { startTestService, type TestService } from '../http/service.ts';
import { findViolations, SIZES } from './chromium.ts';

const PATIENCE_MS = 20_000;

type Where = { readonly language: 'zh' | 'en'; readonly size: keyof typeof SIZES };

/** Somebody at a browser of their own. */
export type Person = {
  readonly page: Page;
  readonly troubles: string[];
  /** Bytes of script that were sent so far, compressed as they were. */
  readonly scriptBytes: () => number;
};

/** A service with its console, where people sign in by a browser. */
export async function startConsole(t: Test): Promise<{ service: TestService; issuer: Issuer }> {
  const port = await findFreePort();
  const issuer = await startIssuer(t, `http://127.0.0.1:${port}`);
  const service = await startTestService(t, { port, signIn: issuer.config });
  return { service, issuer };
}

/** Opens the console, signs in by its button, and notes whatever a page must not do. */
export async function signIn(
  browser: Browser,
  { service, issuer }: { service: TestService; issuer: Issuer },
  subject: string,
  { language, size }: Where,
): Promise<Person> {
  const context = await browser.newContext({
    viewport: SIZES[size],
    reducedMotion: 'reduce',
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const troubles: string[] = [];
  /** By address: what is kept from the page before is not sent again. */
  const scripts = new Map<string, number>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith('.js'))
      scripts.set(pathname, Number(response.headers()['content-length']));
  });
  page.on('pageerror', ({ message }) => troubles.push(message));
  page.on('console', (line) => {
    // That nobody is signed in, or that something is refused, is an answer, and a network that a test takes away
    // is no fault of the page; Chromium calls both an error.
    const isMeant = /responded with a status of 4(0[0149]|22)|ERR_INTERNET_DISCONNECTED/.test(line.text()); // prettier-ignore
    if (line.type() === 'error' && !isMeant) troubles.push(line.text());
  });
  page.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (origin !== new URL(service.url).origin && origin !== issuer.config.issuer.origin) {
      troubles.push(`it asks ${origin}`);
    }
  });
  issuer.subject = subject;
  await page.goto(new URL('/', service.url).href);
  await page.getByRole('link', { name: language === 'zh' ? '登录' : 'Sign in' }).click();
  await page.getByRole('navigation').waitFor({ state: 'attached' });
  return {
    page,
    troubles,
    scriptBytes: () => [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0),
  };
}

/** Nobody may be shut out: by the page, its language, or its width. */
export async function expectSound(
  t: Test,
  { page, troubles }: Person,
  what: string,
): Promise<void> {
  t.same(await findViolations(page), [], `axe: ${what}`);
  t.same(troubles, [], `${what} breaks no rule of the page and asks nobody else`);
  const overflow = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  t.ok(overflow <= 0, `${what} fits its width (${overflow} px over)`);
}

/** Presses Tab until what bears the label has the focus. */
export async function tabTo(page: Page, label: string): Promise<void> {
  const target = page.getByLabel(label, { exact: false }).or(page.getByRole('button', { name: label, exact: true })).first(); // prettier-ignore
  await target.waitFor();
  for (let presses = 0; presses < 200; presses++) {
    if ((await target.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${label} cannot be reached by keyboard`);
}
