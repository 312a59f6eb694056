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

/** The way home, in its order. */
export const WAY = [
  're-sampling',
  're-sampled',
  'confirmed',
  'notified',
  'consented',
  'family-told',
  'reunited',
] as const satisfies readonly ReunionState[];

/** From where something follows. */
export const UNDER_WAY = WAY.filter((state) => state !== 'reunited');
/** From where nothing follows, or nobody's step but to undo it. */
export const ENDED = [
  'reunited',
  'declined',
  'refuted',
  'undone',
] as const satisfies readonly ReunionState[];

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

/** What is still before a reunion; nothing where it has ended otherwise. */
export function stepsAhead(state: ReunionState): readonly (typeof WAY)[number][] {
  const place = WAY.findIndex((one) => one === state);
  return place < 0 ? [] : WAY.slice(place + 1);
}

/** Who brought the evidence that is to be confirmed. */
export function bringerOf(steps: readonly Step[]): string | undefined {
  return steps.findLast(({ state }) => state === 're-sampled')?.actor;
}
