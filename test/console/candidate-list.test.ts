import t from 'tap';
import type { Page } from 'playwright-core';
import { CHILD, FATHER, MOTHER, relativesCsv, type TestService, unknownsCsv } from '../http/service.ts'; // prettier-ignore
import { startChromium, withoutChromium } from './chromium.ts';
import { multiplyCandidates } from './many-candidates.ts';
import { expectSound, signIn, startConsole } from './people.ts';

const MANY = 5_000;
const ANALYSTS = ['first', 'second', 'third'];

t.test(
  'thousands of candidates: found, marked, assigned and signed together',
  { skip: withoutChromium, timeout: 240_000 },
  async (t) => {
    const browser = await startChromium(t);
    const console = await startConsole(t);
    await upload(console.service);
    for (const subject of ANALYSTS) {
      await console.service.call('admin', 'POST', '/v1/users', { subject, role: 'analyst', name: subject }); // prettier-ignore
    }
    await console.service.searched();
    await multiplyCandidates(console.service, MANY);

    const desk = await signIn(browser, console, 'first', { language: 'en', size: 'desktop' });
    const { page } = desk;
    const shown = page.getByRole('status');
    await shown.getByText(`${MANY + 1} candidates`).waitFor();

    await t.test(
      'years, provinces and ages stand in it, in columns that can be chosen',
      async (t) => {
        await page.getByRole('cell', { name: /^Sichuan \d{4}/ }).first().waitFor(); // prettier-ignore
        t.equal(await page.getByRole('columnheader', { name: 'Loci', exact: true }).count(), 0);
        await page.getByRole('button', { name: 'Columns' }).click();
        await page.getByRole('checkbox', { name: 'Loci', exact: true }).check();
        await page.getByRole('columnheader', { name: 'Loci' }).waitFor();
        await expectSound(t, desk, 'the choice of columns');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Views' }).click();
        await page.getByLabel('Name of the view').fill('with loci');
        await page.getByRole('button', { name: 'Save this view' }).click();
        await page.getByRole('menuitem', { name: 'with loci' }).waitFor();
        await page.keyboard.press('Escape');
        t.match(decodeURIComponent(page.url()), /columns=.*"loci"/);
        await page.getByRole('button', { name: 'Columns' }).click();
        await page.getByRole('button', { name: 'As at first' }).click();
        await page.getByRole('columnheader', { name: 'Loci' }).waitFor({ state: 'detached' });
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Views' }).click();
        await page.getByRole('menuitem', { name: 'with loci' }).click();
        await page.getByRole('columnheader', { name: 'Loci' }).waitFor();
      },
    );

    await t.test('j held down passes no blank row', async (t) => {
      await page.getByRole('region', { name: 'Candidates' }).focus();
      const blanks: number[] = [];
      for (let at = 0; at < 120; at++) {
        await page.keyboard.press('j');
        if (at % 10 === 9) blanks.push(await countBlankRows(page));
        if (at % 40 === 39) t.ok(await isCurrentSeen(page), `after ${at + 1} it is in sight`);
      }
      t.same(blanks.filter((count) => count > 0), [], 'blank rows on the way'); // prettier-ignore
      t.equal(await currentRow(page), 120 + 2, 'row of the one that is looked at');
      for (let at = 0; at < 60; at++) await page.keyboard.press('k');
      t.ok(await isCurrentSeen(page), 'and on the way up');
    });

    await t.test('a filter answers at once, by what is said', async (t) => {
      await page.getByRole('button', { name: 'Filters' }).click();
      await page.getByLabel('Province, of either side').first().fill('Sich');
      await page.getByRole('option', { name: 'Sichuan' }).click();
      await page.keyboard.press('Escape');
      await shown.getByText(`${MANY / 4 + 1} candidates`).waitFor();
      await page.getByLabel('Hide where it is not said').check();
      await shown.getByText(`${MANY / 4} candidates`).waitFor();
      t.equal(await firstRow(page), 2, 'from its top');
      await page.getByLabel('Missing from').fill('x');
      await page.getByText('Four digits, from 1900').waitFor();
      await page.getByLabel('Missing from').fill('');
      await expectSound(t, desk, 'the filters');
      await page.getByLabel('Sample or family').fill('P00003');
      await shown.getByText('1 candidate of 1250').waitFor();
      await page.getByLabel('Sample or family').fill('');
    });

    await t.test('several are assigned, and the answer stays', async (t) => {
      await page.getByRole('region', { name: 'Candidates' }).focus();
      await page.keyboard.press('x');
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.keyboard.press('Shift+X');
      await shown.getByText('3 selected').waitFor();
      await page.getByRole('button', { name: 'Assign…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('To whom').first().click();
      await page.getByRole('option', { name: 'second' }).click();
      await expectSound(t, desk, 'the assignment');
      await dialog.getByRole('button', { name: 'Assign 3' }).click();
      await page.getByText('Done: 3. Refused: 0.').waitFor();
      await page.getByRole('cell', { name: /^second/ }).first().waitFor(); // prettier-ignore
      await expectSound(t, desk, 'the answer to the assignment');
      await page.getByRole('button', { name: 'Give up what second' }).first().click();
      await page.getByRole('button', { name: 'Give up what second' }).nth(2).waitFor({ state: 'detached' }); // prettier-ignore
    });

    await t.test(
      'one decision on several, what others took up or changed is refused',
      async (t) => {
        // Two are left to others altogether; one is changed while the dialog stands open.
        await page.getByRole('button', { name: 'Select none' }).waitFor({ state: 'detached' });
        await page.getByRole('region', { name: 'Candidates' }).focus();
        await page.keyboard.press('x');
        await page.keyboard.press('k');
        await page.keyboard.press('Shift+X');
        await page.getByRole('button', { name: 'Sign…', exact: true }).click();
        const dialog = page.getByRole('dialog');
        // As where everything that was selected leaves the list meanwhile.
        await page.getByLabel('Sample or family').fill('nobody');
        await shown.getByText('2 selected').waitFor({ state: 'detached' });
        await page.getByLabel('Sample or family').fill('');
        await dialog.getByLabel('Excluded').check();
        await dialog.getByLabel('Reason', { exact: false }).fill('two loci do not fit');
        await dialog
          .getByLabel('Cause, if it can be said in a word')
          .selectOption('Alike by chance');
        await expectSound(t, desk, 'the decision on several');
        await dialog.getByRole('button', { name: 'Look at it once more' }).click();
        await dialog.getByText('This is what you sign', { exact: false }).waitFor();
        const [first] = await dialog.getByRole('row').locator('td:first-child').allTextContents();
        await expectSound(t, desk, 'what is about to be signed');
        await console.service.db.execute(`update candidate_matches set version = version + 1
        where unknown_sample_id = (select id from samples where code = '${first}')`);
        await dialog.getByRole('button', { name: 'Sign 2' }).click();
        await page.getByText('Done: 1. Refused: 1.').waitFor();
        await page.getByText('Somebody changed it meanwhile', { exact: false }).waitFor();
        await page.getByText('Signed; now: Second opinion').waitFor();
        await page.getByRole('link', { name: first! }).first().click();
        await page.getByRole('heading', { name: first! }).waitFor();
        await page.keyboard.press('b');
        await page.getByText('Done: 1. Refused: 1.').waitFor();
        await page.getByRole('region', { name: 'Answer to your signatures' }).getByRole('button', { name: 'Close' }).click(); // prettier-ignore
        await page.getByText('Done: 1. Refused: 1.').waitFor({ state: 'detached' });
      },
    );

    await t.test('on a telephone each candidate is a card', async (t) => {
      const phone = await signIn(browser, console, 'second', { language: 'zh', size: 'phone' });
      const card = phone.page.getByRole('listitem').filter({ hasText: 'P05000' });
      await card.getByText('北京').first().waitFor();
      await card.getByText('失踪', { exact: true }).waitFor();
      t.notMatch(await phone.page.locator('body').innerText(), /two loci do not fit/);
      await expectSound(t, phone, 'the list on a telephone');
      await card.getByRole('checkbox').check();
      await phone.page.getByRole('button', { name: '签署…' }).click();
      await phone.page.getByRole('dialog').waitFor();
      await expectSound(t, phone, 'the decision on a telephone');
    });
  },
);

async function upload({ call }: TestService): Promise<void> {
  const family = relativesCsv([
    ['P1f', 'F1', 'father', FATHER],
    ['P1m', 'F1', 'mother', MOTHER],
  ]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', family);
  await call('collection-point', 'POST', '/v1/batches?side=unknowns', unknownsCsv([['U1', CHILD]]));
}

/** How many pixels-high gaps, in rows, stand in the part of the list that is seen. */
function countBlankRows(page: Page): Promise<number> {
  return page.evaluate<number>(`(() => {
    const box = document.querySelector('.ranked').getBoundingClientRect();
    const blanks = [...document.querySelectorAll('.ranked tbody tr[aria-hidden]')];
    return blanks.filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return Math.min(bottom, box.bottom) - Math.max(top, box.top) > 42;
    }).length;
  })()`);
}

/** Whether all of the row that is looked at is within the list, below its head. */
function isCurrentSeen(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(`(() => {
    const [box, head, row] = ['.ranked', '.ranked th', 'tr[data-current]'].map((one) =>
      document.querySelector(one).getBoundingClientRect());
    return row.top >= head.bottom - 1 && row.bottom <= box.bottom + 1;
  })()`);
}

function currentRow(page: Page): Promise<number> {
  return page.evaluate<number>(
    `Number(document.querySelector('tr[data-current]').getAttribute('aria-rowindex'))`,
  );
}

/** Which row of the table is drawn first. */
function firstRow(page: Page): Promise<number> {
  return page.evaluate<number>(
    `Number(document.querySelector('tr[aria-rowindex]').getAttribute('aria-rowindex'))`,
  );
}
