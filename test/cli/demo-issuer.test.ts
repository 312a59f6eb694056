import t from 'tap';
import { startDemoIssuer } from '../../src/cli/demo/issuer.ts';
import { STAFF } from '../../src/cli/demo/staff.ts';
import { openBrowser } from '../http/browser.ts';
import { startTestService } from '../http/service.ts';

const PUBLIC_URL = new URL('https://homeward.example');

/** What a browser does at the issuer; it keeps its cookies from one visit to the next. */
function openVisitor() {
  const cookies = new Map<string, string>();
  const visit = async (url: URL, method = 'GET'): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { method, redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      cookies.set(name!, value!);
    }
    return answer;
  };
  const follow = async (from: URL, answer: Response): Promise<{ at: URL; answer: Response }> => {
    const location = answer.headers.get('location');
    const at = new URL(location ?? '', from);
    if (location === null || at.host === PUBLIC_URL.host) return { at: location ? at : from, answer }; // prettier-ignore
    return follow(at, await visit(at));
  };
  return {
    /** From the service's redirect to the page that asks who it is. */
    async arrive(asked: URL): Promise<{ at: URL; answer: Response }> {
      return follow(asked, await visit(asked));
    },
    /** Says who it is. @returns where that leads */
    async choose(page: URL, subject: string): Promise<{ at: URL; answer: Response }> {
      const chosen = new URL(`?as=${subject}`, page);
      return follow(chosen, await visit(chosen, 'POST'));
    },
  };
}

t.test('the staff of the demo sign in by a provider that others made', async (t) => {
  const issuer = await startDemoIssuer(PUBLIC_URL);
  t.teardown(() => issuer.close());
  const service = await startTestService(t, { policy: false, search: false, signIn: issuer.config }); // prettier-ignore
  const analysts = STAFF.filter(({ role }) => role === 'analyst');
  for (const { subject, name, role } of analysts) {
    await service.call('admin', 'POST', '/v1/users', { subject, name, role });
  }
  const visitor = openVisitor();
  const browser = openBrowser(service);
  const begin = async () => {
    const begun = await browser.call('GET', '/v1/sign-in');
    return visitor.arrive(new URL(begun.headers.get('location')!));
  };

  // One after the other in the same browser: nobody is taken for whoever was there before.
  for (const { subject, name } of analysts.slice(0, 2)) {
    const { at, answer } = await begin();
    const page = await answer.text();
    for (const member of STAFF) t.match(page, member.name);
    t.match(answer.headers.get('content-security-policy'), /default-src 'none'/);
    const back = (await visitor.choose(at, subject)).at;
    t.equal(back.pathname, '/v1/sign-in/callback');
    await browser.call('GET', `${back.pathname}${back.search}`);
    t.match((await browser.call('GET', '/v1/session')).body, { name, role: 'analyst' });
  }

  const { at } = await begin();
  t.equal((await visitor.choose(at, 'somebody-else')).answer.status, 400, 'nobody of the staff');
  const police = STAFF.find(({ role }) => role === 'police')!;
  const back = (await visitor.choose(at, police.subject)).at;
  const unknown = await browser.call('GET', `${back.pathname}${back.search}`);
  t.match(unknown, { status: 403, body: { code: 'USER_UNKNOWN' } });
});

t.test('it never starts in production', async (t) => {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  t.teardown(() => {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  });
  await t.rejects(startDemoIssuer(PUBLIC_URL), /never starts in production/);
});
