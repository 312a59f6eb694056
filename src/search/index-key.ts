let keys = 0;

/** Tells the indexes of one process apart. */
export function nextIndexKey(): number {
  return ++keys;
}
