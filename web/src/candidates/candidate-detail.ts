import type { paths } from '../api/schema.d.ts';
import { queries } from '../api/client.ts';

export type Candidate =
  paths['/v1/candidates/{candidateId}']['get']['responses'][200]['content']['application/json'];
export type LocusResult = Candidate['loci'][number];
type Decision = Candidate['decisions'][number];
export type Verdict = Decision['verdict'];
export type VerdictCause = NonNullable<Decision['cause']>;

export const VERDICTS = [
  'supported',
  'excluded',
  'inconclusive',
  'more-loci',
] as const satisfies readonly Verdict[];

/** Why somebody is not the missing child, in a word. */
export const CAUSES = [
  'inconsistent-loci',
  'chance',
  'other-relative',
] as const satisfies readonly VerdictCause[];

export function useCandidate(candidateId: string) {
  return queries.useQuery('get', '/v1/candidates/{candidateId}', {
    params: { path: { candidateId } },
  });
}

/** Names of the analysts by their ids; an id that is none of theirs stays as it is. */
export function useAnalystNames(): (id: string) => string {
  const { data } = queries.useQuery('get', '/v1/analysts');
  const names = new Map(data?.analysts.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}
