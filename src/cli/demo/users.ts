import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Role } from '../../casework/access/actor.ts';
import { type Client, makeClient } from './client.ts';
import { STAFF } from './staff.ts';

/** The people of the demo, each with a client of their own. */
export type DemoUsers = {
  readonly admin: Client;
  readonly collectionPoint: Client;
  readonly analyst: Client;
  /** Two more analysts: whoever signs does not sign again. */
  readonly second: Client;
  readonly third: Client;
  readonly police: Client;
  readonly keys: Readonly<Record<KeyName, string>>;
};

/** The service of a demo. */
export type DemoSite = {
  readonly url: string;
  readonly adminKey: string;
  readonly dataDir: string;
  /** Whether people can sign in. */
  readonly signsIn: boolean;
};

type RegisteredUser = { readonly id: string; readonly disabledAt: string | null };

/** Whose key it is, and what it may. */
const KEYS = {
  collectionPoint: 'collection-point',
  analyst: 'analyst',
  second: 'analyst',
  third: 'analyst',
  police: 'police',
} as const satisfies Record<string, Role>;

type KeyName = keyof typeof KEYS;

export const POINT = { code: 'DEMO-01', name: 'Demo collection point', division: '510100' };

/** What a role needs beside its name. */
type Scopes = Readonly<Partial<Record<Role, object>>>;

/**
 * Registers the demo's collection point, gives everybody a key, and registers who may sign in; a second run
 * finds keys and point again.
 */
export async function admitUsers({
  url,
  adminKey,
  dataDir,
  signsIn,
}: DemoSite): Promise<DemoUsers> {
  const admin = makeClient(url, adminKey);
  const scopes: Scopes = {
    'collection-point': { collectionPointId: await findOrCreatePoint(admin) },
    police: { jurisdiction: POINT.division.slice(0, 2) },
  };
  const keys = await readOrCreateKeys(admin, scopes, join(dataDir, 'demo.keys.json'));
  if (signsIn) await registerStaff(admin, scopes);
  return {
    admin,
    keys,
    collectionPoint: makeClient(url, keys.collectionPoint),
    analyst: makeClient(url, keys.analyst),
    second: makeClient(url, keys.second),
    third: makeClient(url, keys.third),
    police: makeClient(url, keys.police),
  };
}

async function readOrCreateKeys(
  admin: Client,
  scopes: Scopes,
  file: string,
): Promise<Record<KeyName, string>> {
  const known = await readKeys(file);
  const run = randomBytes(3).toString('hex');
  const keys: Partial<Record<KeyName, string>> = {};
  for (const [name, role] of Object.entries(KEYS) as [KeyName, Role][]) {
    const wanted = { role, name: `demo ${name} ${run}`, ...scopes[role] };
    keys[name] = known[name] ?? (await admin.post<{ key: string }>('/v1/api-keys', wanted)).key;
  }
  await writeFile(file, JSON.stringify(keys), { mode: 0o600 });
  return keys as Record<KeyName, string>;
}

async function readKeys(file: string): Promise<Partial<Record<KeyName, string>>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Partial<Record<KeyName, string>>;
  } catch {
    return {};
  }
}

/** Every run has an issuer of its own: whoever was registered with an earlier one can sign in no more. */
async function registerStaff(admin: Client, scopes: Scopes): Promise<void> {
  const { users } = await admin.get<{ users: RegisteredUser[] }>('/v1/users');
  for (const { id, disabledAt } of users) {
    if (disabledAt === null) await admin.delete(`/v1/users/${id}`);
  }
  for (const member of STAFF) {
    await admin.post('/v1/users', { ...member, ...scopes[member.role] });
  }
}

async function findOrCreatePoint(admin: Client): Promise<string> {
  const { collectionPoints } = await admin.get<{
    collectionPoints: { id: string; code: string }[];
  }>('/v1/collection-points');
  const known = collectionPoints.find(({ code }) => code === POINT.code);
  return known?.id ?? (await admin.post<{ id: string }>('/v1/collection-points', POINT)).id;
}
