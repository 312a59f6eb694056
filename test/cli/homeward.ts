import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { PROGRAM, ROOT } from '../package.ts';

export type Run = { readonly code: number; readonly stdout: string; readonly stderr: string };

const { PATH = '' } = process.env;

/** Runs the program as a user does, in an environment of its own. */
export function homeward(...args: string[]): Promise<Run> {
  return run(process.execPath, [PROGRAM, ...args]);
}

export function run(file: string, args: readonly string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    // By way of env, to leave out the test runner's hooks.
    execFile(
      'env',
      ['-i', `PATH=${PATH}`, file, ...args],
      { cwd: ROOT },
      (error, stdout, stderr) => {
        const code = error ? error.code : 0;
        if (typeof code === 'number') resolve({ code, stdout, stderr });
        else reject(error ?? new Error('no exit code'));
      },
    );
  });
}

/** Asserts that a command ends as a user's error: code 2, nothing on stdout, no stack trace. */
export async function isRefused(t: Test, args: string[], message: RegExp): Promise<void> {
  const { code, stdout, stderr } = await homeward(...args);
  t.equal(code, 2, args.join(' '));
  t.equal(stdout, '');
  t.match(stderr, message);
  t.notMatch(stderr, STACK_TRACE);
}

export const STACK_TRACE = /^\s+at |node:internal|Warning:/m;

/** Writes files into a folder that goes with the test, and tells their paths. */
export function writeFiles<Name extends string>(
  t: Test,
  contents: Readonly<Record<Name, string>>,
): Record<Name, string> {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-cli-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const paths = Object.entries<string>(contents).map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return [name, path];
  });
  return Object.fromEntries(paths) as Record<Name, string>;
}

/** The arguments of the first example in a command's help. */
export function exampleOf(help: string): string[] {
  const [, example = ''] = help.split(/\nExamples?:\n {2}homeward /);
  const [first = ''] = example.split('\n  homeward ');
  return first.replaceAll('\\\n', ' ').trim().split(/\s+/);
}
