import type { CookieSerializeOptions } from '@fastify/cookie';
import { SESSION_SECONDS, SIGN_IN_SECONDS } from './lifetimes.ts';

/** A cookie as this service sets it. */
export type CookieForm = { readonly name: string; readonly options: CookieSerializeOptions };

export type CookieForms = { readonly session: CookieForm; readonly signIn: CookieForm };

/**
 * How cookies are called and kept. Over https a browser takes one called `__Host-…` from this very host alone,
 * and no script reads either.
 *
 * The session's goes with requests of our own pages only. That of a sign-in under way is wanted when the issuer's
 * page leads back to us, which Strict forbids and Lax allows.
 */
export function cookieForms({ protocol }: URL): CookieForms {
  const secure = protocol === 'https:';
  const prefix = secure ? '__Host-' : '';
  const common = { httpOnly: true, secure, path: '/' } as const;
  return {
    session: {
      name: `${prefix}homeward`,
      options: { ...common, sameSite: 'strict', maxAge: SESSION_SECONDS },
    },
    signIn: {
      name: `${prefix}homeward-sign-in`,
      options: { ...common, sameSite: 'lax', maxAge: SIGN_IN_SECONDS },
    },
  };
}
