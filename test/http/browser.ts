import type { Answer, TestService } from './service.ts';

/** A browser, as far as signing in needs one: it keeps cookies, and goes where it is led when told to. */
export type Browser = {
  readonly cookies: Map<string, string>;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>; // prettier-ignore
  /** Begins a sign-in, and comes back from the issuer. @returns the path that the issuer leads to */
  visitIssuer(): Promise<string>;
  /** Signs in as whom the issuer takes the person for. */
  signIn(): Promise<Answer>;
  csrfToken(): Promise<string>;
};

export function openBrowser(service: TestService): Browser {
  const cookies = new Map<string, string>();
  const call: Browser['call'] = async (method, path, body, headers = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await service.call(null, method, path, body, { ...(cookie ? { cookie } : {}), ...headers }); // prettier-ignore
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (/max-age=0/i.test(line)) cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    return answer;
  };
  const browser: Browser = {
    cookies,
    call,
    async visitIssuer() {
      const begun = await call('GET', '/v1/sign-in');
      const issuer = await fetch(begun.headers.get('location')!, { redirect: 'manual' });
      const back = new URL(issuer.headers.get('location')!);
      return `${back.pathname}${back.search}`;
    },
    signIn: async () => call('GET', await browser.visitIssuer()),
    csrfToken: async () => (await call('GET', '/v1/session')).body.session.csrfToken,
  };
  return browser;
}
