import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';
import MemoryAdapter from 'oidc-provider/lib/adapters/memory_adapter.js';
import type { SignInConfig } from '../../platform/config.ts';
import { writeSignInPage } from './sign-in-page.ts';
import { STAFF } from './staff.ts';

/** Where the staff of the demo sign in: an OpenID Connect provider that believes whoever they say they are. */
export type DemoIssuer = {
  /** How the service finds it. */
  readonly config: SignInConfig;
  close(): Promise<void>;
};

const CLIENT_ID = 'homeward';
const PAGE = '/who/';

/**
 * Listens on this machine alone.
 * @param publicUrl where browsers reach the service
 * @throws Error in production: nobody proves anything here
 */
export async function startDemoIssuer(publicUrl: URL): Promise<DemoIssuer> {
  if (process.env.NODE_ENV === 'production') {
    throw new Error('the issuer of the demo never starts in production');
  }
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const config: SignInConfig = {
    issuer,
    clientId: CLIENT_ID,
    clientSecret: randomBytes(32).toString('base64url'),
    publicUrl,
  };
  const provider = new Provider(issuer.origin, configure(config));
  forgetSessions(provider);
  addPage(provider);
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
  return {
    config,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function configure({ clientId, clientSecret, publicUrl }: SignInConfig): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    // What is taken without it as well, but not without a warning at the head of the demo.
    adapter: (name: string) => new MemoryAdapter(name),
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [new URL('/v1/sign-in/callback', publicUrl).href],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    ttl: { AccessToken: 60, IdToken: 60, Interaction: 600, Session: 600, Grant: 600 },
    interactions: { url: (_, { uid }) => `${PAGE}${uid}` },
    findAccount: (_, subject) => ({
      accountId: subject,
      claims: () => Promise.resolve({ sub: subject }),
    }),
    // Nobody is asked whether the service may know who they are.
    async loadExistingGrant({ oidc: { client, session, provider } }) {
      const grant = new provider.Grant({
        clientId: client?.clientId ?? CLIENT_ID,
        ...(session?.accountId === undefined ? {} : { accountId: session.accountId }),
      });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  };
}

/**
 * Everybody is asked each time: else whoever signed out would be signed in again as the same. Of what a browser
 * keeps, the request under way counts and no session.
 */
function forgetSessions(provider: Provider): void {
  provider.use(async (context, next) => {
    const { headers } = context.req;
    if (context.path.startsWith('/auth') && headers.cookie !== undefined) {
      const kept = headers.cookie.split('; ').filter((cookie) => !cookie.startsWith('_session'));
      headers.cookie = kept.join('; ');
    }
    await next();
  });
}

/** The page with the staff; a press on a name signs in. */
function addPage(provider: Provider): void {
  provider.use(async (context, next) => {
    if (!context.path.startsWith(PAGE)) {
      await next();
      return;
    }
    const { req: request, res: response, method } = context;
    await provider.interactionDetails(request, response);
    if (method !== 'POST') {
      context.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"); // prettier-ignore
      context.body = writeSignInPage(STAFF);
      return;
    }
    const accountId = context.query.as;
    if (!STAFF.some(({ subject }) => subject === accountId)) return context.throw(400);
    context.respond = false;
    await provider.interactionFinished(request, response, {
      login: { accountId: String(accountId), remember: false },
    });
  });
}
