/** What was made for a key; where there are more than `most`, the one that was made first goes. */
export function remember<Key, Value>(
  known: Map<Key, Value>,
  key: Key,
  make: () => Value,
  most = Infinity,
): Value {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
    const [oldest] = known.keys();
    if (known.size > most) known.delete(oldest!);
  }
  return value;
}
