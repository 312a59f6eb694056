import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPackageRoot } from '../src/platform/data-dir.ts';

/** The folder of package.json. The tests run from what was compiled of them, in a folder below it. */
export const ROOT = findPackageRoot();

/** The program as it was compiled with the tests: it starts three times as fast as its source. */
export const PROGRAM = fileURLToPath(new URL('../src/cli/main.js', import.meta.url));

/** A file of the package, by its path in it. */
export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/**
 * Starts Node.js on a compiled file, without the test runner's hooks: what is killed reports no
 * coverage, and another account may not write it.
 */
export function spawnNode(
  args: readonly string[],
  { env, ...options }: SpawnOptions = {},
): ChildProcess {
  return spawn('env', ['-u', 'NODE_OPTIONS', process.execPath, ...args], {
    cwd: ROOT,
    ...options,
    env: { ...process.env, ...env },
  });
}
