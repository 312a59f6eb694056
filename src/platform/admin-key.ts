import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const ADMIN_KEY_FILE = 'admin.key';

/** The first administrator's key of an embedded service: made once, readable by its owner alone. */
export async function readOrCreateAdminKey(dataDir: string): Promise<string> {
  const file = join(dataDir, ADMIN_KEY_FILE);
  await mkdir(dataDir, { recursive: true });
  try {
    await writeFile(file, `hw_${randomBytes(32).toString('base64url')}\n`, {
      mode: 0o600,
      flag: 'wx',
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}
