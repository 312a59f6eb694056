import t from 'tap';
import { formFor } from '../http/consent-forms.ts';
import { MOTHER, relativesCsv, type TestService } from '../http/service.ts';
import { issueTubes } from '../http/tubes.ts';
import { startChromium, withoutChromium } from './chromium.ts';
import { expectSound, type Person, signIn, startConsole } from './people.ts';

type Point = { readonly id: string; readonly key: string };
type Page = Person['page'];

const open = (page: Page, { url }: TestService, room: string): Promise<unknown> =>
  page.goto(new URL(`/console/${room}`, url).href);

const FORGET_ENTRIES = `(async () => {
  const settled = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const database = await settled(indexedDB.open('homeward-outbox'));
  await settled(database.transaction('entries', 'readwrite').objectStore('entries').clear());
  database.close();
})()`;

/** As a scanner does: it types, and ends with Enter. */
async function scanInto(page: Page, label: string, barcode: string): Promise<void> {
  await page.getByLabel(label, { exact: false }).fill('');
  await page.getByLabel(label, { exact: false }).pressSequentially(barcode);
  await page.keyboard.press('Enter');
}

t.test(
  'a collection point takes samples, sends tubes, and follows them',
  { skip: withoutChromium, timeout: 240_000 },
  async (t) => {
    const browser = await startChromium(t);
    const console = await startConsole(t);
    const { service } = console;
    const point: Point = await service.createPoint('POINT-2', '510104');
    const clerk = { subject: 'clerk', name: 'clerk', role: 'collection-point', collectionPointId: point.id }; // prettier-ignore
    await service.call('admin', 'POST', '/v1/users', clerk);
    const [first = '', second = '', third = '', fourth = ''] = await issueTubes(service, point.id, 4); // prettier-ignore
    const ask = async (path: string): Promise<unknown> =>
      ((await service.call(point, 'GET', path)) as { body: unknown }).body;

    await t.test('with a scanner: tube, consent, receipt', async (t) => {
      const person = await signIn(browser, console, 'clerk', { language: 'zh', size: 'desktop' });
      const { page } = person;
      await open(page, service, 'collection');
      await page.getByRole('heading', { name: '采样登记' }).waitFor();
      await expectSound(t, person, 'the empty form');
      const misread = `${first.slice(0, -1)}${first.endsWith('7') ? '8' : '7'}`;
      await scanInto(page, '采血管条码', misread);
      await page.getByText('校验码不符，可能误读或误输，请重新扫描。').waitFor();
      await scanInto(page, '采血管条码', first.toLowerCase());
      await page.getByText('采血时间').waitFor();
      t.equal(await page.getByLabel('样本编号').inputValue(), first, 'the code is the barcode');
      await page.getByRole('button', { name: '登记', exact: true }).click();
      await page.getByText('请填写。').first().waitFor();
      await expectSound(t, person, 'the form with faults');
      t.same(await ask('/v1/samples'), { samples: [], nextCursor: null }, 'nothing was sent');
      await page.getByLabel('同意书版本').fill('2026-01');
      await page.getByLabel('年龄（岁）').fill('12');
      await page.getByRole('button', { name: '登记', exact: true }).click();
      await page.getByText('未满 14 周岁须由监护人签署。').waitFor();
      await page.getByLabel('监护人').check();
      await page.getByRole('button', { name: '登记', exact: true }).click();
      await page.getByText('已登记', { exact: true }).waitFor();
      await page.getByRole('img', { name: `${first} 的条码` }).waitFor();
      await page.getByRole('img', { name: `${first} 的二维码` }).waitFor();
      await expectSound(t, person, 'the receipt');
      const slip = await page.getByRole('article').innerText();
      t.match(slip, /2026-01/);
      t.match(slip, /POINT-2/, 'who may be asked');
      t.match(await ask('/v1/samples'), { samples: [{ sampleId: first, state: 'awaited', consented: true, tube: { barcode: first, state: 'drawn' } }] }); // prettier-ignore
      const signed = { version: '2026-01', signer: 'guardian', ageYears: 12 };
      t.match(await ask(`/v1/samples/${first}/consents`), { consents: [signed] });
      await page.getByRole('button', { name: '下一人' }).click();
      await page.getByLabel('采血管条码').waitFor();
      t.equal(await page.getByLabel('采血管条码').inputValue(), '');
      t.equal(await page.getByLabel('同意书版本').inputValue(), '2026-01', 'kept for the day');
    });

    await t.test('by form: who it is and what was typed, on a telephone', async (t) => {
      const person = await signIn(browser, console, 'clerk', { language: 'en', size: 'phone' });
      const { page } = person;
      await open(page, service, 'collection');
      await scanInto(page, 'Barcode of the tube', second);
      await page.getByLabel('Sample code').fill('P1f');
      await page.getByLabel('Version of the form').fill('2026-01');
      await page.getByLabel('Age in years').fill('45');
      await page.getByLabel('I have the profile here').check();
      await expectSound(t, person, 'the whole form on a telephone');
      await page.getByLabel('Family').fill('HW-0000000000');
      await page.getByRole('combobox', { name: 'Relation' }).click();
      await page.getByRole('option', { name: 'Father', exact: true }).click();
      await page.getByLabel('D3S1358').fill('15 16');
      await page.getByLabel('TH01').fill('9.3,9.3');
      await page.getByLabel('AMEL').fill('XY');
      await page.getByLabel('Name', { exact: true }).fill('王芳');
      await page.getByLabel('Number of the identity card').fill('110105199512310024');
      await page.getByRole('button', { name: 'Record' }).click();
      await page.getByText('No such number of an identity card', { exact: false }).waitFor();
      await page.getByLabel('Number of the identity card').fill('');
      await page.getByRole('button', { name: 'Record' }).click();
      await page.getByText('Refused: profile').waitFor();
      await page.getByText('no family has a case of this number', { exact: false }).waitFor();
      await expectSound(t, person, 'a refused step');
      t.match(await ask('/v1/samples'), { samples: [{}, { sampleId: 'P1f', state: 'awaited', tube: null }] }, 'the consent went, the rest did not'); // prettier-ignore
      await page.getByLabel('Family').fill('F1');
      await page.getByRole('button', { name: 'Record' }).click();
      await page.getByText('Recorded', { exact: true }).waitFor();
      const slip = page.getByRole('article');
      const caseId = (await slip.getByText(/^HW-[0-9A-Z]{10}$/).textContent()) ?? '';
      const typed = {
        ...{ sampleId: 'P1f', state: 'typed', side: 'relatives', family: 'F1', relation: 'father' },
        ...{ identified: true, typed: { loci: 2 }, tube: { barcode: second, state: 'drawn' } },
        caseId,
      };
      t.match(await ask('/v1/samples'), { samples: [{}, typed] });
      await slip.getByRole('img', { name: `QR code of P1f ${caseId}` }).waitFor();
      t.notMatch(await slip.innerText(), /王芳|15|9\.3/, 'neither a name nor a genotype');
      await expectSound(t, person, 'the receipt on a telephone');
      t.equal(await page.getByText('waiting').count(), 0, 'nothing is left of what was refused');
    });

    await t.test('tubes are scanned and sent together; what cannot be is seen', async (t) => {
      const person = await signIn(browser, console, 'clerk', { language: 'en', size: 'desktop' });
      const { page } = person;
      await open(page, service, 'tubes');
      await page.getByLabel('To whom').fill('SF Express');
      for (const tube of [first, third, first]) await scanInto(page, 'Barcode of the tube', tube);
      await expectSound(t, person, 'the scanned tubes');
      await page.getByRole('button', { name: 'Send 2 scans' }).click();
      await page.getByText('Refused: scan of the tube').waitFor();
      await page.getByRole('alert').getByText(third).waitFor();
      await page.getByRole('cell', { name: 'What comes before was not scanned' }).waitFor();
      await expectSound(t, person, 'a refused scan and its alarm');
      await page.getByRole('button', { name: '1 refused' }).click();
      await page.getByRole('article').getByRole('button', { name: 'Discard' }).click();
      await page.getByRole('dialog', { name: 'Discard' }).getByRole('button', { name: 'Discard' }).click(); // prettier-ignore
      await page.getByText('Everything has been sent.').waitFor();
      await page.getByRole('button', { name: '1 refused' }).waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: `Remove ${third}` }).click();
      await page.getByRole('button', { name: 'Send 1 scan' }).click();
      await page.getByText('All scans have been recorded.').waitFor();
      const chain = (await ask(`/v1/custody/${first}`)) as { scans: unknown[] };
      t.match(chain, { state: 'dispatched', scans: [{}, { event: 'dispatched', party: 'SF Express' }] }); // prettier-ignore
      t.equal(chain.scans.length, 2, 'once');

      // Refused, then scanned on: what goes next still takes its place.
      await scanInto(page, 'Barcode of the tube', third);
      await page.getByRole('button', { name: 'Send 1 scan' }).click();
      await page.getByText('Refused: scan of the tube').waitFor();
      await page.getByRole('button', { name: '1 refused' }).waitFor();
      await page.getByText('Lost', { exact: true }).click();
      await scanInto(page, 'Barcode of the tube', first);
      await page.getByText('Refused: scan of the tube').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: `Remove ${third}` }).click();
      // Nothing is scanned into what is on its way.
      let arrive = (): void => undefined;
      const isHeld = new Promise<void>((resolve) => (arrive = resolve));
      await page.route('**/v1/custody/scans', async (route) => {
        await isHeld;
        await route.continue();
      });
      await page.getByRole('button', { name: 'Send 1 scan' }).click();
      await page.locator('input:disabled').and(page.getByLabel('Barcode of the tube')).waitFor();
      t.ok(await page.getByRole('button', { name: `Remove ${first}` }).isDisabled());
      arrive();
      await page.getByText('All scans have been recorded.').waitFor();
      t.ok(await page.getByLabel('Barcode of the tube').isEnabled());
      await page.getByRole('button', { name: '1 refused' }).waitFor({ state: 'detached' });
      t.match(await ask(`/v1/custody/${first}`), { scans: [{}, {}, { event: 'lost', party: null }] }, 'a lost tube goes to nobody'); // prettier-ignore
    });

    await t.test('own samples: whose identity lacks, and what is drawn again', async (t) => {
      const typed = { sampleId: 'U1', sex: 'unknown', genotypes: { TH01: ['9.3', '9.3'] } };
      await service.call(point, 'POST', '/v1/batches?side=unknowns', { rows: [typed] });
      const person = await signIn(browser, console, 'clerk', { language: 'zh', size: 'phone' });
      const { page } = person;
      await open(page, service, 'samples');
      await page.getByRole('button', { name: '补录 U1 的身份信息' }).waitFor();
      await page.getByRole('heading', { name: '需重新采血' }).waitFor();
      await expectSound(t, person, 'the samples on a telephone');
      await page.getByRole('button', { name: '补录 U1 的身份信息' }).click();
      await page.getByLabel('姓名').fill('李强');
      await expectSound(t, person, 'the question who it is');
      await page.getByRole('dialog').getByRole('button', { name: '登记' }).click();
      await page.getByRole('button', { name: '补录 U1 的身份信息' }).waitFor({ state: 'detached' });
      t.match(await ask('/v1/samples/U1/identity'), { name: '李强' });
      await page.getByLabel('编号开头').fill('P1');
      await page.getByRole('cell', { name: 'P1f' }).waitFor();
      await page.getByRole('cell', { name: 'U1' }).waitFor({ state: 'detached' });

      await page.getByRole('link', { name: '重新采血' }).click();
      await page.getByText(`替代采血管 ${first}`, { exact: false }).waitFor();
      await scanInto(page, '采血管条码', fourth);
      await page.getByRole('button', { name: '登记', exact: true }).click();
      await page.getByText('已登记', { exact: true }).waitFor();
      await expectSound(t, person, 'a redraw');
      t.match(await ask(`/v1/custody/${fourth}`), {
        state: 'drawn',
        sampleId: first,
        replaces: first,
      });
      t.same(await ask('/v1/custody/redraws'), { redraws: [] });
    });

    await t.test('after an upload each sample has its slip', async (t) => {
      await service.call(point, 'POST', '/v1/consents', { consents: [formFor('P5m')] });
      const person = await signIn(browser, console, 'clerk', { language: 'zh', size: 'phone' });
      const { page } = person;
      const csv = relativesCsv([['P5m', 'F5', 'mother', MOTHER]]);
      await page.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }); // prettier-ignore
      const isSending = (url: URL): boolean =>
        url.pathname === '/v1/batches' && url.searchParams.get('dryRun') === 'false';
      let sent = 0;
      page.on('request', (request) => (sent += isSending(new URL(request.url())) ? 1 : 0));
      await page.getByRole('button', { name: '发送 1 行' }).dblclick();
      await page.getByRole('button', { name: '显示 1 张凭条' }).click();
      await page.getByRole('img', { name: 'P5m 的条码' }).waitFor();
      const slip = await page.getByRole('article', { name: 'P5m 的采样回执' }).innerText();
      t.match(slip, /HW-[0-9A-Z]{10}/);
      t.notMatch(slip, /12,13/);
      await expectSound(t, person, 'the slips of an upload');
      t.equal(sent, 1, 'once, however often it was pressed');

      // As if another page had sent it meanwhile: it is gone, and this one has no answer.
      await page.getByRole('button', { name: '另选文件' }).click();
      await page.route(isSending, async (route) => {
        await page.evaluate(FORGET_ENTRIES);
        await route.abort();
      });
      await service.call(point, 'POST', '/v1/consents', { consents: [formFor('P6m')] });
      const next = relativesCsv([['P6m', 'F6', 'mother', MOTHER]]);
      await page.locator('input[type=file]').setInputFiles({ name: 'b.csv', mimeType: 'text/csv', buffer: Buffer.from(next) }); // prettier-ignore
      await page.getByRole('button', { name: '发送 1 行' }).click();
      await page
        .getByText('该文件已由您在本浏览器中打开的另一页面发送', { exact: false })
        .waitFor();
      t.equal(await page.getByText('已保存，待发送').count(), 0);
    });
  },
);
