import type { ColumnName, SortedBy } from './candidate-view.ts';

type Column = {
  readonly label:
    | `candidates.${'rank' | 'person' | 'family' | 'lr' | 'relationship' | 'posterior' | 'chance' | 'loci' | 'inconsistent' | 'state' | 'claims' | 'updated'}`
    | `candidateList.${'missing' | 'found' | 'born' | 'age' | 'sex'}`;
  readonly sort?: SortedBy;
  /** Numbers stand at the right; codes in their own letters. */
  readonly as?: 'number' | 'code' | 'line';
};

/** How each column is called, sorted and set. */
export const COLUMN_FORMS: Readonly<Record<ColumnName, Column>> = {
  rank: { label: 'candidates.rank', as: 'number' },
  person: { label: 'candidates.person', as: 'code' },
  family: { label: 'candidates.family', as: 'code' },
  lr: { label: 'candidates.lr', sort: 'log10Lr', as: 'number' },
  relationship: { label: 'candidates.relationship' },
  posterior: { label: 'candidates.posterior', sort: 'posterior', as: 'number' },
  chance: { label: 'candidates.chance', sort: 'expectedChanceCandidates', as: 'number' },
  loci: { label: 'candidates.loci', sort: 'lociCompared', as: 'number' },
  inconsistent: { label: 'candidates.inconsistent', sort: 'lociInconsistent', as: 'number' },
  missing: { label: 'candidateList.missing', sort: 'missing' },
  found: { label: 'candidateList.found' },
  born: { label: 'candidateList.born', as: 'line' },
  age: { label: 'candidateList.age', as: 'number' },
  sex: { label: 'candidateList.sex', as: 'line' },
  state: { label: 'candidates.state', as: 'line' },
  claims: { label: 'candidates.claims', as: 'line' },
  updated: { label: 'candidates.updated', sort: 'updatedAt', as: 'line' },
};

export const SORTED_COLUMNS = Object.values(COLUMN_FORMS).flatMap(({ label, sort }) =>
  sort ? [{ label, sort }] : [],
);
