import { sql } from 'drizzle-orm';
import t from 'tap';
import type { Page } from 'playwright-core';
import { CHILD, FATHER, FREQUENCIES, MOTHER, relativesCsv, unknownsCsv } from '../http/service.ts';
import { startChromium, withoutChromium } from './chromium.ts';
import { expectSound, signIn, startConsole } from './people.ts';

/** As far as it is looked at here. */
type Point = Readonly<Record<'id' | 'code' | 'name' | 'division', string>> & {
  readonly version: number;
  readonly address: string | null;
  readonly position: object | null;
  readonly monthlyQuota: number | null;
};

t.test('administrators’ rooms', { skip: withoutChromium, timeout: 240_000 }, async (t) => {
  const browser = await startChromium(t);
  const console = await startConsole(t);
  const { service } = console;
  await service.call('admin', 'POST', '/v1/users', { role: 'admin', name: 'keeper', subject: 'keeper' }); // prettier-ignore
  const keeper = await signIn(browser, console, 'keeper', { language: 'en', size: 'desktop' });
  const { page } = keeper;
  const open = async (room: string): Promise<void> => {
    await page.goto(new URL(`/console/administration/${room}`, service.url).href);
    await page.locator('section').first().waitFor();
  };

  await t.test('a person is registered without a mouse, and disabled', async (t) => {
    await open('people');
    await page.getByLabel('Name', { exact: false }).focus();
    await page.keyboard.type('Unit 5');
    await page.keyboard.press('Tab');
    await page.keyboard.type('unit-5');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'Police' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByLabel('Jurisdiction').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('510');
    await page.getByText('Sichuan').waitFor();
    await page.keyboard.press('Enter');
    const refusal = 'Two digits for a province, four for a city, six for a county.';
    await page.getByText(refusal).waitFor();
    await expectSound(t, keeper, 'a refused registration');
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    const row = page.getByRole('row', { name: /Unit 5/ });
    await row.getByText('5101').waitFor();
    await row.getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await row.getByText('Disabled').waitFor();
  });

  await t.test('a key is made, its secret shown once, rotated and revoked', async (t) => {
    await open('keys');
    await page.getByLabel('Name', { exact: false }).fill('machine 1');
    await choose(page, 'Collection point', 'POINT-1');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const key = (await page.locator('.secret').textContent()) ?? '';
    t.match(key, /^hw_/);
    t.ok(
      await page.getByRole('button', { name: 'Make the key' }).isDisabled(),
      'not over a secret',
    );
    t.ok(await page.getByRole('button', { name: 'Rotate the key machine 1' }).isDisabled());
    await expectSound(t, keeper, 'a secret');
    t.equal((await service.call({ key }, 'GET', '/v1/collection-points')).status, 200);
    await page.getByRole('button', { name: 'Put it away' }).click();
    await page.locator('.secret').waitFor({ state: 'detached' });
    t.notMatch(await page.content(), key, 'nowhere in the page');
    await page.getByRole('button', { name: 'Rotate the key machine 1' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('The old one is good for', { exact: false }).fill('0');
    await expectSound(t, keeper, 'the rotation');
    await dialog.getByRole('button', { name: 'Rotate', exact: true }).click();
    const next = (await page.locator('.secret').textContent()) ?? '';
    t.equal((await service.call({ key }, 'GET', '/v1/collection-points')).status, 401);
    t.equal((await service.call({ key: next }, 'GET', '/v1/collection-points')).status, 200);
    const row = page.getByRole('row', { name: /machine 1.*Revoke/ });
    await row.getByRole('button', { name: 'Revoke' }).click();
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('cell', { name: 'Revoked' }).waitFor();
    t.equal((await service.call({ key: next }, 'GET', '/v1/collection-points')).status, 401);
  });

  await t.test('a point is registered, changed beside somebody else, and suspended', async (t) => {
    await open('points');
    await page.getByLabel('Code', { exact: false }).fill('point-7');
    await page.getByLabel('Name', { exact: false }).fill('Jinjiang');
    await page.getByLabel('Division', { exact: false }).fill('990000');
    await page.getByLabel('Latitude').first().fill('30.66');
    await page.getByLabel('Longitude').first().fill('104.08');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText('Six digits of GB/T 2260, such as 510104', { exact: false }).waitFor();
    await page.getByLabel('Division', { exact: false }).fill('510104');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByRole('row', { name: /POINT-7/ }).waitFor();

    await page.getByRole('button', { name: 'Change POINT-7' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Jinjiang District');
    const list = (await service.call('admin', 'GET', '/v1/collection-points')).body as { collectionPoints: Point[] }; // prettier-ignore
    const point = list.collectionPoints.find(({ code }) => code === 'POINT-7')!;
    const { name, division, address, position, monthlyQuota } = point;
    const theirs = { name, division, address, position, monthlyQuota, phone: '+86 28 8666 0000' };
    await service.call('admin', 'PUT', `/v1/collection-points/${point.id}`, theirs, { 'if-match': `"${point.version}"` }); // prettier-ignore
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Phone: — → +86 28 8666 0000').waitFor();
    await expectSound(t, keeper, 'what somebody else has changed');
    await dialog.getByRole('button', { name: 'Go on with their changes and mine' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const after = (await service.call('admin', 'GET', `/v1/collection-points/${point.id}`)).body as Point; // prettier-ignore
    t.match(after, { ...theirs, name: 'Jinjiang District', version: point.version + 2 });

    await page.getByLabel('Latitude').last().fill('30.67');
    await page.getByLabel('Longitude').last().fill('104.06');
    await page.getByRole('button', { name: 'Find' }).click();
    const nearest = page.getByRole('group', { name: 'Nearest to a place' });
    await nearest.getByRole('cell', { name: '2.2' }).waitFor();
    await page.getByRole('button', { name: 'Suspend: POINT-7' }).click();
    await dialog.getByLabel('Reason').fill('no power');
    await dialog.getByRole('button', { name: 'Suspend' }).click();
    await page
      .getByRole('row', { name: /POINT-7.*Suspended/ })
      .getByText('no power')
      .waitFor();
  });

  await t.test('the record is searched, exported and verified', async (t) => {
    await service.call(null, 'GET', '/v1/sign-in/callback?state=a&code=b');
    await open('audit');
    await page.getByRole('button', { name: 'Refused sign-ins' }).click();
    await page.getByRole('cell', { name: 'GET /v1/sign-in/callback' }).first().waitFor();
    await page.getByText('That is all.').waitFor();
    t.match(new URL(page.url()).searchParams.get('action'), /sign-in/, 'the address says it');
    t.equal(await page.getByRole('cell', { name: '✓ done' }).count(), 0);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'As CSV' }).click()]); // prettier-ignore
    t.equal(file.suggestedFilename(), 'audit.csv');
    await page.getByLabel('Action', { exact: false }).fill('users');
    await page.getByLabel('Result').fill('201');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByRole('cell', { name: 'POST /v1/users' }).first().waitFor();
    await page.getByRole('cell', { name: 'first administrator · Administrator' }).first().waitFor();

    const kept = page.getByLabel('Head of an earlier check', { exact: false });
    await kept.fill('no head');
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('64 hexadecimal digits', { exact: false }).waitFor();
    await kept.fill('');
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('✓ The record is whole', { exact: false }).waitFor();
    await expectSound(t, keeper, 'a record that is whole');
    const head = (await page.locator('code').textContent()) ?? '';
    t.match(head, /^\d+:[0-9a-f]{64}$/);
    await kept.fill(head);
    await service.db.execute(sql`alter table audit_entries disable trigger append_only`);
    await service.db.execute(sql`update audit_entries set status = 200 where seq = 2`);
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('Entry 2 was altered', { exact: false }).waitFor();
    await expectSound(t, keeper, 'a record that was touched');
  });

  await t.test('openings are reviewed, and samples are held', async (t) => {
    const receipt = (await service.call('collection-point', 'POST', '/v1/batches?side=unknowns', unknownsCsv([['U1', CHILD]]))).body as { rows: { caseId: string }[] }; // prettier-ignore
    const { caseId } = receipt.rows[0]!;
    await service.call('analyst', 'POST', '/v1/break-glass', { caseId, reason: 'a child is in danger tonight' }); // prettier-ignore
    await open('oversight');
    const opening = page.getByRole('article', { name: new RegExp(caseId) });
    await opening.getByText('a child is in danger tonight').waitFor();
    await opening.getByLabel('Justified', { exact: true }).check();
    await opening.getByLabel('Remark').fill('the unit was called');
    await expectSound(t, keeper, 'an opening');
    await opening.getByRole('button', { name: 'Sign the review' }).click();
    await opening.waitFor({ state: 'detached' });
    await page.getByText('Reviewed', { exact: true }).click();
    await opening.getByText('the unit was called', { exact: false }).waitFor();

    await page.getByLabel('Case id').fill(caseId.toLowerCase());
    await page.getByLabel('Reason').fill('a court has asked');
    await page.getByLabel('Last day').fill('2099-01-01');
    await page.getByRole('button', { name: 'Hold', exact: true }).click();
    const row = page.getByRole('row', { name: new RegExp(caseId) });
    await row.getByRole('button', { name: 'Release' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Release' }).click();
    await row.waitFor({ state: 'detached' });
  });

  await t.test('the search is steered, and says how it is', async (t) => {
    const csv = relativesCsv([['P1f', 'F1', 'father', FATHER], ['P1m', 'F1', 'mother', MOTHER]]); // prettier-ignore
    await service.call('collection-point', 'POST', '/v1/batches?side=relatives', csv);
    await service.searched();
    await open('search');
    await page.getByLabel('Collection point').fill('POINT-1');
    await page.getByLabel('Sample id of the person').fill('U1');
    await page.getByLabel('Family', { exact: false }).fill('F1');
    await page.getByRole('button', { name: 'Watch', exact: true }).click();
    await page.getByRole('cell', { name: '✓ found' }).waitFor();
    await page.getByRole('button', { name: 'Compare everybody again' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Compare everybody again' }).click();
    await page.getByRole('cell', { name: 'By hand' }).waitFor();

    await page.getByLabel('CSV file', { exact: false }).waitFor();
    const section = page.getByRole('region', { name: 'A further frequency table' });
    await section.getByLabel('Name').fill('another');
    await section.locator('input[type=file]').setInputFiles({ name: 'table.csv', mimeType: 'text/csv', buffer: Buffer.from(FREQUENCIES.replace('0.1,20', '0.2,20')) }); // prettier-ignore
    await section.getByRole('button', { name: 'Upload' }).click();
    await section.getByRole('alert').getByText('sum', { exact: false }).first().waitFor();
    await expectSound(t, keeper, 'a refused table');

    const policy = page.getByRole('region', { name: 'A new policy' });
    await policy.getByLabel('Name').fill('stricter');
    const document = policy.getByLabel('Parameters, threshold and prior', { exact: false });
    const inForce = await document.inputValue();
    await document.fill('{');
    await policy.getByRole('button', { name: 'Put in force' }).click();
    await policy.getByText('This is no JSON', { exact: false }).waitFor();
    await document.fill(inForce.replace('"threshold": 1000', '"threshold": 5000'));
    await policy.getByRole('button', { name: 'Put in force' }).click();
    await expectSound(t, keeper, 'the confirmation of a policy');
    await page.getByRole('dialog').getByRole('button', { name: 'Put in force' }).click();
    await page.getByRole('row', { name: /stricter.*In force.*5,000/ }).waitFor();

    await service.searched();
    await open('health');
    await page.getByRole('row', { name: /Canaries found 1 of 1/ }).waitFor();
    await page.getByRole('row', { name: /^Ready for the policy/ }).waitFor();
  });

  await t.test('a webhook is registered, and ended', async (t) => {
    await open('webhooks');
    await page.getByLabel('Jurisdiction').fill('51');
    await page.getByLabel('Address').fill('http://police.example/');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.locator('.mantine-InputWrapper-error').getByText('An https address').waitFor();
    await page.getByLabel('Address').fill('https://police.example/homeward');
    await page.getByRole('button', { name: 'Register' }).click();
    t.match(await page.locator('.secret').textContent(), /^whsec_/);
    t.ok(await page.getByRole('button', { name: 'Register' }).isDisabled(), 'not over a secret');
    await expectSound(t, keeper, 'the secret of a webhook');
    await page
      .getByRole('row', { name: /police\.example/ })
      .getByRole('button')
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await page.getByText('Nothing here yet.').waitFor();
  });
});

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: new RegExp(option) }).click();
}
