import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';

/** Threads that carry out scoring tasks; who uses them knows the types of tasks and results. */
export type ScoringPool = {
  run<Result>(task: unknown): Promise<Result>;
  close(): Promise<void>;
};

/** Starts `threads` threads at once and keeps them: each holds what it prepared for a policy. */
export function openScoringPool(threads: number): ScoringPool {
  const extension = extname(import.meta.url);
  const pool = new Piscina({
    filename: fileURLToPath(new URL(`../../workers/score.thread${extension}`, import.meta.url)),
    minThreads: threads,
    maxThreads: threads,
    execArgv: loaderArguments(extension),
  });
  return {
    run: (task) => pool.run(task),
    close: () => pool.close({ force: true }),
  };
}

/** A checkout runs TypeScript as it is: threads need the loader that the main thread has. */
function loaderArguments(extension: string): string[] {
  const inherited = process.execArgv;
  const hasLoader = inherited.some((argument) =>
    /^--(import|loader|experimental-loader)/.test(argument),
  );
  return extension === '.ts' && !hasLoader
    ? [...inherited, '--import', import.meta.resolve('tsx')]
    : inherited;
}
