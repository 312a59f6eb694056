/**
 * Builds the console into web/dist, unless what stands there is younger than all that it is made of.
 * `npm run demo` and `npm start` call it first, so that a fresh clone has its console.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WEB = fileURLToPath(new URL('../web', import.meta.url));
const BUILT = join(WEB, 'dist', 'index.html');

function youngest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Math.max(
    ...files
      .filter((file) => file.isFile())
      .map((file) => changedAt(join(file.parentPath, file.name))),
  );
}

/** In milliseconds; 0 where there is no such file. */
function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

const sources = ['index.html', 'package.json', 'vite.config.ts'].map((name) => join(WEB, name));
if (Math.max(...sources.map(changedAt), youngest(join(WEB, 'src'))) > changedAt(BUILT)) {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: WEB, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
