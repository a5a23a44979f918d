/** A finding with its life as programs read it: `hca findings show --output json`, and GET /findings/{id}. */
import { type FindingRecord, isSuppressed } from './record.ts'

/** @param now ISO 8601: a suppression may have run out */
export function findingDocument(record: FindingRecord, now: string) {
  const {
    finding,
    status,
    order: _order,
    seenOrder: _seenOrder,
    whole: _whole,
    toRetire: _toRetire,
    ...life
  } = record
  const suppressed = status === 'open' && isSuppressed(record, now)
  return {
    schemaVersion: '1' as const,
    status: suppressed ? ('suppressed' as const) : status,
    ...life,
    finding,
  }
}
