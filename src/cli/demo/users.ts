import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client, makeClient } from './client.ts';

/** The people of the demo, each with a client of their own. */
export type DemoUsers = {
  readonly admin: Client;
  readonly collectionPoint: Client;
  readonly analyst: Client;
  readonly police: Client;
  readonly keys: Readonly<Record<KeyName, string>>;
};

type KeyName = 'collectionPoint' | 'analyst' | 'police';

const POINT = { code: 'DEMO-01', name: 'Demo collection point', division: '510100' };

/** Registers the demo's collection point and gives everybody a key; a second run finds them again. */
export async function admitUsers(
  url: string,
  adminKey: string,
  dataDir: string,
): Promise<DemoUsers> {
  const admin = makeClient(url, adminKey);
  const keys = await readOrCreateKeys(admin, join(dataDir, 'demo.keys.json'));
  return {
    admin,
    keys,
    collectionPoint: makeClient(url, keys.collectionPoint),
    analyst: makeClient(url, keys.analyst),
    police: makeClient(url, keys.police),
  };
}

async function readOrCreateKeys(admin: Client, file: string): Promise<Record<KeyName, string>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<KeyName, string>;
  } catch {
    const keys = await createKeys(admin);
    await writeFile(file, JSON.stringify(keys), { mode: 0o600 });
    return keys;
  }
}

async function createKeys(admin: Client): Promise<Record<KeyName, string>> {
  const collectionPointId = await findOrCreatePoint(admin);
  const run = randomBytes(3).toString('hex');
  const create = async (role: string, scope: object): Promise<string> => {
    const wanted = { role, name: `demo ${role} ${run}`, ...scope };
    return (await admin.post<{ key: string }>('/v1/api-keys', wanted)).key;
  };
  return {
    collectionPoint: await create('collection-point', { collectionPointId }),
    analyst: await create('analyst', {}),
    police: await create('police', { jurisdiction: POINT.division.slice(0, 2) }),
  };
}

async function findOrCreatePoint(admin: Client): Promise<string> {
  const { collectionPoints } = await admin.get<{
    collectionPoints: { id: string; code: string }[];
  }>('/v1/collection-points');
  const known = collectionPoints.find(({ code }) => code === POINT.code);
  return known?.id ?? (await admin.post<{ id: string }>('/v1/collection-points', POINT)).id;
}
