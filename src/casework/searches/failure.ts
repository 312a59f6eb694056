import { KinshipError } from '../../kinship/index.ts';
import { HomewardError } from '../../platform/errors.ts';

/** After so many tries that ended in nothing a piece of work is put aside, and others go on. */
const MOST_ATTEMPTS = 5;

/** Whether trying again can help no more: the input is at fault, or it was tried often enough. */
export function isFinal(error: unknown, attempts: number): boolean {
  return (
    error instanceof HomewardError || error instanceof KinshipError || attempts >= MOST_ATTEMPTS
  );
}

/** What went wrong, for administrators; never the data that it went wrong on. */
export function failureOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL';
}
