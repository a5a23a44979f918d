/**
 * The objects of large findings, beside the writes of their items. An object is put before the item points to it, with
 * days to live; it is kept once the item does, and its last days begin before the item points elsewhere or is resolved.
 * Whatever is cut off in between leaves an object that goes by itself, or one that the next audit keeps.
 */
import type { ItemKey } from './keys.ts'
import type { Observation } from './life-cycle.ts'
import type { ObjectPointer, ObjectStore } from './object-store.ts'
import { type RecordPorts, readRecord } from './read-record.ts'
import type { FindingRecord } from './record.ts'
import type { WholeFinding } from './whole-finding.ts'

export interface Placed {
  /** What to write. */
  readonly record: FindingRecord
  /** Objects whose last days have begun, if it is written. */
  readonly retired: readonly string[]
}

/**
 * Before the item is written. What the object store refuses must not keep a finding from being told: it is written
 * without.
 */
export async function placeObjects(
  { objects, onProblem }: RecordPorts,
  known: FindingRecord | undefined,
  next: FindingRecord,
  observations: readonly Observation[],
): Promise<Placed> {
  if (!objects) return { record: next, retired: [] }
  const placed = await putWhole(objects, known, next, observations).catch((error: Error) => {
    onProblem?.(error)
    const incomplete = `it could not be written to s3://${objects.bucket}: ${error.name}: ${error.message}`
    return { ...next, whole: undefined, incomplete }
  })
  const former = formerOf(objects, known, placed)
  const due = [...new Set([...(known?.toRetire ?? []), ...former])]
  const retired: string[] = []
  for (const key of due)
    await retire(objects, key).then(
      () => retired.push(key),
      (error: Error) => onProblem?.(error),
    )
  // Somebody who still acts on what the item was may keep what it no longer points to: the next write looks again.
  const again = due.filter(
    (key) => !retired.includes(key) || (former.includes(key) && key !== placed.whole?.key),
  )
  return { record: { ...placed, toRetire: again.length > 0 ? again : undefined }, retired }
}

async function putWhole(
  objects: ObjectStore,
  known: FindingRecord | undefined,
  next: FindingRecord,
  observations: readonly Observation[],
): Promise<FindingRecord> {
  const isNew = next.whole !== undefined && next.whole.key !== known?.whole?.key
  const whole = isNew ? wholeIn(observations, next.whole.sha256) : undefined
  if (whole) await objects.put(whole.pointer.key, whole.body())
  return next
}

/** The object that the item pointed to, where it will no more, or not as that of an open finding. */
function formerOf(
  { bucket }: ObjectStore,
  known: FindingRecord | undefined,
  next: FindingRecord,
): readonly string[] {
  if (!known?.whole || known.whole.bucket !== bucket) return []
  const { key } = known.whole
  const goes = key !== next.whole?.key || (known.status === 'open' && next.status === 'resolved')
  return goes ? [key] : []
}

/** Put again, its days begin now and not when the finding opened. */
async function retire(objects: ObjectStore, key: string): Promise<void> {
  const body = await objects.get({ bucket: objects.bucket, key })
  if (body) await objects.put(key, body)
}

/**
 * After the item is written, or was found to need no write: the object of an open finding stays, any other goes.
 * Somebody else may write meanwhile, or still act on what the item was: what it says last holds. Whatever is refused
 * here the next audit that sees the finding asks for again.
 */
export async function settleObjects(
  ports: RecordPorts,
  itemKey: ItemKey,
  { record: { whole, status }, retired }: Placed,
  observations: readonly Observation[],
): Promise<void> {
  const { objects } = ports
  if (!objects) return
  try {
    for (const key of retired) if (key !== whole?.key || status !== 'open') await objects.release(key)
    if (whole && status === 'open' && whole.bucket === objects.bucket)
      await settle(ports, objects, itemKey, whole, observations)
  } catch (error) {
    ports.onProblem?.(error as Error)
  }
}

async function settle(
  { table, onProblem }: RecordPorts,
  objects: ObjectStore,
  itemKey: ItemKey,
  { key, sha256 }: ObjectPointer,
  observations: readonly Observation[],
): Promise<void> {
  let stays = true
  for (;;) {
    if (!stays) await objects.release(key)
    else if (!(await keep(objects, key, wholeIn(observations, sha256))))
      return onProblem?.(
        new Error(`s3://${objects.bucket}/${key} is gone, and what it held is not known here`),
      )
    const now = (await readRecord(table, itemKey))?.record
    const isWanted = now?.status === 'open' && now.whole?.key === key
    if (isWanted === stays) return
    stays = isWanted
  }
}

/** What somebody deleted is put again, where the audit saw the same. */
async function keep(objects: ObjectStore, key: string, whole: WholeFinding | undefined): Promise<boolean> {
  if (await objects.keep(key)) return true
  if (!whole) return false
  await objects.put(key, whole.body())
  return objects.keep(key)
}

const wholeIn = (observations: readonly Observation[], sha256: string): WholeFinding | undefined =>
  observations
    .flatMap((seen) => (seen.sees === 'problem' && seen.whole ? [seen.whole] : []))
    .find(({ pointer }) => pointer.sha256 === sha256)
