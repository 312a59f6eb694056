import type { Logger } from 'pino';
import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { type Actor, type Session, toActor } from '../access/actor.ts';
import type { UsersService } from '../users/users.service.ts';
import type { CookieForms } from './cookies.ts';
import type { IssuerClient } from './issuer-client.ts';
import { hashSecret, makeSecret } from '../../platform/secret.ts';
import {
  deleteOver,
  deleteSession,
  findSession,
  insertSession,
  insertSignIn,
  takeSignIn,
  touchSession,
} from './sign-in.repository.ts';

export type SignInService = ReturnType<typeof makeSignInService>;

/** What stands at the other side of a sign-in, and how browsers keep its secrets. */
export type SignInSite = { readonly issuer: IssuerClient; readonly cookies: CookieForms };

/** Browsers: how people sign in and out, and who they are in between. */
export function makeSignInService({
  db,
  users,
  site,
  log,
}: {
  db: Database;
  users: UsersService;
  /** Null where nobody signs in: then no cookie is believed either. */
  site: SignInSite | null;
  log: Logger;
}) {
  function requireSite(): SignInSite {
    if (!site) throw new HomewardError('SIGN_IN_NOT_CONFIGURED');
    return site;
  }

  /** Says in the log what the issuer or a library said: whoever signs in is not told. */
  async function logged<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof HomewardError) log.warn({ err: error.cause, code: error.code }, 'a sign-in failed'); // prettier-ignore
      throw error;
    }
  }

  return {
    /** @throws HomewardError SIGN_IN_NOT_CONFIGURED */
    cookies: (): CookieForms => requireSite().cookies,

    /** @returns where to send the browser, and the secret that it must come back with */
    async begin(): Promise<{ url: string; token: string }> {
      const { url, expected } = await logged(requireSite().issuer.begin());
      const token = makeSecret();
      await deleteOver(db);
      await insertSignIn(db, { tokenHash: hashSecret(token), ...expected });
      return { url: url.href, token };
    },

    /**
     * Finishes a sign-in that this browser began, and begins a session.
     * @param answer the path and query that the issuer sent the browser to
     * @throws HomewardError SIGN_IN_REFUSED, USER_UNKNOWN, ISSUER_UNAVAILABLE
     */
    async finish({
      token,
      state,
      answer,
    }: {
      token: string | undefined;
      state: string;
      answer: string;
    }): Promise<{ actor: Actor; token: string }> {
      const { issuer } = requireSite();
      const begun = token && (await takeSignIn(db, { tokenHash: hashSecret(token), state }));
      if (!begun) throw new HomewardError('SIGN_IN_REFUSED');
      const actor = await users.find(await logged(issuer.finish(answer, begun)));
      if (!actor) throw new HomewardError('USER_UNKNOWN');
      const secret = makeSecret();
      await insertSession(db, { tokenHash: hashSecret(secret), userId: actor.id });
      return { actor, token: secret };
    },

    /**
     * Who speaks in a session.
     * @param isPolled the request comes by itself, and is no sign of anybody at the screen
     * @returns null for a session that is unknown or over, or of somebody who was disabled
     */
    async resume(
      cookies: Readonly<Record<string, string | undefined>>,
      { isPolled }: { isPolled: boolean },
    ): Promise<{ actor: Actor; session: Session } | null> {
      const token = site ? cookies[site.cookies.session.name] : undefined;
      if (!token) return null;
      const found = await findSession(db, hashSecret(token));
      if (!found) return null;
      if (!isPolled) await touchSession(db, hashSecret(token));
      return { actor: toActor(found.user), session: { token, endsAt: found.endsAt } };
    },

    async end(token: string): Promise<void> {
      await deleteSession(db, hashSecret(token));
    },
  };
}
