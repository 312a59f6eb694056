import type { Answer, Role, TestService } from './service.ts';

type Who = Role | { key: string };

/** Looks at a candidate as an analyst, and signs what was seen. */
export async function sign(
  { call }: TestService,
  id: string,
  verdict: string,
  who: Who = 'analyst',
): Promise<Answer> {
  const seen = await call(who, 'GET', `/v1/candidates/${id}`);
  const etag = { 'if-match': seen.headers.get('etag') ?? '' };
  return call(who, 'POST', `/v1/candidates/${id}/decisions`, { verdict, reason: 'as I see it' }, etag); // prettier-ignore
}

/** Two analysts, one of them new, sign the same. */
export async function settle(service: TestService, id: string, verdict: string): Promise<Answer> {
  await sign(service, id, verdict);
  return sign(service, id, verdict, await service.createKey({ role: 'analyst', name: 'second' }));
}
