import type { paths } from '../api/schema.d.ts';

type CandidateList =
  paths['/v1/candidates']['get']['responses'][200]['content']['application/json'];
export type CandidateSummary = CandidateList['candidates'][number];
export type CandidatePolicy = NonNullable<CandidateList['policy']>;
export type CandidateState = CandidateSummary['state'];
export type Relationship = CandidateSummary['relationship'];

export const STATES = [
  'proposed',
  'second-opinion',
  'disputed',
  'supported',
  'excluded',
  'inconclusive',
  'more-loci',
] as const satisfies readonly CandidateState[];

export const RELATIONSHIPS = [
  'both-parents',
  'father',
  'mother',
  'relatives',
  'same-person',
] as const satisfies readonly Relationship[];

export const SORTED_BY = [
  'log10Lr',
  'posterior',
  'lociCompared',
  'lociInconsistent',
  'updatedAt',
] as const;
export type SortedBy = (typeof SORTED_BY)[number];

/** Which candidates the list shows, and in what order; what is left out is as at first. */
export type CandidateView = {
  readonly states?: readonly CandidateState[];
  readonly relationships?: readonly Relationship[];
  readonly mine?: true;
  /** Part of a sample id or a family. */
  readonly text?: string;
  readonly sort?: SortedBy;
  readonly ascending?: true;
};

/** Reads a view from an address or from what was kept: whatever is not one is left out. */
export function readCandidateView(search: Record<string, unknown>): CandidateView {
  const some = <T extends string>(all: readonly T[], value: unknown): T[] =>
    all.filter((one) => Array.isArray(value) && value.includes(one));
  const states = some(STATES, search.states);
  const relationships = some(RELATIONSHIPS, search.relationships);
  const sort = SORTED_BY.find((one) => one === search.sort);
  return {
    ...(states.length > 0 && { states }),
    ...(relationships.length > 0 && { relationships }),
    ...(search.mine === true && { mine: true as const }),
    ...(typeof search.text === 'string' && search.text !== '' && { text: search.text }),
    ...(sort && { sort }),
    ...(search.ascending === true && { ascending: true as const }),
  };
}

/** The candidates of a view, in its order; ranks are by LR whatever the order. */
export function chooseCandidates(
  candidates: readonly CandidateSummary[],
  { relationships, text = '', sort = 'log10Lr', ascending }: CandidateView,
): CandidateSummary[] {
  const wanted = text.trim().toLowerCase();
  const names = ({ unknown, family, relatives }: CandidateSummary): string[] => [
    unknown,
    family,
    ...relatives,
  ];
  const chosen = candidates.filter(
    (candidate) =>
      (!relationships || relationships.includes(candidate.relationship)) &&
      names(candidate).some((name) => name.toLowerCase().includes(wanted)),
  );
  const direction = ascending ? 1 : -1;
  const by = (candidate: CandidateSummary): string | number => candidate[sort];
  return chosen.sort((a, b) => (by(a) < by(b) ? -direction : by(a) > by(b) ? direction : 0));
}
