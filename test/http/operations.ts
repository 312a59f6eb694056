import type { Role, TestService } from './service.ts';

export type Parameter = { readonly name: string; readonly in: 'path' | 'query' | 'header' };

/** What the served description says of a method of a path. */
export type Operation = {
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  /** Those that it says it admits. */
  readonly roles: readonly Role[];
  /** Whether it says that it asks for no credentials. */
  readonly admitsAnybody: boolean;
  readonly parameters: readonly Parameter[];
  /** Whether it takes a file. */
  readonly takesText: boolean;
  /** Statuses that it may answer with. */
  readonly responses: readonly string[];
};

export async function operationsOf({ call }: TestService): Promise<Operation[]> {
  const { body } = await call(null, 'GET', '/docs/json');
  return Object.entries<Record<string, any>>(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { description, parameters, requestBody, responses, security }]) => ({
        method: method.toUpperCase(),
        path,
        roles: (/For: (?!anybody)([a-z, -]+)\.$/.exec(description)?.[1]?.split(', ') ??
          []) as Role[],
        admitsAnybody: String(description).endsWith('For: anybody.') && security.length === 0,
        parameters: parameters ?? [],
        takesText: 'text/csv' in (requestBody?.content ?? {}),
        responses: Object.keys(responses),
      }),
    ),
  );
}
