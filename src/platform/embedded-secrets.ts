import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newRingLine } from './crypto/ring-text.ts';
import { makeSecret } from './secret.ts';

export const ADMIN_KEY_FILE = 'admin.key';
const KEY_RING_FILE = 'key.ring';

/** The first administrator's key of an embedded service. */
export async function readOrCreateAdminKey(dataDir: string): Promise<string> {
  const made = `hw_${makeSecret()}\n`;
  return (await readOrCreate(dataDir, ADMIN_KEY_FILE, made)).trim();
}

/** The file of the keys that wrap the data keys of an embedded service. */
export async function findOrCreateKeyRing(dataDir: string): Promise<string> {
  await readOrCreate(dataDir, KEY_RING_FILE, newRingLine(new Date()));
  return join(dataDir, KEY_RING_FILE);
}

/** A secret that is made once, readable by its owner alone. */
async function readOrCreate(dataDir: string, name: string, made: string): Promise<string> {
  const file = join(dataDir, name);
  await mkdir(dataDir, { recursive: true });
  try {
    await writeFile(file, made, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFile(file, 'utf8');
}
