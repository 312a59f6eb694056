import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Test } from 'tap';

const PROGRAM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** False, or why tests with a browser are skipped. */
export const withoutChromium = existsSync(PROGRAM)
  ? false
  : `THE CONSOLE IS NOT TRIED IN A BROWSER: install chromium, or set CHROMIUM (${PROGRAM} is missing)`;

/** The widths of a desk and of a telephone. */
export const SIZES = {
  desktop: { width: 1360, height: 860 },
  phone: { width: 390, height: 800 },
} as const;

export async function startChromium(t: Test): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: PROGRAM, args: ARGUMENTS });
  t.teardown(() => browser.close());
  return browser;
}

/** What axe finds on a page that is serious or worse, a line each. */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate<{ impact: string; id: string; nodes: { html: string }[] }[]>(
    '(async () => (await axe.run()).violations)()',
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
