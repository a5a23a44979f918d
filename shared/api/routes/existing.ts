import type { FindingRecord } from '../../findings/record.ts'
import { Problem } from '../problem.ts'

/** Identity.ts gives 32 hexadecimal digits; nothing else needs to be looked up. */
const FINDING_ID = /^[0-9a-f]{32}$/

/**
 * @param find what of the store finds it
 * @throws Problem `not-found`
 */
export async function existing(
  id: string | undefined,
  find: (id: string) => Promise<FindingRecord | undefined>,
): Promise<FindingRecord> {
  const record = id !== undefined && FINDING_ID.test(id) ? await find(id) : undefined
  if (record) return record
  throw new Problem(
    'not-found',
    `finding ${JSON.stringify(id)}: there is none with this id; GET /findings lists all`,
  )
}
