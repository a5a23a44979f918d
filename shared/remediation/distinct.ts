/** Two causes may propose the same change: it is made once. */
import type { Fix, Patch } from '../diagnosis/fix.ts'

/** The fixes without what an earlier one does already; a fix with nothing left to do is dropped. */
export function distinctFixes(fixes: readonly Fix[]): readonly Fix[] {
  const seen = new Set<string>()
  return fixes.flatMap((fix) => {
    const patches = fix.patches.filter((patch) => isNew(seen, meaningOf(patch)))
    const manual = fix.manual && isNew(seen, canonical(fix.manual)) ? fix.manual : undefined
    return patches.length > 0 || manual ? [{ ...fix, patches, manual }] : []
  })
}

/** What a patch does, in one text: the number of a network ACL entry is only its place. */
function meaningOf(patch: Patch): string {
  if (patch.kind !== 'network-acl-entry') return canonical(patch)
  return canonical({ ...patch, entry: { ...patch.entry, RuleNumber: 0 } })
}

/** JSON with sorted keys, so that equal values are equal texts. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) =>
    item !== null && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  )

function isNew(seen: Set<string>, key: string): boolean {
  const fresh = !seen.has(key)
  seen.add(key)
  return fresh
}
