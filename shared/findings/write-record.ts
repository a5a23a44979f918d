/** One finding, written under the condition that nobody wrote in between, with its history. */
import { historyEntry, type StoredRecord, toItem } from './item.ts'
import { absent, type ItemTable } from './item-table.ts'
import { changeKey, type ItemKey } from './keys.ts'
import { type Observation, observeAll } from './life-cycle.ts'
import { type RecordPorts, readRecord } from './read-record.ts'
import type { FindingChange, FindingRecord } from './record.ts'
import { TTL_ATTRIBUTE } from './table.ts'
import { placeObjects, settleObjects } from './whole-objects.ts'

/** Reads, applies, writes under the condition that nobody wrote in between; else once more. */
export async function write(
  ports: RecordPorts,
  key: ItemKey,
  observations: readonly Observation[],
): Promise<readonly FindingChange[]> {
  if (observations.length === 0) return []
  for (;;) {
    const stored = await readRecord(ports.table, key)
    const observed = observeAll(stored?.record, observations)
    if (observed === undefined) return []
    const placed =
      observed === stored?.record && !observed.toRetire
        ? { record: observed, retired: [] }
        : await placeObjects(ports, stored?.record, observed, observations)
    if (await written(ports, stored, placed.record)) {
      await settleObjects(ports, key, placed, observations)
      return changeBetween(stored?.record, placed.record)
    }
  }
}

/** With the history of both versions. @returns false when somebody wrote in between */
async function written(
  ports: RecordPorts,
  stored: StoredRecord | undefined,
  next: FindingRecord,
): Promise<boolean> {
  const isNews = next !== stored?.record
  // The history of the version that stands must not be lost when a run was cut off before writing it.
  if (stored && stored.record.version !== next.version) await keepHistory(ports, stored.record)
  if (isNews && !(await replace(ports.table, { record: next, revision: stored?.revision ?? 0 }))) return false
  if (!isNews || next.version !== stored?.record.version) await keepHistory(ports, next)
  return true
}

/** @param stored the record to write, with the revision that was read (0: there was none) */
export const replace = (table: ItemTable, { record, revision }: StoredRecord): Promise<boolean> =>
  table.put(
    toItem({ record, revision: revision + 1 }),
    revision === 0 ? absent : { text: 'revision = :read', values: { ':read': revision } },
  )

/** Once: a repetition changes nothing. */
export async function keepHistory(
  { table, now, historyDays }: RecordPorts,
  record: FindingRecord,
): Promise<void> {
  const { subject, id } = record.finding
  const expiresAt = Math.floor(now().getTime() / 1000) + historyDays * 24 * 3600
  const item = { ...changeKey(subject.arn, id, record.version), entity: 'change', ...historyEntry(record) }
  await table.put({ ...item, [TTL_ATTRIBUTE]: expiresAt }, absent)
}

function changeBetween(previous: FindingRecord | undefined, record: FindingRecord): readonly FindingChange[] {
  if (previous?.version === record.version) return []
  return [{ kind: record.changeKind, record, ...(previous && { previous }) }]
}
