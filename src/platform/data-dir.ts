import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where the service keeps what it needs between two runs when nothing else is configured: the
 * embedded database, its password and its log. `HOMEWARD_DATA_DIR` overrides it.
 *
 * @returns an absolute path; the folder need not exist yet
 */
export function defaultDataDir(): string {
  const chosen = process.env.HOMEWARD_DATA_DIR;
  if (chosen) return resolve(chosen);
  const root = findPackageRoot();
  if (process.getuid?.() !== 0) return join(root, '.homeward');
  // Root hands the database to an unprivileged account, and that account cannot enter a package
  // below /root. The name keeps two packages on one machine apart.
  const name = createHash('sha256').update(root).digest('hex').slice(0, 12);
  return join('/var/lib/homeward', name);
}

/** The folder of package.json, above this file both in src/ and in dist/src/. */
export function findPackageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('Homeward was installed without its package.json.');
    folder = parent;
  }
  return folder;
}
