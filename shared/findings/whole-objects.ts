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

/**
 * Before the item is written. What the object store refuses must not keep a finding from being told: it is written
 * without.
 * @returns the record to write
 */
export async function placeObjects(
  { objects, onProblem }: RecordPorts,
  known: FindingRecord | undefined,
  next: FindingRecord,
  observations: readonly Observation[],
): Promise<FindingRecord> {
  if (!objects) return next
  const placed = await putWhole(objects, known, next, observations).catch((error: Error) => {
    onProblem?.(error)
    const incomplete = `it could not be written to s3://${objects.bucket}: ${error.name}: ${error.message}`
    return { ...next, whole: undefined, incomplete }
  })
  const toRetire: string[] = []
  for (const key of dueFor(objects, known, placed))
    await retire(objects, key).catch((error: Error) => {
      onProblem?.(error)
      toRetire.push(key)
    })
  return { ...placed, toRetire: toRetire.length > 0 ? toRetire : undefined }
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

/** Objects whose last days begin. */
function dueFor(
  { bucket }: ObjectStore,
  known: FindingRecord | undefined,
  next: FindingRecord,
): readonly string[] {
  const { toRetire = [], whole, status } = known ?? {}
  if (!whole || whole.bucket !== bucket) return toRetire
  const goes = whole.key !== next.whole?.key || (status === 'open' && next.status === 'resolved')
  return [...new Set([...toRetire, ...(goes ? [whole.key] : [])])]
}

/** Put again, its days begin now and not when the finding opened. */
async function retire(objects: ObjectStore, key: string): Promise<void> {
  const body = await objects.get({ bucket: objects.bucket, key })
  if (body) await objects.put(key, body)
}

/**
 * After the item is written, or was found to need no write: the object of an open finding stays, any other goes.
 * Somebody else may write meanwhile, or still act on what the item was: what it says last holds.
 * @throws Error when the object store refuses: the audit has to be made again
 */
export async function settleObjects(
  ports: RecordPorts,
  itemKey: ItemKey,
  known: FindingRecord | undefined,
  next: FindingRecord,
  observations: readonly Observation[],
): Promise<void> {
  const { objects } = ports
  if (!objects) return
  for (const key of dueFor(objects, known, next))
    if (!next.toRetire?.includes(key)) await objects.release(key)
  if (next.whole && next.status === 'open' && next.whole.bucket === objects.bucket)
    await settle(ports, objects, itemKey, next.whole, observations)
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
