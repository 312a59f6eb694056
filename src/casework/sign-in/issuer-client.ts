import * as openid from 'openid-client';
import type { SignInConfig } from '../../platform/config.ts';
import { HomewardError } from '../../platform/errors.ts';

/** What an answer must fit, made for one sign-in and kept from everybody but the browser that began it. */
export type Expected = {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
};

/** The issuer, as this service asks it. */
export type IssuerClient = {
  /** Where to send the browser. @throws HomewardError ISSUER_UNAVAILABLE */
  begin(): Promise<{ url: URL; expected: Expected }>;
  /**
   * Trades the code of an answer for an ID token, and checks it: signature, issuer, audience, times, nonce.
   * @param answer the path and query that the issuer sent the browser to
   * @returns the subject
   * @throws HomewardError SIGN_IN_REFUSED, ISSUER_UNAVAILABLE; the cause says why
   */
  finish(answer: string, expected: Expected): Promise<string>;
};

const CALLBACK_PATH = '/v1/sign-in/callback';
const TIMEOUT_SECONDS = 10;

/** Authorization code flow with PKCE. The issuer is asked about itself when somebody first signs in. */
export function makeIssuerClient({
  issuer,
  clientId,
  clientSecret,
  publicUrl,
}: SignInConfig): IssuerClient {
  let known: Promise<openid.Configuration> | null = null;

  async function discover(): Promise<openid.Configuration> {
    const extensions = [openid.enableNonRepudiationChecks];
    // The configuration takes http for this machine alone, and never for production.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that it stands out, as here
    if (issuer.protocol === 'http:') extensions.push(openid.allowInsecureRequests);
    return openid.discovery(issuer, clientId, undefined, proveClient(clientSecret), {
      timeout: TIMEOUT_SECONDS,
      execute: extensions,
    });
  }

  async function configuration(): Promise<openid.Configuration> {
    known ??= discover();
    try {
      return await known;
    } catch (error) {
      known = null;
      throw new HomewardError('ISSUER_UNAVAILABLE', undefined, [], error);
    }
  }

  return {
    async begin() {
      const config = await configuration();
      const expected = {
        state: openid.randomState(),
        nonce: openid.randomNonce(),
        codeVerifier: openid.randomPKCECodeVerifier(),
      };
      const url = openid.buildAuthorizationUrl(config, {
        redirect_uri: new URL(CALLBACK_PATH, publicUrl).href,
        scope: 'openid',
        state: expected.state,
        nonce: expected.nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(expected.codeVerifier),
        code_challenge_method: 'S256',
      });
      return { url, expected };
    },

    async finish(answer, { state, nonce, codeVerifier }) {
      const config = await configuration();
      try {
        const tokens = await openid.authorizationCodeGrant(config, new URL(answer, publicUrl), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims) throw new Error('an ID token is asked for');
        return claims.sub;
      } catch (error) {
        const code = isUnavailable(error) ? 'ISSUER_UNAVAILABLE' : 'SIGN_IN_REFUSED';
        throw new HomewardError(code, undefined, [], error);
      }
    },
  };
}

/** As the issuer takes it; `client_secret_basic` where it does not say, by OpenID Connect Discovery 1.0. */
function proveClient(secret: string): openid.ClientAuth {
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const prove = methods.includes('client_secret_basic')
      ? openid.ClientSecretBasic(secret)
      : openid.ClientSecretPost(secret);
    prove(server, client, body, headers);
  };
}

/** Whether the issuer, or this service's account there, is at fault, and not the sign-in. */
function isUnavailable(error: unknown): boolean {
  if (error instanceof openid.ResponseBodyError) {
    return error.status >= 500 || error.error === 'invalid_client';
  }
  if (error instanceof openid.ClientError) {
    return ['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'].includes(error.code ?? '');
  }
  // What fetch throws where nobody answers.
  return error instanceof TypeError;
}
