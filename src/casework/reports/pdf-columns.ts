/**
 * Widths of columns that together are exactly as wide as a page: each as wide as it wants where
 * there is room, and what is left over shared in proportion; else the widest give way first.
 * @param wanted above 0, in any unit
 */
export function fitColumns(wanted: readonly number[], available: number): number[] {
  const sum = wanted.reduce((total, width) => total + width, 0);
  if (sum <= available) return wanted.map((width) => (width * available) / sum);
  const ascending = [...wanted].sort((a, b) => a - b);
  let left = available;
  let limit = 0;
  ascending.every((width, place) => {
    limit = left / (wanted.length - place);
    left -= width;
    return width <= limit;
  });
  return wanted.map((width) => Math.min(width, limit));
}
