/** Which tube is drawn again, as the address says it. */
export type RedrawSearch = { readonly replaces?: string; readonly sample?: string };

const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** What an address says of a redraw: both the tube and its sample, or nothing. */
export function readRedraw(search: Readonly<Record<string, unknown>>): RedrawSearch {
  const [replaces, sample] = [textIn(search.replaces), textIn(search.sample)];
  return replaces !== undefined && sample !== undefined ? { replaces, sample } : {};
}
