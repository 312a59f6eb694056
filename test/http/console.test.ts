import t from 'tap';
import { startTestService } from './service.ts';

const service = await startTestService(t, { policy: false, search: false });

const read = (path: string) => service.call(null, 'GET', path);

t.test('the first page leads to the console, which every path of it shows', async (t) => {
  const first = await read('/');
  t.match([first.status, first.headers.get('location')], [302, '/console/']);
  t.equal((await read('/console')).headers.get('location'), '/console/');
  for (const path of ['/console/', '/console/candidates', '/console/cases/HW-7K2M9QX4TD']) {
    const { status, headers, body } = await read(path);
    t.match([status, headers.get('content-type')], [200, 'text/html; charset=utf-8'], path);
    t.match(body, '<div id="root">');
  }
});

t.test(
  'a page may load what this origin serves, and its own styles by a nonce of this answer',
  async (t) => {
    const nonces = new Set<string>();
    for (const _ of [1, 2]) {
      const { headers, body } = await read('/console/');
      const rules = headers.get('content-security-policy') ?? '';
      t.match(rules, /^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[^']+';/);
      t.match(
        rules,
        /connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'$/,
      );
      t.notMatch(rules, /unsafe|https?:/);
      t.equal(headers.get('cache-control'), 'no-store', 'a kept page would bear an old nonce');
      const [, nonce = ''] = /'nonce-([^']+)'/.exec(rules) ?? [];
      t.match(body, `nonce="${nonce}"`);
      t.notMatch(body, 'CSP_NONCE');
      nonces.add(nonce);
    }
    t.equal(nonces.size, 2);
  },
);

t.test('scripts are small enough, kept for good, and nothing else is served', async (t) => {
  const { body } = await read('/console/');
  const assets = [...body.matchAll(/(?:src|href)="(\/console\/assets\/[^"]+)"/g)].map(([, path]) => path as string); // prettier-ignore
  t.ok(assets.length >= 2, assets.join(' '));
  for (const path of assets) {
    const { status, headers } = await read(path);
    t.equal(status, 200, path);
    t.match(headers.get('cache-control'), /immutable/);
    t.equal(headers.get('x-content-type-options'), 'nosniff');
  }
  for (const path of [
    '/console/assets/',
    '/console/assets/none.js',
    '/console/assets/..%2Findex.html',
    '/console/assets/%2e%2e/%2e%2e/package.json',
  ]) {
    const { status, body: said } = await read(path);
    t.not(status, 200, path);
    t.notMatch(JSON.stringify(said), /homeward-console|<div/);
  }
});
