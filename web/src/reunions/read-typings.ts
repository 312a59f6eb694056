import { api } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';

export type Typings =
  paths['/v1/reunions/{reunionId}/typings']['post']['responses'][200]['content']['application/json'];

/**
 * Has a file read as it is; what it is and how it is encoded the service finds out. Nothing of it is kept.
 * @throws the problem that the service answers where no row can be read at all
 */
export async function readTypings(reunionId: string, file: File): Promise<Typings> {
  const { data, error } = await api.POST('/v1/reunions/{reunionId}/typings', {
    params: { path: { reunionId } },
    headers: { 'content-type': 'application/octet-stream' },
    body: file as never,
    bodySerializer: (body) => body as never,
  });
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- the service's own problem
  if (!data) throw error;
  return data;
}
