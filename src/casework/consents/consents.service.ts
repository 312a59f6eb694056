import type { z } from 'zod';
import { SAMPLE_CODE } from '../../formats/person-row.ts';
import { type Database, findByIndex } from '../../platform/database.ts';
import { HomewardError, quotable } from '../../platform/errors.ts';
import { asCollectionPoint } from '../../platform/scope.ts';
import { lockActivePoint } from '../collection-points/collection-points.service.ts';
import { type Consent, consentFaults, type ConsentFault, defaultRetention } from './consent.ts';
import { ageFault } from './consent-age.ts';
import { consentJson, type consentReceipt, type ConsentReport } from './consents.schema.ts';
import {
  type ConsentRow,
  findConsentedCodes,
  findConsents,
  insertConsents,
  lockConsents,
  markWithdrawn,
} from './consents.repository.ts';

type Receipt = z.infer<typeof consentReceipt>;

export type ConsentsService = ReturnType<typeof makeConsentsService>;

/** The days of birth of those among a collection point's samples of whom they are known, by code. */
export type FindBirthDays = (
  tx: Database,
  collectionPointId: string,
  codes: readonly string[],
) => Promise<ReadonlyMap<string, string>>;

/** What people signed: no sample is taken without it, and nothing of it is ever edited. */
export function makeConsentsService({
  db,
  findBirthDays,
}: {
  db: Database;
  findBirthDays: FindBirthDays;
}) {
  return {
    /**
     * Records the good ones; each of the others is refused with its reason.
     * @throws HomewardError COLLECTION_POINT_SUSPENDED
     */
    async record(collectionPointId: string, sent: readonly unknown[]): Promise<Receipt> {
      const read = sent.map(readConsent);
      const codes = read.flatMap((one) => ('consent' in one ? [one.consent.sampleCode] : []));
      return asCollectionPoint(db, collectionPointId, async (tx) => {
        await findByIndex(tx);
        await lockConsents(tx, collectionPointId);
        await lockActivePoint(tx, collectionPointId);
        const known = await findConsents(tx, collectionPointId, [...new Set(codes)]);
        const birthDays = await findBirthDays(tx, collectionPointId, [...new Set(codes)]);
        const { recorded, rows } = judge(read, known, birthDays);
        await insertConsents(tx, collectionPointId, recorded);
        return makeReceipt(rows);
      });
    },

    /**
     * All that were given for a sample, which need not have been uploaded yet; the oldest first.
     * @throws HomewardError NOT_FOUND where there are none, or another's
     */
    async list(collectionPointId: string, code: string): Promise<ConsentRow[]> {
      const given = await asCollectionPoint(db, collectionPointId, (tx) =>
        findConsents(tx, collectionPointId, [code]),
      );
      if (given.length === 0) throw new HomewardError('NOT_FOUND');
      return given;
    },
  };
}

/** The codes among these for which no consent stands. */
export async function findConsentGaps(
  tx: Database,
  collectionPointId: string,
  codes: readonly string[],
): Promise<ReadonlySet<string>> {
  const gaps = new Set(codes);
  for (const code of await findConsentedCodes(tx, collectionPointId, codes)) gaps.delete(code);
  return gaps;
}

/**
 * Those of a collection point's codes for which consents stand, and none of them at the age that the day of birth says.
 * No consent is recorded for it until the transaction ends.
 * @param birthDays by code
 */
export async function findAgeContradictions(
  tx: Database,
  collectionPointId: string,
  birthDays: ReadonlyMap<string, string>,
): Promise<ReadonlySet<string>> {
  await lockConsents(tx, collectionPointId);
  const given = await findConsents(tx, collectionPointId, [...birthDays.keys()]);
  const standing = given.filter(({ withdrawnAt }) => withdrawnAt === null);
  const contradicted = new Set<string>();
  for (const [code, bornOn] of birthDays) {
    const ofSample = standing.filter(({ sampleCode }) => sampleCode === code);
    const agrees = ofSample.some((consent) => ageFault(consent, bornOn) === null);
    if (ofSample.length > 0 && !agrees) contradicted.add(code);
  }
  return contradicted;
}

/** Ends all consents of samples that are withdrawn in this transaction; they must still be there. */
export function endConsents(tx: Database, sampleIds: readonly string[]): Promise<void> {
  return markWithdrawn(tx, sampleIds);
}

type ReadRow =
  | { readonly consent: Consent }
  | { readonly sampleId: string | null; readonly faults: readonly ConsentFault[] };

function readConsent(value: unknown): ReadRow {
  const parsed = consentJson.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }): ConsentFault => ({
      field: path.map((name) => quotable(String(name))).join('.') || null,
      code: 'FIELD_INVALID',
      message,
    }));
    return { sampleId: codeIn(value), faults };
  }
  const { sampleId, retainUntil, ...rest } = parsed.data;
  const consent: Consent = {
    ...rest,
    sampleCode: sampleId,
    retainUntil: retainUntil ?? defaultRetention(rest.signedOn),
  };
  const faults = consentFaults(consent, new Date());
  return faults.length === 0 ? { consent } : { sampleId, faults };
}

/** The code of a row that cannot be read, where it is one. */
function codeIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('sampleId' in value)) return null;
  const { sampleId } = value;
  return typeof sampleId === 'string' && SAMPLE_CODE.test(sampleId) ? sampleId : null;
}

type Known = Consent & { readonly withdrawnAt: Date | null };

/** A row that repeats an earlier one of the list is judged like one that repeats an earlier list. */
function judge(
  read: readonly ReadRow[],
  known: readonly Known[],
  birthDays: ReadonlyMap<string, string>,
): { recorded: Consent[]; rows: ConsentReport[] } {
  const given = new Map<string, Known[]>();
  for (const one of known) given.set(one.sampleCode, [...(given.get(one.sampleCode) ?? []), one]);
  const recorded: Consent[] = [];
  const rows = read.map((one, place): ConsentReport => {
    const row = place + 1;
    if ('faults' in one) return { row, outcome: 'refused', sampleId: one.sampleId, faults: [...one.faults] }; // prettier-ignore
    const { sampleCode: sampleId } = one.consent;
    const before = given.get(sampleId) ?? [];
    const outcome = compare(one.consent, before, birthDays.get(sampleId));
    if (typeof outcome !== 'string')
      return { row, sampleId, outcome: 'refused', faults: [outcome] };
    if (outcome === 'recorded') {
      recorded.push(one.consent);
      given.set(sampleId, [...before, { ...one.consent, withdrawnAt: null }]);
    }
    return { row, sampleId, outcome, faults: [] };
  });
  return { recorded, rows };
}

const WITHDRAWN: ConsentFault = {
  field: 'sampleId',
  code: 'CONSENT_WITHDRAWN',
  message: 'what was signed for this sample has ended; take a new sample under a code of its own',
};

const CONFLICT: ConsentFault = {
  field: 'version',
  code: 'CONSENT_CONFLICT',
  message:
    'this version is recorded for this sample with another content; a consent is never edited, so sign another version', // prettier-ignore
};

function compare(
  consent: Consent,
  before: readonly Known[],
  bornOn: string | undefined,
): 'recorded' | 'unchanged' | ConsentFault {
  if (before.some(({ withdrawnAt }) => withdrawnAt !== null)) return WITHDRAWN;
  const same = before.find(({ version }) => version === consent.version);
  if (!same) return (bornOn === undefined ? null : ageFault(consent, bornOn)) ?? 'recorded';
  return isSame(same, consent) ? 'unchanged' : CONFLICT;
}

function isSame(a: Consent, b: Consent): boolean {
  const fields = ['purpose', 'signer', 'signedOn', 'ageYears', 'deceased', 'retainUntil'] as const;
  return fields.every((field) => a[field] === b[field]);
}

function makeReceipt(rows: ConsentReport[]): Receipt {
  const count = (outcome: string): number => rows.filter((row) => row.outcome === outcome).length;
  return {
    recorded: count('recorded'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    rows,
  };
}
