import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { FATHER, relativesCsv, type TestService } from '../http/service.ts';
import { formFor } from '../http/consent-forms.ts';
import { issueTubes } from '../http/tubes.ts';
import { startChromium, withoutChromium } from './chromium.ts';
import { expectSound, type Person, signIn, startConsole } from './people.ts';

type Page = Person['page'];

const open = (page: Page, { url }: TestService, room: string): Promise<unknown> =>
  page.goto(new URL(`/console/${room}`, url).href);

/** All that lies in the browser, as text: what is kept as bytes is read as Latin letters. */
const READ_DATABASE = `(async () => {
  const open = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await open(indexedDB.open('homeward-outbox'));
  const rows = [];
  for (const name of database.objectStoreNames) {
    rows.push(...await open(database.transaction(name).objectStore(name).getAll()));
  }
  const keys = rows.filter((row) => row instanceof CryptoKey);
  const text = (bytes) => new TextDecoder('latin1').decode(bytes) + new TextDecoder().decode(bytes);
  const said = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? text(value)
    : value !== null && typeof value === 'object' ? Object.values(value).map(said).join(' ') : String(value);
  return { entries: rows.length - keys.length, extractable: keys.some(({ extractable }) => extractable), keys: keys.length, text: rows.map(said).join(' ') };
})()`;

type Kept = { entries: number; extractable: boolean; keys: number; text: string };

async function expectSealed(t: Test, page: Page, plain: RegExp): Promise<void> {
  const { entries, keys, extractable, text } = await page.evaluate<Kept>(READ_DATABASE);
  t.equal(entries, 1, 'one entry is kept');
  t.equal(keys, 1);
  t.notOk(extractable, 'no script reads the key');
  t.ok(text.length > 500, 'and this looks at it');
  t.notMatch(text, plain, 'nothing of it can be read');
}

t.test(
  'what is recorded without a network is kept sealed, and arrives once',
  { skip: withoutChromium, timeout: 240_000 },
  async (t) => {
    const browser = await startChromium(t);
    const console = await startConsole(t);
    const { service } = console;
    const point = await service.createPoint('POINT-2', '510104');
    for (const subject of ['clerk', 'colleague']) {
      const user = { subject, name: subject, role: 'collection-point', collectionPointId: point.id }; // prettier-ignore
      await service.call('admin', 'POST', '/v1/users', user);
    }
    const [first = '', second = '', third = '', fourth = ''] = await issueTubes(
      service,
      point.id,
      4,
    );
    const ask = async (path: string): Promise<unknown> =>
      ((await service.call(point, 'GET', path)) as { body: unknown }).body;
    const countScans = async (tube: string): Promise<number> =>
      ((await ask(`/v1/custody/${tube}`)) as { scans: unknown[] }).scans.length;
    const countBatches = async (): Promise<number> =>
      Number((await service.db.execute('select count(*) as count from batches'))[0]!.count);

    await t.test('a whole form: kept over a reload, sent once', async (t) => {
      const person = await signIn(browser, console, 'clerk', { language: 'en', size: 'phone' });
      const { page } = person;
      const context = page.context();
      await open(page, service, 'collection');
      await page.getByRole('heading', { name: 'Take a sample' }).waitFor();
      await context.setOffline(true);
      await page.getByLabel('Barcode of the tube').pressSequentially(first);
      await page.keyboard.press('Enter');
      await page.getByLabel('Sample code').fill('P1m');
      await page.getByLabel('Version of the form').fill('2026-01');
      await page.getByLabel('Age in years').fill('40');
      await page.getByLabel('I have the profile here').check();
      await page.getByLabel('Family').fill('F1');
      await page.getByRole('combobox', { name: 'Relation' }).click();
      await page.getByRole('option', { name: 'Mother', exact: true }).click();
      await page.getByLabel('TH01').fill('9.3 42.1');
      await page.getByLabel('Name', { exact: true }).fill('王芳');
      await page.getByRole('button', { name: 'Record' }).click();
      await page.getByText('Kept, to be sent').waitFor();
      await page.getByRole('button', { name: '1 waiting' }).click();
      await page.getByRole('article', { name: 'P1m', exact: true }).getByText('0 of 4 steps sent').waitFor(); // prettier-ignore
      await expectSound(t, person, 'what waits, on a telephone');
      await expectSealed(t, page, /王芳|42\.1|P1m|2026-01|TH01/);
      t.same(await ask('/v1/samples'), { samples: [], nextCursor: null });

      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('1 entry has not been sent', { exact: false }).waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();

      // The page is gone, and opened again where there is a network.
      await page.goto('about:blank');
      await context.setOffline(false);
      await open(page, service, 'samples');
      await page.getByText('P1m has been sent').waitFor();
      await page.getByRole('cell', { name: 'P1m' }).waitFor();
      t.match(await ask('/v1/samples'), { samples: [{ sampleId: 'P1m', state: 'typed', identified: true, consented: true, tube: { barcode: first } }] }); // prettier-ignore
      t.equal(await countScans(first), 1);
      t.equal(await countBatches(), 1, 'once');
      t.equal((await page.evaluate<Kept>(READ_DATABASE)).entries, 0, 'and nothing is left of it');
      t.equal(await page.getByRole('button', { name: 'waiting' }).count(), 0);
    });

    await t.test(
      'an answer that was lost on the way is asked for again, and changes nothing',
      async (t) => {
        const person = await signIn(browser, console, 'clerk', { language: 'en', size: 'desktop' });
        const { page } = person;
        await open(page, service, 'collection');
        let lost = 0;
        // Each request arrives, and its first answer does not.
        await page.route('**/v1/{consents,custody/scans}', async (route) => {
          if (lost++ % 2 === 1) return route.continue();
          await route.fetch();
          return route.abort('connectionreset');
        });
        await page.getByLabel('Barcode of the tube').pressSequentially(second);
        await page.keyboard.press('Enter');
        await page.getByLabel('Version of the form').fill('2026-01');
        await page.getByLabel('Age in years').fill('40');
        await page.getByRole('button', { name: 'Record' }).click();
        await page.getByText('Kept, to be sent').waitFor();
        for (const steps of ['0 of 2', '1 of 2']) {
          await page.getByRole('button', { name: '1 waiting' }).click();
          await page.getByText(`${steps} steps sent`).waitFor();
          await page.getByRole('button', { name: 'Send now' }).click();
          // By keyboard: what is said of the arrival may stand above the button for a while.
          await page.keyboard.press('Escape');
          await page.getByRole('dialog').waitFor({ state: 'detached' });
        }
        await page.getByText(`${second} has been sent`).waitFor();
        t.equal(lost, 4);
        const signed = (await ask(`/v1/samples/${second}/consents`)) as { consents: unknown[] };
        t.equal(signed.consents.length, 1);
        t.equal(await countScans(second), 1);
      },
    );

    await t.test('a file is queued untried, and belongs to who queued it', async (t) => {
      await service.call(point, 'POST', '/v1/consents', { consents: [formFor('P9f')] });
      const folder = await mkdtemp(join(tmpdir(), 'homeward-offline-'));
      t.teardown(() => rm(folder, { recursive: true }));
      const file = join(folder, 'relatives.csv');
      await writeFile(file, relativesCsv([['P9f', 'F9', 'father', FATHER], ['P9x', 'F9', 'mother', FATHER]])); // prettier-ignore
      const person = await signIn(browser, console, 'clerk', { language: 'zh', size: 'desktop' });
      const { page } = person;
      const context = page.context();
      await open(page, service, 'uploads');
      await page.getByRole('heading', { name: '上传分型' }).waitFor();
      await context.setOffline(true);
      await page.locator('input[type=file]').setInputFiles(file);
      await page.getByRole('button', { name: '不试读，待网络恢复后发送' }).click();
      await page.getByText('已保存，待发送').waitFor();
      await page.getByRole('button', { name: '1 条待发送' }).waitFor();
      await expectSound(t, person, 'a queued file');
      await expectSealed(t, page, /P9f|10,11|relatives\.csv|D3S1358/);

      // Somebody else at the same browser neither sees nor sends it.
      await page.goto('about:blank');
      // In this order: the page that was left may live on for a moment, and would send what is its owner's.
      await context.clearCookies();
      await context.setOffline(false);
      console.issuer.subject = 'colleague';
      await page.goto(service.url);
      await page.getByRole('link', { name: '登录' }).click();
      await page.getByText('colleague').first().waitFor();
      await open(page, service, 'samples');
      await page.getByRole('cell', { name: 'P1m' }).waitFor();
      t.equal(await page.getByRole('button', { name: '待发送' }).count(), 0);
      t.equal(await countBatches(), 1, 'not by somebody else');

      await context.clearCookies();
      console.issuer.subject = 'clerk';
      await page.goto(service.url);
      await page.getByRole('link', { name: '登录' }).click();
      await page.getByText('1 行被拒收', { exact: false }).waitFor();
      t.equal(await countBatches(), 2, 'once');
      t.match(await ask('/v1/samples'), { samples: [{}, {}, { sampleId: 'P9f', state: 'typed' }] });
    });

    await t.test('what is on a page goes with its owner, and never under another', async (t) => {
      const { page } = await signIn(browser, console, 'clerk', { language: 'en', size: 'desktop' });
      const context = page.context();
      const sent = '**/v1/{consents,custody/scans}';
      await context.route(sent, (route) => route.abort());
      await open(page, service, 'collection');
      await page.getByLabel('Barcode of the tube').pressSequentially(third);
      await page.keyboard.press('Enter');
      await page.getByLabel('Version of the form').fill('2026-01');
      await page.getByLabel('Age in years').fill('40');
      await page.getByRole('button', { name: 'Record' }).click();
      await page.getByText('Kept, to be sent').waitFor();

      // Another is signed in, and the page is not told: it has the clerk's entry, and the network again.
      const other = await signIn(browser, console, 'colleague', {
        language: 'en',
        size: 'desktop',
      });
      await context.clearCookies();
      await context.addCookies(await other.page.context().cookies());
      await context.unroute(sent);
      await page.evaluate("dispatchEvent(new Event('online'))");
      await page.getByText('colleague').first().waitFor();
      await page.getByLabel('Barcode of the tube').waitFor();
      t.equal(await page.getByText(third).count(), 0, 'the receipt is gone');
      t.equal(await page.getByRole('button', { name: 'waiting' }).count(), 0);
      t.match(await ask(`/v1/samples/${third}/consents`), { status: 404 }, 'nothing was sent');

      // A page beside it tells it at once.
      const beside = await context.newPage();
      await open(beside, service, 'samples');
      await page.getByLabel('Age in years').fill('41');
      await beside.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('link', { name: 'Sign in' }).waitFor();
      console.issuer.subject = 'clerk';
      await beside.getByRole('link', { name: 'Sign in' }).click();
      await beside.getByText(`${third} has been sent`).waitFor();
      t.equal(await countScans(third), 1);
    });

    await t.test(
      'without HTTPS nothing is said to be kept, and signing out may fail',
      async (t) => {
        const person = await signIn(browser, console, 'clerk', { language: 'zh', size: 'phone' });
        const { page } = person;
        await page.addInitScript(
          "Object.defineProperty(window, 'isSecureContext', { value: false })",
        );
        await open(page, service, 'collection');
        await page.getByRole('heading', { name: '采样登记' }).waitFor();
        await page.context().setOffline(true);
        await page.getByLabel('采血管条码').pressSequentially(fourth);
        await page.keyboard.press('Enter');
        await page.getByLabel('同意书版本').fill('2026-01');
        await page.getByLabel('年龄（岁）').fill('40');
        await page.getByRole('button', { name: '登记', exact: true }).click();
        await page.getByText('内容不会保存，关闭页面后即丢失', { exact: false }).waitFor();
        t.equal(await page.getByText('已加密保存').count(), 0);
        await page.getByRole('button', { name: '菜单' }).click();
        await page.getByRole('button', { name: '退出登录' }).click();
        await page.getByText('退出登录后将永久丢失', { exact: false }).waitFor();
        await page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click();
        await page.getByText('您仍处于登录状态', { exact: false }).waitFor();
        await expectSound(t, person, 'a sign-out that failed');
      },
    );
  },
);
