/** As many as tell one content from another. */
const SHOWN_DIGITS = 8;

/** A frequency table by its name and the beginning of its content's hash: names alone need not differ. */
export function tableLabel({ name, contentHash }: { name: string; contentHash: string }): string {
  const digits = contentHash.split(':').at(-1) ?? '';
  return `${name} · ${digits.slice(0, SHOWN_DIGITS)}`;
}
