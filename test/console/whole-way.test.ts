import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { formFor } from '../http/consent-forms.ts';
import {
  CHILD,
  FATHER,
  MOTHER,
  relativesCsv,
  type TestService,
  unknownsCsv,
} from '../http/service.ts';
import { startChromium, withoutChromium } from './chromium.ts';
import { expectSound, signIn, startConsole, tabTo } from './people.ts';

const RELATIVES = relativesCsv([
  ['P1f', 'F1', 'father', FATHER],
  ['P1m', 'F1', 'mother', MOTHER],
  ['P2m', 'F2', 'mother', MOTHER.map((cell, place) => (place === 0 ? '99,x' : cell))],
]);

const MOST_SCRIPT_BYTES = 300_000;

t.test(
  'from the upload to what police read, in both languages, at a desk and on a telephone',
  { skip: withoutChromium, timeout: 240_000 },
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'homeward-console-'));
    t.teardown(() => rm(folder, { recursive: true }));
    const [relatives, unknowns] = [join(folder, 'relatives.csv'), join(folder, 'unknowns.csv')];
    await writeFile(relatives, RELATIVES);
    await writeFile(unknowns, unknownsCsv([['U1', CHILD]]));

    const browser = await startChromium(t);
    const console = await startConsole(t);
    const { service } = console;
    const { call } = service;
    const point = await service.createPoint('POINT-2');
    const staff = [
      { subject: 'point', role: 'collection-point', collectionPointId: point.id },
      ...['first', 'second', 'third'].map((subject) => ({ subject, role: 'analyst' })),
      { subject: 'unit', role: 'police', jurisdiction: '51' },
      { subject: 'keeper', role: 'admin' },
    ];
    for (const member of staff) {
      const { status } = await call('admin', 'POST', '/v1/users', { ...member, name: member.subject }); // prettier-ignore
      t.equal(status, 201, `${member.subject} may sign in`);
    }
    await signConsents(service, point.key, ['P1f', 'P1m', 'P2m', 'U1']);

    let caseId = '';
    await t.test(
      'a collection point tries a file, sees the cell at fault, and sends',
      async (t) => {
        const clerk = await signIn(browser, console, 'point', { language: 'zh', size: 'desktop' });
        const { page } = clerk;
        await expectSound(t, clerk, 'the upload page');
        await page.locator('input[type=file]').setInputFiles(relatives);
        await page.getByText('试读结果，未写入').waitFor();
        await page.getByText('D3S1358', { exact: false }).first().waitFor();
        await expectSound(t, clerk, 'the report of rows');
        await page.getByRole('button', { name: '发送 2 行' }).click();
        await page.getByRole('heading', { name: '回执' }).waitFor();
        await page.getByLabel('仅看拒收').uncheck();
        caseId = (await page.getByText(/^HW-/).first().textContent()) ?? '';
        t.match(caseId, /^HW-[0-9A-Z]{10}$/);
        await page.getByRole('button', { name: '另选文件' }).click();
        await page.getByLabel('来历不明人员').check();
        await page.locator('input[type=file]').setInputFiles(unknowns);
        await page.getByRole('button', { name: '发送 1 行' }).click();
        await page.getByRole('heading', { name: '回执' }).waitFor();
      },
    );

    await service.searched();

    await t.test('an analyst opens and signs a candidate without a mouse', async (t) => {
      const analyst = await signIn(browser, console, 'first', { language: 'en', size: 'desktop' });
      const { page } = analyst;
      await page.getByRole('link', { name: 'U1' }).waitFor();
      await expectSound(t, analyst, 'the list');
      const bytes = analyst.scriptBytes();
      t.ok(
        bytes > 50_000 && bytes < MOST_SCRIPT_BYTES,
        `${bytes} bytes of script until the list stands`,
      );
      await page.keyboard.press('?');
      await page.getByRole('dialog').getByText('Next candidate').waitFor();
      await expectSound(t, analyst, 'the help');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('j');
      await page.keyboard.press('k');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'U1 and F1' }).waitFor();
      await page.getByRole('img', { name: /Pedigree of the family F1/ }).waitFor();
      t.equal(await page.locator('.mark-consistent').count(), CHILD.length);
      await expectSound(t, analyst, 'the candidate');
      await tabTo(page, 'Supported');
      await page.keyboard.press('Space');
      await tabTo(page, 'Reason');
      await page.keyboard.type('every locus fits both');
      await tabTo(page, 'Sign');
      await page.keyboard.press('Enter');
      await page.getByText('You have signed in this round.').waitFor();
    });

    await t.test('a second one disagrees, and has seen nothing of the first', async (t) => {
      const analyst = await signIn(browser, console, 'second', { language: 'zh', size: 'phone' });
      const { page } = analyst;
      await page.getByRole('link', { name: 'U1' }).click();
      await page.getByText('还需 1 人签署', { exact: false }).waitFor();
      t.equal(await page.getByText('every locus fits both').count(), 0);
      await expectSound(t, analyst, 'the candidate on a telephone');
      await page.getByLabel('排除', { exact: true }).check();
      await page.getByLabel('理由', { exact: false }).fill('年龄不符');
      await page.getByRole('button', { name: '签署' }).click();
      await page.getByText('every locus fits both').waitFor();
      await page.getByText('两人意见不一', { exact: true }).waitFor();
    });

    await t.test('a third settles it', async (t) => {
      const analyst = await signIn(browser, console, 'third', { language: 'en', size: 'phone' });
      const { page } = analyst;
      await page.getByRole('link', { name: 'U1' }).click();
      await page.getByText('a third settles it', { exact: false }).waitFor();
      await page.getByLabel('Supported').check();
      await page.getByLabel('Reason', { exact: false }).fill('the age was a slip');
      await page.getByRole('button', { name: 'Sign', exact: true }).click();
      await page.getByLabel('Why it is to be reviewed again').waitFor();
      await page.goto(new URL('/console/findings', service.url).href);
      await page.getByText('No finding here.').waitFor();
      await expectSound(t, analyst, 'the findings on a telephone');
      await page.goto(new URL('/console/searches', service.url).href);
      await page.getByRole('heading', { name: 'Sweeps' }).waitFor();
      await page.getByText('In force').waitFor();
      await expectSound(t, analyst, 'the searches on a telephone');
    });

    await t.test('police read the status by case id, and administrators their lists', async (t) => {
      const unit = await signIn(browser, console, 'unit', { language: 'zh', size: 'phone' });
      await unit.page.getByLabel('案件编号').fill('HW-1');
      await unit.page.getByRole('button', { name: '查询' }).click();
      await unit.page.getByText('案件编号为 HW- 加十位字母或数字。').waitFor();
      await unit.page.getByLabel('案件编号').fill(caseId.toLowerCase());
      await expectSound(t, unit, 'the question for a case');
      await unit.page.getByRole('button', { name: '查询' }).click();
      await unit.page.getByText('线索获支持').first().waitFor();
      t.notMatch(await unit.page.locator('body').innerText(), /P1f|U1|10,11|LR/);
      await expectSound(t, unit, 'the case');

      const keeper = await signIn(browser, console, 'keeper', { language: 'en', size: 'desktop' });
      await keeper.page.getByRole('link', { name: 'Collection points' }).click();
      await keeper.page.getByRole('cell', { name: 'POINT-1' }).first().waitFor();
      await expectSound(t, keeper, 'the administration');
      await keeper.page.getByRole('button', { name: '中文' }).click();
      await keeper.page.getByRole('heading', { name: '采血点', exact: true }).waitFor();
    });
  },
);

async function signConsents({ call }: TestService, key: string, samples: string[]): Promise<void> {
  const consents = samples.map((sampleId) => formFor(sampleId));
  await call({ key }, 'POST', '/v1/consents', { consents });
}
