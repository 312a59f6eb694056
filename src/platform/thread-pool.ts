import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';

/** Threads that carry out tasks; who uses them knows the types of tasks and results. */
export type ThreadPool = {
  /** How many there are at most. */
  readonly size: number;
  /** @param signal ends the task when it aborts, and the thread with it; another takes its place */
  run<Result>(task: unknown, signal?: AbortSignal): Promise<Result>;
  close(): Promise<void>;
};

/** A file of `workers/` whose default export carries out a task. */
type Entry = 'score' | 'calculation' | 'profile' | 'report';

/** Starts `threads` threads at once and keeps them: each holds what it prepared for a policy. */
export function openScoringPool(threads: number): ThreadPool {
  return toPool(startThreads('score', threads));
}

/** `threads` threads for likelihood ratios that somebody asks for; the first one starts them. */
export function openCalculationPool(threads: number): ThreadPool {
  return openWhenAsked('calculation', threads);
}

/** A thread that writes reports; the first one starts it. */
export function openReportPool(): ThreadPool {
  return openWhenAsked('report', 1);
}

function openWhenAsked(entry: Entry, threads: number): ThreadPool {
  let pool: ThreadPool | null = null;
  return {
    size: threads,
    run: (task, signal) => (pool ??= toPool(startThreads(entry, threads))).run(task, signal),
    close: async () => pool?.close(),
  };
}

function toPool(pool: Piscina): ThreadPool {
  return {
    size: pool.options.maxThreads,
    run: (task, signal) => pool.run(task, signal ? { signal } : {}),
    close: () => pool.close({ force: true }),
  };
}

/**
 * Runs one task in a thread of its own, which ends with it.
 * @param port goes over to the thread
 */
export async function runInThread(
  entry: 'profile',
  task: { readonly port: MessagePort },
): Promise<void> {
  const pool = startThreads(entry, 1);
  try {
    await pool.run(task, { transferList: [task.port] });
  } finally {
    await pool.destroy();
  }
}

function startThreads(entry: Entry, threads: number): Piscina {
  const extension = extname(import.meta.url);
  return new Piscina({
    filename: fileURLToPath(new URL(`../../workers/${entry}.thread${extension}`, import.meta.url)),
    minThreads: threads,
    maxThreads: threads,
    execArgv: loaderArguments(extension),
  });
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
