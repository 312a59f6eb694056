import { open, stat, unlink } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { HomewardError } from '../platform/errors.ts';

/** Where a command writes its result, piece by piece. */
export type Output = {
  write(text: string): Promise<void>;
  /** The result is complete. */
  close(): Promise<void>;
  /** There will be no result: leaves nothing behind where nothing was written. */
  abandon(): Promise<void>;
};

/**
 * Opens a file before the work that fills it, so that one that cannot be written is found out
 * first; what stands in it stays until something is written.
 * @throws HomewardError FILE_NOT_WRITABLE
 */
export async function openFile(file: string): Promise<Output> {
  const isNew = await stat(file).then(
    () => false,
    () => true,
  );
  const handle = await saying(file, () => open(file, 'a'));
  let isBegun = false;
  return {
    async write(text) {
      await saying(file, async () => {
        if (!isBegun && (await handle.stat()).isFile()) await handle.truncate();
        isBegun = true;
        await handle.appendFile(text);
      });
    },
    close: () => saying(file, () => handle.close()),
    async abandon() {
      await handle.close();
      if (isNew && !isBegun) await unlink(file);
    },
  };
}

/** A stream whose reader may go away: what is written then is dropped, as `| head` expects. */
export function openStream(stream: Writable): Output {
  let isGone = false;
  stream.once('error', () => (isGone = true));
  return {
    async write(text) {
      if (isGone || stream.destroyed || stream.write(text)) return;
      await drained(stream);
    },
    close: () => Promise.resolve(),
    abandon: () => Promise.resolve(),
  };
}

/** Waits until a stream takes more, or never will. */
function drained(stream: Writable): Promise<void> {
  const events = ['drain', 'error', 'close'];
  return new Promise((resolve) => {
    const goOn = (): void => {
      for (const event of events) stream.off(event, goOn);
      resolve();
    };
    for (const event of events) stream.on(event, goOn);
  });
}

async function saying<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new HomewardError('FILE_NOT_WRITABLE', `${file} cannot be written: ${reason}.`);
  }
}
