import { useMemo, useReducer } from 'react';
import type { CandidateSummary } from './candidate-view.ts';
import { mark, type MarkAction, type Marks, NO_MARKS } from './selection.ts';

export type Selection = ReturnType<typeof useSelection>;

/** Which candidates of a list are marked; what the list no longer shows is not among them. */
export function useSelection(candidates: readonly CandidateSummary[]) {
  const ids = useMemo(() => candidates.map(({ id }) => id), [candidates]);
  const [{ marked }, act] = useReducer(
    (marks: Marks, action: MarkAction) => mark(marks, action, ids),
    NO_MARKS,
  );
  const selected = useMemo(
    () => candidates.filter(({ id }) => marked.has(id)),
    [candidates, marked],
  );
  return {
    selected,
    isAll: ids.length > 0 && selected.length === ids.length,
    has: (id: string): boolean => marked.has(id),
    /** The same function throughout, so that rows that did not change are not drawn again. */
    act,
    selectAll: () => {
      act({ do: 'all' });
    },
    clear: () => {
      act({ do: 'none' });
    },
  };
}
