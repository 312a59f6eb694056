import { HomewardError } from '../platform/errors.ts';
import { KinshipError } from '../kinship/index.ts';

/** Exit codes of the commands. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, someRefused: 3 } as const;

/** Says what went wrong in one line each, and returns the exit code for it. */
export function report(error: unknown): number {
  if (error instanceof HomewardError) {
    console.error(`homeward: ${error.code}: ${error.message}`);
    for (const { field, message } of error.faults.slice(0, 20)) {
      console.error(field === '' ? `  ${message}` : `  ${field}: ${message}`);
    }
    return error.code === 'INTERNAL' ? EXIT.failed : EXIT.wrongUse;
  }
  if (error instanceof KinshipError) {
    console.error(`homeward: ${error.code}: ${error.message}`);
    return EXIT.wrongUse;
  }
  console.error('homeward: an unexpected error; please report it with these lines.');
  console.error(error instanceof Error ? error.stack : String(error));
  return EXIT.failed;
}
