import t from 'tap';
import type { Locator, Page } from 'playwright-core';
import { formatLr } from '../../web/src/common/numbers.ts';
import type {
  CalculationRequest,
  CalculationResult,
} from '../../web/src/calculator/calculation-draft.ts';
import { CHILD, FATHER, LOCI, MOTHER, type TestService } from '../http/service.ts';
import { startChromium, withoutChromium } from './chromium.ts';
import { expectSound, type Person, signIn, startConsole } from './people.ts';

const rowsOf = (cells: readonly string[]): string =>
  cells.map((cell, place) => `${LOCI[place]!}\t${cell}`).join('\n');

const TABLE = [
  ['sample_id', ...LOCI],
  ['C1', ...CHILD],
  ['F1', ...FATHER],
  ['M1', ...MOTHER],
]
  .map((row) => row.map((cell) => `"${cell}"`).join(','))
  .join('\n');

/** What the service says of the trio, asked apart from the console. */
async function lrOfTrio({ call }: TestService): Promise<{ log10Lr: number; first: number }> {
  const person = (id: string, cells: readonly string[]) => ({
    id,
    genotypes: Object.fromEntries(LOCI.map((locus, place) => [locus, cells[place]!.split(',')])),
  });
  const answer = await call('analyst', 'POST', '/v1/likelihood-ratios', {
    people: [person('C1', CHILD), person('F1', FATHER), person('M1', MOTHER)],
    question: { kind: 'family', person: 'C1', relatives: [{ id: 'F1', relation: 'father' }, { id: 'M1', relation: 'mother' }] }, // prettier-ignore
  });
  const { populations } = answer.body as CalculationResult;
  const first = populations[0]?.loci.find(({ locus }) => locus === LOCI[0]);
  return { log10Lr: populations[0]?.lrs[0]?.log10Lr ?? NaN, first: first?.lrs[0]?.log10Lr ?? NaN };
}

const total = (page: Page): Locator => page.locator('tfoot th').nth(1);
const thetaOf = (body: string | null): unknown =>
  (JSON.parse(body ?? 'null') as CalculationRequest | null)?.parameters?.theta;
const rowOf = (page: Page, locus: string): Locator =>
  page.getByRole('row', { name: new RegExp(`^${locus}`) });

async function open(person: Person, url: string): Promise<void> {
  await person.page.goto(new URL('/console/calculator', url).href);
  await person.page.locator('table').waitFor();
}

t.test(
  'the LR of what is typed, while it is typed',
  { skip: withoutChromium, timeout: 120_000 },
  async (t) => {
    const browser = await startChromium(t);
    const console = await startConsole(t);
    const { service } = console;
    for (const subject of ['first', 'second']) {
      await service.call('admin', 'POST', '/v1/users', { subject, role: 'analyst', name: subject });
    }
    const trio = await lrOfTrio(service);

    await t.test('both parents from a table, in English at a desk', async (t) => {
      const analyst = await signIn(browser, console, 'first', { language: 'en', size: 'desktop' });
      const { page } = analyst;
      await open(analyst, service.url);
      await page.getByText('Type the genotypes of two people at least.').waitFor();
      await expectSound(t, analyst, 'the empty calculator');
      await page.getByLabel('Hypothesis H₁').selectOption('both-parents');
      await page.getByRole('button', { name: 'Paste or drop profiles' }).click();
      await page.locator('input[type=file]').setInputFiles({ name: 'trio.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE) }); // prettier-ignore
      await page.getByText('3 profiles filled in.').waitFor();
      await page.getByText('F1 is the father and M1 is the mother of C1').waitFor();
      await total(page).getByText(formatLr(trio.log10Lr), { exact: true }).waitFor();
      t.equal(await page.locator('.mark-consistent').count(), LOCI.length);
      const row = rowOf(page, LOCI[0]!);
      await row.getByText(formatLr(trio.first), { exact: true }).waitFor();
      await expectSound(t, analyst, 'a trio');

      const cell = page.getByLabel(`${LOCI[0]!} of C1`);
      await cell.fill('10,99x');
      await page.getByText('The service cannot read some genotypes').waitFor();
      t.equal(await cell.getAttribute('aria-invalid'), 'true', 'the cell at fault is marked');
      t.equal(await page.locator('[aria-invalid=true]').count(), 1, 'and no other');
      t.equal(await page.locator('tfoot').count(), 0, 'there is no LR of what cannot be read');
      await expectSound(t, analyst, 'a cell at fault');

      await cell.fill('10,10.2');
      await row.getByText('Inconsistent', { exact: false }).waitFor();
      await cell.fill(CHILD[0]!);
      await total(page).getByText(formatLr(trio.log10Lr), { exact: true }).waitFor();

      await page.getByLabel('Mutation rate, fathers').fill('0.01');
      await page.getByText('Not those of the policy in force.').waitFor();
      await page.getByRole('button', { name: 'As the policy says' }).click();
      await total(page).getByText(formatLr(trio.log10Lr), { exact: true }).waitFor();
    });

    await t.test('a parameter is the one that its field shows', async (t) => {
      const analyst = await signIn(browser, console, 'first', { language: 'en', size: 'desktop' });
      const { page } = analyst;
      await open(analyst, service.url);
      await page.getByLabel('TH01 of P1').fill('10,11');
      await page.getByLabel('TH01 of P2').fill('10,12');
      await total(page).waitFor();
      const theta = page.getByLabel('Theta (coancestry)');
      // Key by key: a field that is written so hands over «0.» and «0.0» on its way.
      for (const [typed, value] of [
        ['0.050', 0.05],
        ['0.10', 0.1],
      ] as const) {
        const asked = page.waitForRequest((request) => thetaOf(request.postData()) === value);
        await theta.clear();
        await theta.pressSequentially(typed);
        await asked;
        t.equal(await theta.inputValue(), typed);
      }
      await theta.clear();
      await page.getByText('Write a number from 0 to below 1.').waitFor();
      await page.getByText('A parameter is empty').waitFor();
      t.equal(await page.locator('tfoot').count(), 0, 'there is no LR of an empty parameter');
      await expectSound(t, analyst, 'an emptied parameter');

      await page.getByRole('button', { name: 'As the policy says' }).click();
      await total(page).waitFor();
      t.equal(await theta.inputValue(), '0');
      const silent = page.getByLabel('Silent allele, at every locus');
      await silent.pressSequentially('0.020');
      await page.getByText('Not those of the policy in force.').waitFor();
      t.equal(await silent.inputValue(), '0.020');
      await silent.clear();
      await page.getByText('As the policy in force says').waitFor();
    });

    await t.test('what is asked no more is not shown, however late it comes', async (t) => {
      const analyst = await signIn(browser, console, 'first', { language: 'en', size: 'desktop' });
      const { page } = analyst;
      await open(analyst, service.url);
      const answered: (() => void)[] = [];
      let asked = 0;
      await page.route('**/v1/likelihood-ratios', async (route) => {
        // The first answer is kept back until the second was shown.
        if (asked++ === 0) await new Promise<void>((resolve) => answered.push(resolve));
        await route.continue().catch(() => undefined);
      });
      const type = async (locus: string, person: string, genotype: string): Promise<void> => {
        await page.getByLabel(`${locus} of ${person}`).fill(genotype);
      };
      await type('TH01', 'P1', '10,11');
      await type('TH01', 'P2', '10,12');
      await page.waitForRequest('**/v1/likelihood-ratios');
      await type('TH01', 'P2', '10,10');
      // Every frequency is 0.1: ½/p, but for mutation.
      await rowOf(page, 'TH01').getByText('4.99').waitFor();
      const before = await total(page).innerText();
      answered.forEach((resolve) => {
        resolve();
      });
      await page.getByLabel('TH01 of P1').press('Enter');
      await page.waitForLoadState('networkidle');
      t.equal(await total(page).innerText(), before);
      t.equal(asked, 2);
    });

    await t.test('two siblings pasted, in Chinese on a telephone', async (t) => {
      const analyst = await signIn(browser, console, 'second', { language: 'zh', size: 'phone' });
      const { page } = analyst;
      await open(analyst, service.url);
      await page.getByLabel('假设 H₁').selectOption('full-siblings');
      await page.getByLabel('对立假设 H₂').selectOption('paternal-half-siblings');
      await page.getByRole('button', { name: '粘贴或拖入分型' }).click();
      for (const [place, cells] of [CHILD, FATHER].entries()) {
        await page.getByLabel('自此人起填入').selectOption(String(place));
        await page.getByLabel('分型', { exact: true }).fill(rowsOf(cells));
        await page.getByRole('button', { name: '填入', exact: true }).click();
        await page.getByText('已填入 1 份分型。').waitFor();
      }
      await page.getByText('P1 与 P2 为同父异母半同胞').waitFor();
      await page.getByRole('button', { name: /homeward lr --calculation/ }).waitFor();
      t.equal(await page.locator('.mark').count(), 0, 'siblings fit whatever is typed');
      await expectSound(t, analyst, 'the calculator on a telephone');

      // As the button copies it, the command line and the service take it.
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('button', { name: /homeward lr --calculation/ }).click();
      await page.getByText('已复制。').waitFor();
      const copied = JSON.parse(
        await page.evaluate<string>('navigator.clipboard.readText()'),
      ) as CalculationRequest;
      t.match(copied.question, { relationships: ['full-siblings'], against: 'paternal-half-siblings' }); // prettier-ignore
      t.notOk('frequencyTables' in copied);
      const again = await service.call('analyst', 'POST', '/v1/likelihood-ratios', copied);
      t.equal(again.status, 200);
      const shown = await total(page).innerText();
      t.equal(
        shown,
        formatLr((again.body as CalculationResult).populations[0]?.lrs[0]?.log10Lr ?? NaN),
        'and come to the same',
      );
    });
  },
);
