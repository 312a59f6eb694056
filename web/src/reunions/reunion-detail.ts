import { queries } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';

export type Reunion =
  paths['/v1/reunions/{reunionId}']['get']['responses'][200]['content']['application/json'];
export type ReunionState = Reunion['state'];
export type Step = Reunion['steps'][number];
export type Evidence = NonNullable<Step['evidence']>;
type EvidenceBody = NonNullable<
  paths['/v1/reunions/{reunionId}/evidence']['post']['requestBody']
>['content']['application/json'];
export type TypedAgain = EvidenceBody['people'][number];
export type LaboratoryStep = NonNullable<
  paths['/v1/reunions/{reunionId}/steps']['post']['requestBody']
>['content']['application/json']['step'];

/** Steps that a laboratory says in words; evidence is a form of its own. */
export const LABORATORY_STEPS = [
  'confirmed',
  'notified',
  'refuted',
  'undone',
] as const satisfies readonly LaboratoryStep[];

export function useReunion(reunionId: string) {
  return queries.useQuery('get', '/v1/reunions/{reunionId}', {
    params: { path: { reunionId } },
  });
}

/** Who brought the evidence that is to be confirmed. */
export function bringerOf(steps: readonly Step[]): string | undefined {
  return steps.findLast(({ state }) => state === 're-sampled')?.actor;
}
