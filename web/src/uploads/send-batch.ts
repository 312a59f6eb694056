import { api } from '../api/client.ts';
import type { Receipt, Side } from './receipt.ts';

type Batch = {
  readonly side: Side;
  /** The same report, and nothing is written. */
  readonly dryRun?: boolean;
  /** Names the batch, so that the service takes it once. */
  readonly batchKey?: string;
  readonly type: string;
  readonly signal?: AbortSignal;
};

/** Sends a file as it is; how it is encoded the service finds out. */
export function postBatch(
  content: Blob | Uint8Array | string,
  { side, dryRun = false, batchKey, type, signal }: Batch,
) {
  return api.POST('/v1/batches', {
    params: { query: { side, dryRun: dryRun ? 'true' : 'false' } },
    headers: {
      accept: 'application/json',
      'content-type': type,
      ...(batchKey !== undefined && { 'idempotency-key': batchKey }),
    },
    // The file goes as bytes; the type of the body describes its content.
    body: content as never,
    bodySerializer: (body) => body as never,
    ...(signal && { signal }),
  });
}

/** What a file is, as far as the service asks. */
export function typeOfFile(name: string): string {
  return /\.json$/i.test(name) ? 'application/json' : 'application/octet-stream';
}

/**
 * The report that a file would get, without a trace of it.
 * @throws the problem that the service answers where no row can be read at all
 */
export async function tryBatch(file: File, side: Side): Promise<Receipt> {
  const { data, error } = await postBatch(file, {
    side,
    dryRun: true,
    type: typeOfFile(file.name),
  });
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- the service's own problem
  if (!data) throw error;
  return data as Receipt;
}
