import { HomewardError } from '../../platform/errors.ts';

/** Speaks to the service as its users do: over HTTP, with their API key. */
export type Client = {
  get<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  put<Answer>(path: string, body: unknown): Promise<Answer>;
  /**
   * Changes what was seen at a version.
   * @returns null where it had changed since, or was done before
   */
  change<Answer>(
    method: 'POST' | 'PUT',
    path: string,
    body: unknown,
    version: number,
  ): Promise<Answer | null>;
  delete(path: string): Promise<void>;
};

const CONFLICT = 409;
const JSON_BODY = { 'content-type': 'application/json' };

/** @param key of the user who speaks */
export function makeClient(url: string, key: string): Client {
  function send(path: string, init: RequestInit): Promise<Response> {
    return fetch(new URL(path, url), {
      ...init,
      headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${key}` },
    });
  }

  async function request<Answer>(path: string, init: RequestInit): Promise<Answer> {
    return read(path, init, await send(path, init));
  }

  async function read<Answer>(path: string, init: RequestInit, answer: Response): Promise<Answer> {
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
    put: (path, body) =>
      request(path, { method: 'PUT', body: JSON.stringify(body), headers: JSON_BODY }),
    async change(method, path, body, version) {
      const headers = { ...JSON_BODY, 'if-match': `"${version}"` };
      const init = { method, body: JSON.stringify(body), headers };
      const answer = await send(path, init);
      return answer.status === CONFLICT ? null : read(path, init, answer);
    },
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
