import t, { type Test } from 'tap';
import { settle } from '../http/signatures.ts';
import { CHILD, FATHER, LOCI, MOTHER, relativesCsv, type TestService, unknownsCsv } from '../http/service.ts'; // prettier-ignore
import { startChromium, withoutChromium } from './chromium.ts';
import { expectSound, type Person, signIn, startConsole, tabTo } from './people.ts';

const first = (loci: number, cells: readonly string[]): string[] =>
  cells.map((cell, at) => (at < loci ? cell : ''));

/** A candidate that two analysts support, of people who are typed at six loci. */
async function support(service: TestService): Promise<{ caseId: string }> {
  const { call } = service;
  const family = relativesCsv([
    ['P1f', 'F1', 'father', first(6, FATHER)],
    ['P1m', 'F1', 'mother', first(6, MOTHER)],
  ]);
  const child = unknownsCsv([['U1', first(6, CHILD)]]);
  await call('collection-point', 'POST', '/v1/batches?side=relatives', family);
  const sent = await call('collection-point', 'POST', '/v1/batches?side=unknowns', child);
  await service.searched();
  const listed = await call('analyst', 'GET', '/v1/candidates');
  const [{ id }] = (listed.body as { candidates: [{ id: string }] }).candidates;
  await settle(service, id, 'supported');
  return (sent.body as { rows: [{ caseId: string }] }).rows[0];
}

/** Second cards have numbers of their own, but for the child's. */
const cards = (loci: number) => ({
  name: 'cards.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    unknownsCsv([
      ['U1', first(loci, CHILD)],
      ['K-71', first(loci, FATHER)],
      ['K-72', first(loci, MOTHER)],
    ]),
  ),
});

async function giveCards({ page }: Person, loci: number): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(cards(loci));
  await page.getByText('Still missing, or given twice: P1f, P1m.').waitFor();
  for (const [person, key] of Object.entries({ P1f: 'K-71', P1m: 'K-72' })) {
    await tabTo(page, `Sample of ${person}`);
    await page.keyboard.type(key);
  }
  await page.getByText('Everybody has a sample of their own.').waitFor();
  await tabTo(page, 'Remark: which cards');
  await page.keyboard.type('second cards');
  await tabTo(page, 'Have it weighed');
  await page.keyboard.press('Enter');
}

/** Chooses the first step that is offered, gives a reason, and presses the button that bears its name. */
async function takeStep({ page }: Person, step: string, reason: string): Promise<void> {
  await tabTo(page, step);
  await page.keyboard.press('Space');
  await tabTo(page, reason);
  await page.keyboard.type('as agreed');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
}

/** The first analyst begins it and brings evidence, which holds at the second time only. */
async function begin(t: Test, analyst: Person): Promise<void> {
  const { page } = analyst;
  await page.getByRole('link', { name: 'U1' }).waitFor();
  await page.keyboard.press('Enter');
  await tabTo(page, 'Where and how they are sampled again');
  await page.keyboard.type('at their collection point');
  await tabTo(page, 'Begin re-sampling');
  await page.keyboard.press('Enter');
  await page.getByText('– Still missing').nth(2).waitFor();
  await giveCards(analyst, 6);
  const refusal = page.getByRole('alert').getByText('6 loci can be compared, and 6 could before');
  await refusal.waitFor();
  t.equal(await refusal.count(), 1, 'said once, where it stays');
  await expectSound(t, analyst, 'evidence refused');
  await giveCards(analyst, LOCI.length);
  await page.getByText('at 8 loci; before it was 6: 2 more').waitFor();
  t.equal(await page.getByText('✓ 6 loci as in the first typing').count(), 3);
  t.ok(await page.getByRole('radio', { name: 'Confirm' }).isDisabled(), 'not by who brought it');
  await page.getByText('another analyst confirms it', { exact: false }).waitFor();
  await expectSound(t, analyst, 'evidence that holds');
}

t.test(
  'a reunion, from re-sampling to police, and undone',
  { skip: withoutChromium, timeout: 120_000 },
  async (t) => {
    const browser = await startChromium(t);
    const console = await startConsole(t);
    const { service } = console;
    for (const member of [
      { subject: 'first', role: 'analyst' },
      { subject: 'second', role: 'analyst' },
      { subject: 'unit', role: 'police', jurisdiction: '51' },
    ]) {
      await service.call('admin', 'POST', '/v1/users', { ...member, name: member.subject });
    }
    const { caseId } = await support(service);
    const one = await signIn(browser, console, 'first', { language: 'en', size: 'desktop' });
    await t.test('begun and weighed by keyboard', (t) => begin(t, one));

    await t.test('confirmed by another, in Chinese on a telephone; police are told', async (t) => {
      const other = await signIn(browser, console, 'second', { language: 'zh', size: 'phone' });
      const { page } = other;
      await page.goto(new URL('/console/reunions', service.url).href);
      await page.getByRole('link', { name: 'U1 与 F1' }).waitFor();
      await expectSound(t, other, 'the reunions under way');
      await page.getByRole('link', { name: 'U1 与 F1' }).press('Enter');
      await page.getByText('复核分型成立，待另一名鉴定人员确认。').waitFor();
      await takeStep(other, '确认', '理由');
      await page.getByText('已由两名鉴定人员确认，尚未通知公安机关。').waitFor();
      await takeStep(other, '通知公安机关', '理由');
      await page.getByText('已通知公安机关，由其征询本人意见。').waitFor();
      await expectSound(t, other, 'a reunion on a telephone');
    });

    const unit = await signIn(browser, console, 'unit', { language: 'zh', size: 'phone' });
    await t.test('police read what is asked, and a guardian of an adult is refused', async (t) => {
      const { page } = unit;
      await page.goto(new URL(`/console/cases/${caseId}`, service.url).href);
      await page.getByText('请先单独征询来历不明人员本人是否同意联系').waitFor();
      t.notMatch(await page.locator('body').innerText(), /P1f|U1|LR|似然比|as agreed/);
      await tabTo(page, '本人同意联系');
      await page.keyboard.press('Space');
      await page.getByLabel('监护人').check();
      await tabTo(page, '年龄');
      await page.keyboard.type('16');
      await tabTo(page, '备注');
      await page.keyboard.type('已上门');
      await tabTo(page, '登记为已办理');
      await page.keyboard.press('Enter');
      await page.getByText('监护人不得代为同意', { exact: false }).waitFor();
      await expectSound(t, unit, 'a case with a reunion');
      await page.getByLabel('本人', { exact: true }).check();
      await page.getByRole('button', { name: '登记为已办理' }).press('Enter');
      await page.getByText('本人已同意。请当面告知家属。').waitFor();
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByText('The person agrees. Tell the family, in person.').waitFor();
      await expectSound(t, unit, 'the same in English');
    });

    await t.test('a wrong one is undone, and everybody reads so', async (t) => {
      const { page } = one;
      await page.reload();
      await takeStep(one, 'Undo', 'Reason');
      await page.getByRole('heading', { name: 'Earlier reunions' }).waitFor();
      await page.getByText('Proposed', { exact: true }).waitFor();
      await expectSound(t, one, 'the candidate, open again');
      await page.getByRole('link', { name: 'Reunions' }).click();
      await page.getByText('No reunion here.').waitFor();
      await page.getByText('Ended', { exact: true }).click();
      await page.getByRole('cell', { name: 'Undone' }).waitFor();
      await unit.page.reload();
      await unit.page.getByText('The laboratory has taken it back.', { exact: false }).waitFor();
    });
  },
);
