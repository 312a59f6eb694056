/** Marks one that was not marked, and takes the mark off one that was. */
export function toggle(marked: ReadonlySet<string>, id: string): Set<string> {
  const changed = new Set(marked);
  if (!changed.delete(id)) changed.add(id);
  return changed;
}

/** Marks all from one place of a list to another, whichever comes first. */
export function markRange(
  marked: ReadonlySet<string>,
  ids: readonly string[],
  from: number,
  to: number,
): Set<string> {
  const range = ids.slice(Math.min(from, to), Math.max(from, to) + 1);
  return new Set([...marked, ...range]);
}
