import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { readConfig } from '../../src/platform/config.ts';
import { makeFolder } from '../servers.ts';

const ISSUER = {
  OIDC_ISSUER: 'https://sign-in.example/realms/homeward',
  OIDC_CLIENT_ID: 'homeward',
  OIDC_CLIENT_SECRET: 'secret',
  PUBLIC_URL: 'https://homeward.example',
};

/** The variables that a configuration is refused for. */
function faultsOf(environment: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    return (error as { faults: { field: string }[] }).faults.map(({ field }) => field);
  }
}

t.test('signing in is configured as a whole, or not at all', async (t) => {
  t.equal(readConfig({}).signIn, undefined);
  t.equal(readConfig({ ...ISSUER, OIDC_ISSUER: '' }).signIn, undefined);
  const { signIn } = readConfig(ISSUER);
  t.equal(signIn?.issuer.href, ISSUER.OIDC_ISSUER);
  t.match(signIn, { clientId: 'homeward', clientSecret: 'secret' });
  for (const name of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'PUBLIC_URL']) {
    t.same(faultsOf({ ...ISSUER, [name]: '' }), [name]);
  }
  const file = join(await makeFolder(t), 'secret');
  await writeFile(file, 'from a file\n');
  const fromFile = { ...ISSUER, OIDC_CLIENT_SECRET: '', OIDC_CLIENT_SECRET_FILE: file };
  t.equal(readConfig(fromFile).signIn?.clientSecret, 'from a file');
});

t.test('http is for this machine alone, and never for production', async (t) => {
  for (const name of ['OIDC_ISSUER', 'PUBLIC_URL']) {
    for (const host of ['127.0.0.1:9000', 'localhost', '[::1]:9000']) {
      const here = { ...ISSUER, [name]: `http://${host}` };
      t.same(faultsOf(here), [], `${name} at ${host}`);
      t.same(faultsOf({ ...here, NODE_ENV: 'production' }), [name], 'not in production');
    }
    for (const url of [
      'http://homeward.example',
      'http://127.0.0.1.example',
      'ftp://127.0.0.1',
      'x',
    ]) {
      t.same(faultsOf({ ...ISSUER, [name]: url }), [name], url);
    }
  }
  for (const url of [
    'https://homeward.example/path',
    'https://homeward.example?a=1',
    'https://a@b.example',
  ]) {
    t.same(faultsOf({ ...ISSUER, PUBLIC_URL: url }), ['PUBLIC_URL'], 'an origin, without a path');
  }
  t.same(faultsOf({ ...ISSUER, NODE_ENV: 'production' }), []);
});

t.test('webhooks lead to named hosts, and in production to no other', async (t) => {
  const hostsOf = (environment: NodeJS.ProcessEnv) => readConfig(environment).webhookHosts;
  t.equal(hostsOf({}), null);
  t.same(hostsOf({ NODE_ENV: 'production' }), []);
  const named = { WEBHOOK_HOSTS: 'hook.police.example, 10.1.2.3' };
  t.same(hostsOf(named), ['hook.police.example', '10.1.2.3']);
  for (const wrong of ['https://police.example', 'police.example:8443', 'Police.Example', 'a b']) {
    t.same(faultsOf({ WEBHOOK_HOSTS: wrong }), ['WEBHOOK_HOSTS'], wrong);
  }
});
