import t, { type Test } from 'tap';
import { formatLr } from '../../web/src/common/numbers.ts';
import { settle } from '../http/signatures.ts';
import {
  CHILD,
  FATHER,
  FREQUENCIES,
  MOTHER,
  relativesCsv,
  type TestService,
  unknownsCsv,
} from '../http/service.ts';
import { startChromium, withoutChromium } from './chromium.ts';
import { expectSound, type Person, signIn, startConsole, tabTo } from './people.ts';

/** What is between the margins of A4, at 96 pixels an inch. */
const SHEET = { width: 688, height: 1017 };

const atFirst = (cells: readonly string[]): string[] =>
  cells.map((cell, at) => (at < 6 ? cell : ''));

/** One family and its child, typed at six loci or at all. */
async function send({ call }: TestService, typed: (cells: string[]) => string[]): Promise<void> {
  const family = relativesCsv([
    ['P1f', 'F1', 'father', typed(FATHER)],
    ['P1m', 'F1', 'mother', typed(MOTHER)],
  ]);
  const child = unknownsCsv([['U1', typed(CHILD)]]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', family);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', child);
}

type Found = { readonly id: string; readonly log10Lr: number };

async function firstCandidate({ call }: TestService): Promise<Found> {
  const listed = await call('analyst', 'GET', '/v1/candidates');
  return (listed.body as { candidates: [Found] }).candidates[0];
}

/** A candidate that two settled, and of which everybody was typed at more loci since. */
async function reopen(service: TestService): Promise<{ log10Lr: number; before: number }> {
  await send(service, atFirst);
  await service.searched();
  const { id, log10Lr: before } = await firstCandidate(service);
  await settle(service, id, 'inconclusive');
  await send(service, (cells) => cells);
  await service.searched();
  const { log10Lr } = await firstCandidate(service);
  return { log10Lr, before };
}

t.test(
  'a candidate: populations, posterior, what changed, and the cause of a decision',
  { skip: withoutChromium, timeout: 120_000 },
  async (t) => {
    const browser = await startChromium(t);
    const console = await startConsole(t);
    const { call } = console.service;
    for (const subject of ['first', 'second']) {
      await call('admin', 'POST', '/v1/users', { subject, name: subject, role: 'analyst' });
    }
    const commoner = FREQUENCIES.replaceAll(',10,0.1,20,', ',10,0.15,30,').replaceAll(',11,0.1,20,', ',11,0.05,10,'); // prettier-ignore
    await call('admin', 'POST', '/v1/frequency-tables?name=commoner', commoner);
    const { log10Lr, before } = await reopen(console.service);

    await t.test('by keyboard, at a desk', async (t) => {
      const analyst = await signIn(browser, console, 'first', { language: 'en', size: 'desktop' });
      const { page } = analyst;
      await page.getByRole('link', { name: 'U1' }).waitFor();
      await page.keyboard.press('Enter');
      const table = page.getByRole('group', { name: 'LR by population' });
      await table.getByRole('row', { name: /commoner smallest/ }).waitFor();
      await table.getByRole('row', { name: /test of the policy/ }).waitFor();
      t.match(await table.getByRole('row').nth(1).textContent(), /^commoner/, 'the smallest first');
      await expectPriors(t, page, log10Lr);

      const changed = page.getByRole('table', { name: 'The LR has changed' });
      t.match(await changed.getByRole('row', { name: 'Then' }).textContent(), formatLr(before));
      t.match(await changed.getByRole('row', { name: 'Now' }).textContent(), formatLr(log10Lr));
      t.match(
        await changed.getByRole('row', { name: 'Difference' }).textContent(),
        `+${(log10Lr - before).toFixed(2)}`,
      );
      await expectSound(t, analyst, 'the candidate');

      await tabTo(page, 'Supported');
      await page.keyboard.press('ArrowDown');
      await tabTo(page, 'Cause');
      await page.keyboard.press('r');
      await tabTo(page, 'Reason');
      await page.keyboard.type('she is their niece');
      await tabTo(page, 'Sign');
      await page.keyboard.press('Enter');
      await page.getByText('Related otherwise: she is their niece').waitFor();
    });

    await t.test('in Chinese on a telephone, and on paper', async (t) => {
      const analyst = await signIn(browser, console, 'second', { language: 'zh', size: 'phone' });
      const { page } = analyst;
      await page.getByRole('link', { name: 'U1' }).click();
      await page.getByRole('heading', { name: '在本数据库中的意义' }).waitFor();
      t.equal(await page.getByText('she is their niece').count(), 0, 'not before they sign');
      await expectSound(t, analyst, 'the candidate on a telephone');
      await expectPaper(t, page);
    });
  },
);

/** The posterior with priors of one's own, as odds of LR to N − 1. */
async function expectPriors(t: Test, page: Person['page'], log10Lr: number): Promise<void> {
  const field = 'Another prior';
  const shown = page.getByRole('status').filter({ hasText: 'test' });
  await tabTo(page, field);
  for (const oneIn of [2, 1_000_001]) {
    await page.keyboard.press('Control+A');
    await page.keyboard.type(String(oneIn));
    const rest = (oneIn - 1) / (10 ** log10Lr + oneIn - 1);
    const [mantissa] = formatLr(Math.log10(rest)).split(' ');
    await shown.filter({ hasText: rest < 0.001 ? `1 − ${mantissa}` : (1 - rest).toFixed(4) }).waitFor(); // prettier-ignore
    t.pass(`1 in ${oneIn}`);
  }
  await page.keyboard.press('Control+A');
  await page.keyboard.type('1');
  await page.getByText('Write a number above 1').waitFor();
}

/** Nothing is wider than the sheet, and nothing that cannot be pressed or is empty stands on it. */
async function expectPaper(t: Test, page: Person['page']): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize(SHEET);
  const cut = await page.evaluate<string[]>(
    `[...document.querySelectorAll('section [role=group], section')]
      .filter((box) => box.scrollWidth > box.clientWidth + 1)
      .map((box) => box.getAttribute('aria-label') ?? box.textContent.slice(0, 40))`,
  );
  t.same(cut, [], 'nothing is cut');
  for (const role of ['button', 'textbox', 'radio'] as const) {
    t.equal(await page.getByRole(role).filter({ visible: true }).count(), 0, `no ${role}`);
  }
  const heading = page.getByRole('heading', { name: '下一步建议' });
  t.notOk(await heading.isVisible(), 'nor what nobody has asked for');
}
