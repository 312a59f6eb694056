import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { RING } from './record-keys.ts';

export const ADMIN_KEY = 'an-administrators-key-for-the-bench-only';
const PROGRAM = fileURLToPath(new URL('../bin/homeward', import.meta.url));

/** `homeward serve` as a process of its own. */
export type ServiceProcess = {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
};

/** @param more of its environment */
export async function startServiceProcess(
  databaseUrl: string,
  { args = [], more = {} }: { args?: readonly string[]; more?: NodeJS.ProcessEnv } = {},
): Promise<ServiceProcess> {
  const service = startProgram(['serve', ...args], {
    DATABASE_URL: databaseUrl,
    ADMIN_API_KEY: ADMIN_KEY,
    KEY_RING: RING.text,
    PORT: '0',
    ...more,
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: service.stdout! }).on('line', (line) => {
      const [, said] = /listening on (http:\/\/[\d.]+:\d+)/.exec(line) ?? [];
      if (said) resolve(said);
    });
    service.on('exit', (code) => {
      reject(new Error(`the service ended with ${code}`));
    });
  });
  return {
    url,
    pid: service.pid!,
    async stop() {
      service.kill('SIGTERM');
      await once(service, 'exit');
    },
  };
}

/** `homeward` with these arguments; what it says goes to its `stdout`. */
export function startProgram(args: readonly string[], more: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

export type Answer = {
  readonly status: number;
  readonly body: Readonly<Record<string, string | number>>;
};

/** Posts to a service with somebody's key; a text is a CSV. */
export function speaker(url: string, key: string) {
  return async (path: string, body: object | string): Promise<Answer> => {
    const isFile = typeof body === 'string';
    const answer = await fetch(new URL(path, url), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': isFile ? 'text/csv' : 'application/json',
      },
      body: isFile ? body : JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  };
}
