/** Which of a list are marked, and the last one that was marked by itself, where a range begins. */
export type Marks = { readonly marked: ReadonlySet<string>; readonly anchor: string | null };

/** What somebody does with marks. */
export type MarkAction =
  { readonly do: 'toggle' | 'extend'; readonly id: string } | { readonly do: 'all' | 'none' };

export const NO_MARKS: Marks = { marked: new Set(), anchor: null };

/**
 * Marks after something was done.
 * @param ids of the list, in its order
 */
export function mark(marks: Marks, action: MarkAction, ids: readonly string[]): Marks {
  switch (action.do) {
    case 'toggle':
      return { marked: toggle(marks.marked, action.id), anchor: action.id };
    case 'extend':
      return { marked: markRange(marks, action.id, ids), anchor: action.id };
    case 'all':
      return { marked: new Set(ids), anchor: null };
    case 'none':
      return NO_MARKS;
  }
}

function toggle(marked: ReadonlySet<string>, id: string): Set<string> {
  const changed = new Set(marked);
  if (!changed.delete(id)) changed.add(id);
  return changed;
}

/** All from the last one to this one, whichever comes first. */
function markRange({ marked, anchor }: Marks, id: string, ids: readonly string[]): Set<string> {
  const to = ids.indexOf(id);
  const known = anchor === null ? -1 : ids.indexOf(anchor);
  const from = known < 0 ? to : known;
  return new Set([...marked, ...ids.slice(Math.min(from, to), Math.max(from, to) + 1)]);
}
