import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { Test } from 'tap';
import type { SignInConfig } from '../../src/platform/config.ts';
import { portOf } from '../servers.ts';

/** A JWT before it is signed. */
export type Token = { header: Record<string, unknown>; claims: Record<string, unknown> };

/** An OpenID Connect issuer on this machine that signs in whoever it is told to, by any token. */
export type Issuer = {
  readonly config: SignInConfig;
  /** Who is at the browser. */
  subject: string;
  /** What becomes of the next ID tokens; a good one by itself. */
  forge: (good: Token) => string;
  /** Signs as the issuer does. */
  readonly sign: (token: Token) => string;
  /** Times that a code was traded for a token. */
  trades: number;
  close(): Promise<void>;
};

type Grant = { readonly nonce: string; readonly challenge: string; readonly subject: string };

const CLIENT_ID = 'homeward';
const CLIENT_SECRET = 'a secret: with signs & spaces';

export const base64url = (part: object): string =>
  Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token signed by a key that `sign` is given, or by nothing. */
export function writeToken({ header, claims }: Token, signWith: (input: Buffer) => Buffer): string {
  const input = `${base64url(header)}.${base64url(claims)}`;
  return `${input}.${signWith(Buffer.from(input)).toString('base64url')}`;
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return new URLSearchParams(text);
}

/** Whether the client is who it says, by HTTP Basic (RFC 6749 §2.3.1). */
function provesItself({ headers }: IncomingMessage): boolean {
  const encode = (text: string): string => new URLSearchParams({ _: text }).toString().slice(2);
  const expected = Buffer.from(`${encode(CLIENT_ID)}:${encode(CLIENT_SECRET)}`).toString('base64');
  return headers.authorization === `Basic ${expected}`;
}

export async function startIssuer(
  t: Test,
  publicUrl = 'https://homeward.example',
): Promise<Issuer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const grants = new Map<string, Grant>();
  const signAsIssuer = (token: Token): string =>
    writeToken(token, (input) => sign('sha256', input, privateKey));

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const answer = (body: object, status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (pathname === '/.well-known/openid-configuration') {
      answer({
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        jwks_uri: `${url}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
      });
    } else if (pathname === '/keys') {
      answer({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] }); // prettier-ignore
    } else if (pathname === '/authorize') {
      const code = randomBytes(16).toString('hex');
      const given = (name: string): string => searchParams.get(name) ?? '';
      if (given('code_challenge_method') !== 'S256' || given('client_id') !== CLIENT_ID) {
        answer({ error: 'invalid_request' }, 400);
        return;
      }
      grants.set(code, { nonce: given('nonce'), challenge: given('code_challenge'), subject: issuer.subject }); // prettier-ignore
      const back = new URL(given('redirect_uri'));
      back.searchParams.set('code', code);
      back.searchParams.set('state', given('state'));
      response.writeHead(302, { location: back.href }).end();
    } else if (pathname === '/token') {
      void readForm(request).then((form) => {
        issuer.trades++;
        const code = form.get('code') ?? '';
        const grant = grants.get(code);
        grants.delete(code);
        const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url'); // prettier-ignore
        if (!provesItself(request)) answer({ error: 'invalid_client' }, 401);
        else if (challenge !== grant?.challenge) answer({ error: 'invalid_grant' }, 400);
        else answer({ access_token: 'unused', token_type: 'Bearer', id_token: issuer.forge(goodToken(grant)) }); // prettier-ignore
      });
    } else answer({}, 404);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${portOf(server)}`;

  function goodToken({ nonce, subject }: Grant): Token {
    const now = Math.floor(Date.now() / 1_000);
    return {
      header: { alg: 'RS256', kid: 'one' },
      claims: { iss: url, aud: CLIENT_ID, sub: subject, nonce, iat: now, exp: now + 300 },
    };
  }

  const issuer: Issuer = {
    config: {
      issuer: new URL(url),
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      publicUrl: new URL(publicUrl),
    },
    subject: 'somebody',
    forge: signAsIssuer,
    sign: signAsIssuer,
    trades: 0,
    async close() {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  t.teardown(() => issuer.close());
  return issuer;
}
