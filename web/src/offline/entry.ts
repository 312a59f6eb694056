import type { components, paths } from '../api/schema.d.ts';
import type { Receipt, Side } from '../uploads/receipt.ts';

type JsonBody<Operation extends { requestBody?: { content: object } }> = NonNullable<
  Operation['requestBody']
>['content'] extends { 'application/json': infer Body }
  ? Body
  : never;

/** Who gave a sample. */
export type Identity = JsonBody<paths['/v1/samples/{sampleId}/identity']['put']>;

/** One request of what somebody recorded. Each changes the same when it is sent again. */
export type Step =
  | { readonly kind: 'consent'; readonly consent: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'profile';
      readonly side: Side;
      /** Names the batch, so that the service takes it once. */
      readonly batchKey: string;
      readonly row: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'identity'; readonly sampleId: string; readonly identity: Identity }
  | { readonly kind: 'scans'; readonly scans: readonly Readonly<Record<string, unknown>>[] }
  /** Its bytes lie beside the entry. */
  | {
      readonly kind: 'file';
      readonly side: Side;
      readonly batchKey: string;
      readonly type: string;
    };

/** Why the service took a step back to whoever sent it, in its words. */
export type Refusal = Pick<components['schemas']['Problem'], 'code' | 'detail'> & {
  readonly faults: readonly {
    readonly field: string | null;
    /** Of a problem's faults there is none. */
    readonly code?: string;
    readonly message: string;
  }[];
};

/** What somebody recorded together: its steps are sent in turn. */
export type Entry = {
  readonly id: string;
  /** By what they know it again: a sample, a file; never a name. */
  readonly title: string;
  readonly queuedAt: string;
  readonly steps: readonly Step[];
  /** How many steps the service has taken. */
  readonly done: number;
  /** What it answered to profiles and files. */
  readonly receipts: readonly Receipt[];
  /** Of the step that comes next; null while it is to be sent. */
  readonly refusal: Refusal | null;
  /** Times in a row that the service put the next step off; absent where it never did. */
  readonly putOff?: number;
};

/** An entry as it begins. */
export function makeEntry(id: string, title: string, steps: readonly Step[], now: Date): Entry {
  return { id, title, queuedAt: now.toISOString(), steps, done: 0, receipts: [], refusal: null };
}
