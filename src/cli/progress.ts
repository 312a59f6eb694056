import { Presets, SingleBar } from 'cli-progress';

export type Progress = { update(done: number, total?: number): void; stop(): void };

const SHOWN_AFTER_MS = 1_000;

/**
 * A progress bar on stderr for work that takes more than a second; where stderr is no terminal,
 * a line every two seconds.
 */
export function openProgress(title: string, total: number): Progress {
  const bar = new SingleBar(
    {
      format: `${title} {bar} {percentage}% | {value} of {total} | {eta_formatted} left`,
      stream: process.stderr,
      noTTYOutput: true,
      notTTYSchedule: 2_000,
      clearOnComplete: false,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  const begun = performance.now();
  let shown = false;
  return {
    update(done, newTotal = total) {
      if (!shown && performance.now() - begun > SHOWN_AFTER_MS) {
        bar.start(newTotal, done);
        shown = true;
      }
      if (!shown) return;
      bar.setTotal(newTotal);
      bar.update(done);
    },
    stop() {
      if (shown) bar.stop();
    },
  };
}
