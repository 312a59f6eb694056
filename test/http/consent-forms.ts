import { readPersonJson } from '../../src/casework/intake/person-json.ts';
import { openPersonFile } from '../../src/formats/person-file.ts';
import type { RowOutcome } from '../../src/formats/row.ts';

/** A longer batch is refused, whatever was signed. */
const MOST_ROWS = 10_000;

type Post = (body: object) => Promise<{ readonly status: number }>;

export type ConsentGiver = (key: string, body: unknown, post: Post) => Promise<void>;

/** A form that is good for anybody. */
export function formFor(sampleId: string, rest: object = {}): object {
  const form = { version: '2026-01', purpose: 'family-search', signer: 'guardian' };
  return { sampleId, ...form, signedOn: '2026-01-15', ageYears: 30, ...rest };
}

/** Records consents for the samples of a batch before it is sent, once for each key and sample. */
export function makeConsentGiver(): ConsentGiver {
  const given = new Set<string>();
  return async (key, body, post) => {
    const codes = new Set(await codesOf(body));
    const wanted = [...codes].filter((code) => !given.has(`${key} ${code}`));
    if (wanted.length === 0) return;
    const { status } = await post({ consents: wanted.map((code) => formFor(code)) });
    if (status === 200) for (const code of wanted) given.add(`${key} ${code}`);
  };
}

/** The samples of those rows that can be read. */
async function codesOf(body: unknown): Promise<string[]> {
  const outcomes: RowOutcome[] = [];
  try {
    if (typeof body === 'string' || body instanceof Uint8Array) {
      for await (const outcome of openPersonFile(Buffer.from(body)).rows) {
        if (outcomes.push(outcome) > MOST_ROWS) return [];
      }
    } else if (Array.isArray((body as any)?.rows)) {
      outcomes.push(...(body as { rows: unknown[] }).rows.map(readPersonJson));
    }
  } catch {
    // A file that cannot be read: what came before is all there is.
  }
  return outcomes.flatMap((outcome) => ('person' in outcome ? [outcome.person.sampleId] : []));
}
