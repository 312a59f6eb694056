import { useMemo, useState } from 'react';
import type { CandidateSummary } from './candidate-view.ts';
import { markRange, toggle } from './selection.ts';

export type Selection = ReturnType<typeof useSelection>;

/** Which candidates of a list are marked; what the list no longer shows is not among them. */
export function useSelection(candidates: readonly CandidateSummary[]) {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  /** The last one that was marked by itself, where a range begins. */
  const [anchor, setAnchor] = useState<string | null>(null);
  const ids = useMemo(() => candidates.map(({ id }) => id), [candidates]);
  const selected = useMemo(
    () => candidates.filter(({ id }) => marked.has(id)),
    [candidates, marked],
  );
  return {
    selected,
    isAll: ids.length > 0 && selected.length === ids.length,
    has: (id: string): boolean => marked.has(id),
    toggle(id: string): void {
      setMarked(toggle(marked, id));
      setAnchor(id);
    },
    /** Marks from the last one to this one. */
    extendTo(id: string): void {
      const from = anchor === null ? -1 : ids.indexOf(anchor);
      const to = ids.indexOf(id);
      setMarked(markRange(marked, ids, from < 0 ? to : from, to));
      setAnchor(id);
    },
    selectAll: () => {
      setMarked(new Set(ids));
    },
    clear: () => {
      setMarked(new Set());
      setAnchor(null);
    },
  };
}
