import { api } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';

type Post = paths['/v1/batches']['post'];
export type Side = NonNullable<Post['parameters']['query']>['side'];
/** The answer in JSON, which is asked for. */
export type Receipt = Post['responses'][200]['content']['application/json'];
export type RowReport = Receipt['rows'][number];

/**
 * Sends a file as it is; what it is and how it is encoded the service finds out.
 * @param dryRun the same report, and nothing is written
 * @throws the problem that the service answers where no row can be read at all
 */
export async function sendBatch(
  file: File,
  { side, dryRun }: { side: Side; dryRun: boolean },
): Promise<Receipt> {
  const isJson = /\.json$/i.test(file.name);
  const { data, error } = await api.POST('/v1/batches', {
    params: { query: { side, dryRun: dryRun ? 'true' : 'false' } },
    headers: {
      accept: 'application/json',
      'content-type': isJson ? 'application/json' : 'application/octet-stream',
    },
    // The file goes as bytes; the type of the body describes its content.
    body: file as never,
    bodySerializer: (body) => body as never,
  });
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- the service's own problem
  if (!data) throw error;
  return data as Receipt;
}
