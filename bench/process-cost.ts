import { readdirSync, readFileSync } from 'node:fs';

const TICKS_A_SECOND = 100;
const PARENT = 1;
/** Of a process itself, and of its children that have ended. */
const TICKS = [11, 12, 13, 14];

/** What the kernel says of a process behind its name; null once it is gone. */
function readStat(pid: number): number[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').map(Number);
  } catch {
    return null;
  }
}

/**
 * The processor time of a process and its children in seconds, which other work on the machine moves less
 * than the time on the clock.
 */
export function processorSeconds(pid: number): number {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number); // prettier-ignore
  const stats = all.flatMap((one) => {
    const fields = readStat(one);
    return fields && (one === pid || fields[PARENT] === pid) ? [fields] : [];
  });
  const ticks = stats.flatMap((fields) => TICKS.map((place) => fields[place]!));
  return ticks.reduce((sum, some) => sum + some, 0) / TICKS_A_SECOND;
}

/** The most memory that a process ever held. */
export function peakMegabytes(pid: number): number {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
