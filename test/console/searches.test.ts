import { readFile } from 'node:fs/promises';
import t from 'tap';
import { putPolicyInForce } from '../http/service.ts';
import { pairsOf, upload } from '../http/sweeps.ts';
import { startChromium, withoutChromium } from './chromium.ts';
import { expectSound, signIn, startConsole } from './people.ts';

t.test(
  'what a policy changed, and by which rules and frequencies',
  { skip: withoutChromium, timeout: 240_000 },
  async (t) => {
    const browser = await startChromium(t);
    const console = await startConsole(t);
    const { service } = console;
    await upload(service);
    await service.call('admin', 'POST', '/v1/users', { subject: 'first', role: 'analyst', name: 'first' }); // prettier-ignore
    await service.searched();
    const changed = (await pairsOf(service)).length;
    const strict = { params: { mutation: { model: 'none' }, theta: 0.01 }, threshold: 1e5 };
    await putPolicyInForce(service.call, strict);
    await service.searched();

    const desk = await signIn(browser, console, 'first', { language: 'en', size: 'desktop' });
    const { page } = desk;
    await page.getByRole('link', { name: 'Searches' }).click();

    await t.test('the differences of a sweep, and as a file', async (t) => {
      await page.getByRole('button', { name: 'What changed' }).first().click();
      await page.getByText('None.').waitFor();
      await page.getByText(`Changed (${changed})`).click();
      await page.getByRole('cell', { name: 'U0', exact: true }).first().waitFor();
      await expectSound(t, desk, 'the differences of a sweep');
      const arrival = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download as CSV' }).click();
      const download = await arrival;
      const text = await readFile(await download.path(), 'utf8');
      t.equal(text.trim().split('\r\n').length, changed + 1, 'all of them, under a header');
      t.match(text, /changed,U0,F0,both-parents,[\d.]+,both-parents,[\d.]+,/);
      await page.getByRole('link', { name: 'U0', exact: true }).first().click();
      await page.getByRole('heading', { name: /^U0 and F/ }).waitFor(); // prettier-ignore
      await page.goBack();
    });

    await t.test('two policies side by side', async (t) => {
      const compared = page.getByRole('region', { name: 'Compare two policies' });
      const theta = compared.getByRole('row', { name: /^Theta/ }); // prettier-ignore
      await theta.getByText('differs').waitFor();
      t.same(await theta.getByRole('cell').allInnerTexts(), ['Theta (coancestry)', '0', '0.01', '≠ differs']); // prettier-ignore
      t.equal(await compared.getByRole('row', { name: /^Drop-out/ }).count(), 0); // prettier-ignore
      await compared.getByLabel('Only what differs').uncheck();
      await compared.getByRole('row', { name: /^Drop-out.*the same/ }).waitFor(); // prettier-ignore
      await page.getByText(/^since /).waitFor();
      await expectSound(t, desk, 'two policies side by side');
    });

    await t.test('what stands in a frequency table, on a telephone', async (t) => {
      const phone = await signIn(browser, console, 'first', { language: 'zh', size: 'phone' });
      await phone.page.goto(new URL('/console/searches', service.url).href);
      await phone.page.getByRole('button', { name: 'test 的基因座' }).click();
      await phone.page.getByText('test：8 个基因座', { exact: true }).waitFor();
      const locus = phone.page.getByRole('row', { name: /^TPOX/ }); // prettier-ignore
      t.same(await locus.getByRole('cell').allInnerTexts(), ['TPOX', '10', '200', '0.100']);
      await expectSound(t, phone, 'the searches on a telephone');
    });
  },
);
