import type { paths } from '../api/schema.d.ts';

export type Policy =
  paths['/v1/policies']['get']['responses'][200]['content']['application/json']['policies'][number];

/** One value of a policy, by where it stands in the document. */
export type Parameter = { readonly path: readonly string[]; readonly value: string };

/** Every value of a policy's document, in its order. */
export function listParameters(document: unknown): Parameter[] {
  return listWithin([], document);
}

function listWithin(path: readonly string[], value: unknown): Parameter[] {
  if (typeof value !== 'object' || value === null) return [{ path, value: String(value) }];
  if (Object.keys(value).length === 0) return [{ path, value: '' }];
  return Object.entries(value).flatMap(([name, part]) =>
    listWithin([...path, nameOf(name, part)], part),
  );
}

/** An entry of a list that names its locus is known by it, not by its place. */
function nameOf(name: string, part: unknown): string {
  const isOfLocus = typeof part === 'object' && part !== null && 'locus' in part;
  if (!isOfLocus) return name;
  const kit = 'kit' in part && typeof part.kit === 'string' ? ` (${part.kit})` : '';
  return `${String(part.locus)}${kit}`;
}

/** A value of one policy beside that of another; null where it has none there. */
export type ComparedParameter = {
  readonly path: readonly string[];
  readonly values: readonly [string | null, string | null];
  readonly differs: boolean;
};

/** Every value that either has, what only the second has at the end. */
export function compareParameters(first: unknown, second: unknown): ComparedParameter[] {
  const [ofFirst, ofSecond] = [first, second].map((document) => listParameters(document));
  const byPath = (parameters: readonly Parameter[] = []) =>
    new Map(parameters.map((parameter) => [JSON.stringify(parameter.path), parameter]));
  const [a, b] = [byPath(ofFirst), byPath(ofSecond)];
  return [...new Map([...a, ...b])].map(([key, { path }]) => {
    const values = [a.get(key)?.value ?? null, b.get(key)?.value ?? null] as const;
    return { path, values, differs: values[0] !== values[1] };
  });
}
