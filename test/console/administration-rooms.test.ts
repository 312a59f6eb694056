import t from 'tap';
import { SIZES, startChromium, withoutChromium } from './chromium.ts';
import { expectSound, signIn, startConsole } from './people.ts';

/** Administrators' rooms, each with what stands in it once it has asked for what it shows. */
const ROOMS = {
  people: 'table',
  keys: 'table',
  points: 'table',
  'audit?status=201': 'table',
  oversight: 'form',
  health: 'table',
  search: 'textarea',
  webhooks: 'form',
};

t.test(
  'every room of administrators, in both languages, at a desk and on a telephone',
  { skip: withoutChromium, timeout: 240_000 },
  async (t) => {
    const browser = await startChromium(t);
    const console = await startConsole(t);
    const { service } = console;
    await service.call('admin', 'POST', '/v1/users', { role: 'admin', name: 'k', subject: 'k' });
    for (const [language, size, other] of [
      ['en', 'desktop', 'phone'],
      ['zh', 'phone', 'desktop'],
    ] as const) {
      // prettier-ignore
      const person = await signIn(browser, console, 'k', { language, size });
      const { page } = person;
      for (const [room, content] of Object.entries(ROOMS)) {
        await page.setViewportSize(SIZES[size]);
        await page.goto(new URL(`/console/administration/${room}`, service.url).href);
        await page.locator('section').locator(content).first().waitFor();
        await expectSound(t, person, `${room} (${language}, ${size})`);
        const text = await page.locator('body').innerText();
        t.notMatch(text, /\b(admin[A-Z]\w+|administration|searches|role|nav)\.\w/, 'no raw key');
        await page.setViewportSize(SIZES[other]);
        const isWider = await page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth'); // prettier-ignore
        t.notOk(isWider, `${room} (${language}, ${other}) fits`);
      }
      await page.context().close();
    }
  },
);
