/** A finding that is too large for an item: what the item keeps of it, and the object that has it whole. */
import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { type BoundedFinding, bounded } from './bounded.ts'
import type { Finding } from './finding.ts'
import type { ObjectPointer, ObjectReader } from './object-store.ts'
import type { FindingRecord } from './record.ts'

/** DynamoDB takes items of at most 400 KB. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const MAX_ITEM_BYTES = 350 * 1024
/** Beside an object the item keeps what messages show: each write of it costs by its size. */
const HEAD_SHARE = 0.3

export interface WholeFinding {
  readonly pointer: ObjectPointer
  readonly body: () => Uint8Array
}

export interface SizedFinding extends BoundedFinding {
  readonly whole?: WholeFinding
}

/**
 * @param order the observation's: each has an object of its own, so that none is ever written over by another
 * @param bucket undefined: without an object store, what does not fit is left out
 */
export function sized(
  finding: Finding,
  order: string,
  bucket: string | undefined,
  maxBytes = MAX_ITEM_BYTES,
): SizedFinding {
  const json = JSON.stringify(finding)
  const bytes = Buffer.byteLength(json)
  if (bytes <= maxBytes) return { finding }
  if (bucket === undefined) return bounded(finding, maxBytes)
  const pointer = {
    bucket,
    key: `findings/${finding.id}/${sha256(JSON.stringify([order, json]))}.json.gz`,
    sha256: sha256(json),
    bytes,
  }
  return {
    ...bounded(finding, Math.floor(maxBytes * HEAD_SHARE)),
    whole: { pointer, body: () => gzipSync(json) },
  }
}

/**
 * @param mostBytes of the finding as JSON that the caller can take
 * @returns the record with its finding whole; else as the item has it, with the reason in `incomplete`
 */
export async function readWhole(
  record: FindingRecord,
  reader: ObjectReader | undefined,
  mostBytes = Infinity,
): Promise<FindingRecord> {
  const { whole, truncated: _truncated, ...rest } = record
  if (!whole) return record
  const name = `s3://${whole.bucket}/${whole.key}`
  if (!reader) return { ...record, incomplete: `the rest is in ${name}, which cannot be read from here` }
  if (whole.bytes > mostBytes)
    return {
      ...record,
      incomplete: `all of it has ${whole.bytes} bytes, at most ${mostBytes} can be answered`,
    }
  try {
    const body = await reader.get(whole)
    if (!body) return { ...record, incomplete: `${name} is not there` }
    return { ...rest, whole, finding: parsed(body, whole) }
  } catch (error) {
    const { name: kind, message } = error as Error
    return { ...record, incomplete: `${name} could not be read: ${kind}: ${message}` }
  }
}

/** @throws Error for anything else than what was stored */
function parsed(body: Uint8Array, { bytes, sha256: expected }: ObjectPointer): Finding {
  const json = gunzipSync(body, { maxOutputLength: bytes })
  if (sha256(json) !== expected) throw new Error('its checksum is not that of what was stored')
  return JSON.parse(json.toString('utf8')) as Finding
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')
