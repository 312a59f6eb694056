import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import type { AccessService } from '../access/access.service.ts';
import { type Actor, toActor } from '../access/actor.ts';
import {
  disableUser,
  findActiveUser,
  insertUser,
  listUsers,
  type UserRow,
} from './users.repository.ts';
import type { newUser } from './users.schema.ts';

export type UsersService = ReturnType<typeof makeUsersService>;

/**
 * The people who may sign in. Nobody becomes one by signing in: an administrator registers them.
 * @param issuer who signs people in; null where nobody does
 */
export function makeUsersService({
  db,
  access,
  issuer,
}: {
  db: Database;
  access: AccessService;
  issuer: string | null;
}) {
  return {
    /** @throws HomewardError SIGN_IN_NOT_CONFIGURED, CONFLICT, NOT_FOUND for an unknown collection point */
    async register(wanted: z.infer<typeof newUser>): Promise<{ id: string }> {
      if (issuer === null) throw new HomewardError('SIGN_IN_NOT_CONFIGURED');
      await access.requirePoint(wanted);
      const id = `user_${randomBytes(8).toString('hex')}`;
      if (!(await insertUser(db, { ...wanted, id, issuer }))) {
        throw new HomewardError(
          'CONFLICT',
          'This subject is registered; disable the person first.',
        );
      }
      return { id };
    },

    /** @returns null for whoever is not registered, or was disabled */
    async find(subject: string): Promise<Actor | null> {
      const user = issuer === null ? null : await findActiveUser(db, issuer, subject);
      return user && toActor(user);
    },

    list: (): Promise<UserRow[]> => listUsers(db),

    /** Whoever may review now: people, and keys. */
    async listAnalysts(): Promise<{ id: string; name: string }[]> {
      const people = (await listUsers(db)).filter(({ disabledAt }) => disabledAt === null);
      const now = new Date();
      const keys = (await access.listKeys()).filter(
        ({ revokedAt, expiresAt }) => revokedAt === null && expiresAt > now,
      );
      return [...people, ...keys].flatMap(({ id, name, role }) =>
        role === 'analyst' ? [{ id, name }] : [],
      );
    },

    /** From now on none of their sessions is good, see findSession of src/casework/sign-in. */
    async disable(id: string): Promise<void> {
      if (!(await disableUser(db, id))) throw new HomewardError('NOT_FOUND');
    },
  };
}
