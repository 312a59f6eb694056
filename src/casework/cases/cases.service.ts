import { randomBytes } from 'node:crypto';
import type { Database } from '../../platform/database.ts';
import { HomewardError } from '../../platform/errors.ts';
import { asPolice } from '../../platform/scope.ts';
import { announce } from '../webhooks/webhooks.service.ts';
import { statusOf } from './case-status.ts';
import {
  type CaseFile,
  findCase,
  findCaseId,
  insertCases,
  lockAndCountFindings,
  moveCase,
  type NewCase,
} from './cases.repository.ts';

export { findCase } from './cases.repository.ts';
export type { NewCase };

export type CasesService = ReturnType<typeof makeCasesService>;

/** Cases as police see them: status and history, nothing of the laboratory's. */
export function makeCasesService({ db }: { db: Database }) {
  return {
    /** @throws HomewardError NOT_FOUND for a missing case and for a foreign one alike */
    async read(number: string, jurisdiction: string): Promise<CaseFile> {
      const file = await asPolice(db, jurisdiction, (tx) => findCase(tx, number, jurisdiction));
      if (!file) throw new HomewardError('NOT_FOUND');
      return file;
    },
  };
}

/** Opens cases in the caller's transaction, each with its first event. */
export function openCases(tx: Database, opened: readonly NewCase[]): Promise<void> {
  return insertCases(tx, opened);
}

/**
 * The id of a case by the number that people know.
 * @throws HomewardError NOT_FOUND
 */
export async function caseIdOf(db: Database, number: string): Promise<string> {
  const id = await findCaseId(db, number);
  if (id === null) throw new HomewardError('NOT_FOUND');
  return id;
}

/** Brings the status of cases in line with their candidates, in the caller's transaction, and tells who watches. */
export async function refreshCases(tx: Database, caseIds: readonly string[]): Promise<void> {
  for (const [id, findings] of await lockAndCountFindings(tx, caseIds)) {
    const status = statusOf(findings);
    const moved = status === findings.status ? null : await moveCase(tx, id, status);
    if (moved) await announce(tx, { ...moved, status });
  }
}

/** Crockford's base 32: no letter that is read as another or as a digit. */
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const NUMBER_LENGTH = 10;

/** A number that nobody can guess from another: 50 random bits, such as `HW-7K2M9QX4TD`. */
export function newCaseNumber(): string {
  // 256 is a multiple of 32: each symbol is as probable as any other.
  const symbols = Array.from(randomBytes(NUMBER_LENGTH), (byte) => SYMBOLS[byte % SYMBOLS.length]);
  return `HW-${symbols.join('')}`;
}
