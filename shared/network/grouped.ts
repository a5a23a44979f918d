/** Things by their keys, in their order. */
export function grouped<K, T>(
  items: readonly T[],
  keys: (item: T) => Iterable<K>,
): ReadonlyMap<K, readonly T[]> {
  const map = new Map<K, T[]>()
  for (const item of items) {
    for (const key of keys(item)) {
      const list = map.get(key)
      if (list) list.push(item)
      else map.set(key, [item])
    }
  }
  return map
}
