import t from 'tap';
import { chooseCounts, expectedByLoci, formatEstimate } from '../../web/src/charts/figures.ts';
import type { Power } from '../../web/src/charts/use-power.ts';
import { formatDecade, formatProbability } from '../../web/src/common/numbers.ts';
import { LOCI } from '../http/service.ts';
import { startChromium, withoutChromium } from './chromium.ts';
import { expectSound, signIn, startConsole } from './people.ts';

t.test('figures as charts show them', (t) => {
  t.same(chooseCounts(29), [10, 15, 20, 29]);
  t.same(chooseCounts(20), [10, 15, 20], 'each once');
  t.same(chooseCounts(8), [4, 8]);
  t.same(chooseCounts(1), [1]);
  t.same(chooseCounts(0), []);
  t.equal(formatProbability(0.25), '0.2500');
  t.equal(formatProbability(2e-7), '2.00 × 10⁻⁷');
  t.equal(formatProbability(0), '0');
  t.equal(formatEstimate({ value: 0.25, standardError: 0 }, formatProbability), '0.2500', 'exact');
  t.equal(
    formatEstimate({ value: 0.25, standardError: 0.002 }, formatProbability),
    '0.2500 ± 0.00200',
  );
  t.same([1e-7, 1, 100, 1000, 1e15].map(formatDecade), ['10⁻⁷', '1', '100', '10³', '10¹⁵']);
  const power = { pairs: [1e3, 1e6], steps: [{ expectedByChance: [0, 5] }, { expectedByChance: [0, 0] }] }; // prettier-ignore
  t.same(expectedByLoci(power as never, 1e6), [5, null], 'nothing stands nowhere on a log axis');
  t.end();
});

t.test(
  'the power of a relationship, drawn and in tables',
  { skip: withoutChromium, timeout: 120_000 },
  async (t) => {
    const browser = await startChromium(t);
    const console = await startConsole(t);
    const { service } = console;
    for (const subject of ['first', 'second']) {
      await service.call('admin', 'POST', '/v1/users', { subject, role: 'analyst', name: subject });
    }
    const answer = await service.call('analyst', 'GET', '/v1/power?relationship=full-siblings');
    const { steps, h1 } = answer.body as Power;

    await t.test('in English at a desk', async (t) => {
      const analyst = await signIn(browser, console, 'first', { language: 'en', size: 'desktop' });
      const { page } = analyst;
      await page.getByRole('link', { name: 'Charts' }).click();
      await page.getByRole('heading', { name: 'Charts', level: 1 }).waitFor();
      await page.getByLabel('Relationship').selectOption('full-siblings');
      await page
        .getByRole('img', { name: /^Distribution of log₁₀ LR/ })
        .locator('canvas')
        .waitFor();
      const last = steps.at(-1)!;
      const recalls = page.getByRole('group', { name: 'Recall by number of loci' });
      await recalls.getByText(formatEstimate(last.recall, formatProbability)).waitFor();
      t.equal(await recalls.locator('tbody tr').count(), LOCI.length);
      t.equal(await page.locator('canvas').count(), 4, 'four charts');
      const [mean] = await page.getByRole('row', { name: /^Mean log₁₀ LR/ }).locator('td').allInnerTexts().then((cells) => cells.slice(1)); // prettier-ignore
      t.equal(
        mean,
        formatEstimate(h1.expectedLog10Lr!, (value) => value.toFixed(2)),
      );
      await expectSound(t, analyst, 'the charts');

      const threshold = page.getByLabel('Threshold, LR');
      for (const [typed, asked] of [
        ['100000000000000', 1e14],
        ['1000.0', 1000],
      ] as const) {
        const request = page.waitForRequest(
          (one) => Number(new URL(one.url()).searchParams.get('threshold')) === asked,
        );
        await threshold.clear();
        await threshold.pressSequentially(typed);
        t.ok(await request, `${typed} is asked for, not the policy's`);
      }

      await page.getByLabel('Only the first').fill('3');
      await recalls.locator('tbody tr').nth(3).waitFor({ state: 'detached' });
      t.equal(await recalls.locator('tbody tr').count(), 3);
      await page.getByLabel('Loci', { exact: true }).selectOption('AGCU 21+1');
      await page.getByRole('alert').getByText('has none of these loci').waitFor();
      await expectSound(t, analyst, 'loci that the table lacks');
    });

    await t.test('in Chinese on a telephone', async (t) => {
      const analyst = await signIn(browser, console, 'second', { language: 'zh', size: 'phone' });
      const { page } = analyst;
      await page.goto(new URL('/console/charts', service.url).href);
      await page.getByLabel('基因座', { exact: true }).selectOption('GlobalFiler');
      await page.getByLabel('阈值（似然比）').fill('1000000');
      await page.getByText('频率表中没有、未计入的基因座', { exact: false }).waitFor();
      await page
        .getByRole('img', { name: /阈值为 1\.00 × 10⁶/ })
        .locator('canvas')
        .waitFor();
      await expectSound(t, analyst, 'the charts on a telephone');
    });
  },
);
