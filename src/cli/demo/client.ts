import { HomewardError } from '../../platform/errors.ts';

/** Speaks to the service as its users do: over HTTP, with their API key. */
export type Client = {
  get<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  delete(path: string): Promise<void>;
};

/** @param key of the user who speaks */
export function makeClient(url: string, key: string): Client {
  async function request<Answer>(path: string, init: RequestInit): Promise<Answer> {
    const answer = await fetch(new URL(path, url), {
      ...init,
      headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${key}` },
    });
    const body: unknown = answer.status === 204 ? null : await answer.json();
    if (answer.ok) return body as Answer;
    const { code, detail } = body as { code: string; detail: string };
    throw new HomewardError(
      'INTERNAL',
      `${init.method ?? 'GET'} ${path} answered ${code}: ${detail}`,
    );
  }
  return {
    get: (path) => request(path, {}),
    delete: (path) => request(path, { method: 'DELETE' }),
    post(path, body, headers = {}) {
      const isFile = typeof body === 'string';
      return request(path, {
        method: 'POST',
        body: isFile ? body : JSON.stringify(body),
        headers: { 'content-type': isFile ? 'text/csv' : 'application/json', ...headers },
      });
    },
  };
}
