import type { paths } from '../api/schema.d.ts';
import { PROVINCES } from '../common/provinces.ts';

type CandidateList =
  paths['/v1/candidates']['get']['responses'][200]['content']['application/json'];
export type CandidateSummary = CandidateList['candidates'][number];
export type CandidatePolicy = NonNullable<CandidateList['policy']>;
export type CandidateState = CandidateSummary['state'];
export type Relationship = CandidateSummary['relationship'];
type Agreement = CandidateSummary['circumstances']['agreement']['sex'];

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

export const AGREEMENTS = ['agrees', 'contradicts', 'unknown'] as const satisfies readonly Agreement[]; // prettier-ignore

/** What the list can show of a candidate, in this order. */
export const COLUMNS = [
  'rank',
  'person',
  'family',
  'lr',
  'relationship',
  'posterior',
  'chance',
  'loci',
  'inconsistent',
  'missing',
  'found',
  'born',
  'age',
  'sex',
  'state',
  'claims',
  'updated',
] as const;
export type ColumnName = (typeof COLUMNS)[number];

/** What is shown until somebody chooses. */
export const FIRST_COLUMNS: readonly ColumnName[] = COLUMNS.filter(
  (name) => !['loci', 'born', 'sex', 'updated'].includes(name),
);

export const SORTED_BY = [
  'log10Lr',
  'posterior',
  'expectedChanceCandidates',
  'lociCompared',
  'lociInconsistent',
  'missing',
  'updatedAt',
] as const;
export type SortedBy = (typeof SORTED_BY)[number];

/** Which candidates the list shows, what of them, and in what order; what is left out is as at first. */
export type CandidateView = {
  readonly states?: readonly CandidateState[];
  readonly relationships?: readonly Relationship[];
  readonly mine?: true;
  /** Where the child went missing, or the person was found: two digits of GB/T 2260. */
  readonly provinces?: readonly string[];
  /** The years between which the child went missing. */
  readonly from?: number;
  readonly to?: number;
  /** Whether those of which no province, or no year, is said are left out as well. */
  readonly hidesUnsaid?: true;
  readonly sexes?: readonly Agreement[];
  readonly births?: readonly Agreement[];
  /** Part of a sample id or a family. */
  readonly text?: string;
  readonly sort?: SortedBy;
  readonly ascending?: true;
  readonly columns?: readonly ColumnName[];
};

const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;

/** Reads a view from an address or from what was kept: whatever is not one is left out. */
export function readCandidateView(search: Record<string, unknown>): CandidateView {
  const sort = SORTED_BY.find((one) => one === search.sort);
  return {
    ...readSome('states', STATES, search),
    ...readSome('relationships', RELATIONSHIPS, search),
    ...readSome('provinces', PROVINCES, search),
    ...readSome('sexes', AGREEMENTS, search),
    ...readSome('births', AGREEMENTS, search),
    ...readSome('columns', COLUMNS, search),
    ...readYear('from', search),
    ...readYear('to', search),
    ...readTrue('mine', search),
    ...readTrue('hidesUnsaid', search),
    ...readTrue('ascending', search),
    ...(typeof search.text === 'string' && search.text !== '' && { text: search.text }),
    ...(sort && { sort }),
  };
}

type Search = Record<string, unknown>;

function readSome<Name extends string, T extends string>(
  name: Name,
  all: readonly T[],
  { [name]: value }: Search,
): Partial<Record<Name, T[]>> {
  const some = all.filter((one) => Array.isArray(value) && value.includes(one));
  return some.length > 0 ? ({ [name]: some } as Record<Name, T[]>) : {};
}

function readYear<Name extends string>(
  name: Name,
  { [name]: value }: Search,
): Partial<Record<Name, number>> {
  const isYear = Number.isInteger(value) && Number(value) >= FIRST_YEAR && Number(value) <= LAST_YEAR; // prettier-ignore
  return isYear ? ({ [name]: value } as Record<Name, number>) : {};
}

function readTrue<Name extends string>(
  name: Name,
  { [name]: value }: Search,
): Partial<Record<Name, true>> {
  return value === true ? ({ [name]: value } as Record<Name, true>) : {};
}

/** The candidates that bear a text, in the order of a view; all else the service has chosen. */
export function chooseCandidates(
  candidates: readonly CandidateSummary[],
  { text = '', sort = 'log10Lr', ascending }: CandidateView,
): CandidateSummary[] {
  const wanted = text.trim().toLowerCase();
  const names = ({ unknown, family, relatives }: CandidateSummary): string[] => [
    unknown,
    family,
    ...relatives,
  ];
  const chosen = candidates.filter((candidate) =>
    names(candidate).some((name) => name.toLowerCase().includes(wanted)),
  );
  const direction = ascending ? 1 : -1;
  const by = (candidate: CandidateSummary): string | number =>
    sort === 'missing' ? yearMissing(candidate) : candidate[sort];
  return chosen.sort((a, b) => (by(a) < by(b) ? -direction : by(a) > by(b) ? direction : 0));
}

/** Before all years where nobody has said it. */
function yearMissing({ circumstances }: CandidateSummary): number {
  return circumstances.missing.happened?.earliest ?? -Infinity;
}
