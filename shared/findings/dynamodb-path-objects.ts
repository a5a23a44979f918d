/** Who rests on what, in the findings table: one item for each object and subject, and what was kept of a subject last. */
import pLimit from 'p-limit'
import * as z from 'zod'
import type { ItemTable } from './item-table.ts'
import { keptObjectsKey, objectKey } from './keys.ts'
import type { PathObjects } from './path-objects.ts'
import { queryAll } from './query-all.ts'
import { TTL_ATTRIBUTE } from './table.ts'

const DAY = 24 * 3600
/** What a subject no longer rests on is forgotten after this. */
const FORGET_DAYS = 30
/** Long before that, what it still rests on is kept anew. */
const RENEW_DAYS = 7
const WRITES_AT_ONCE = 10

const keptSchema = z.object({ objects: z.array(z.string()), keptAt: z.number() })

const subjectSchema = z.object({
  kind: z.enum(['target-group', 'ecs-service', 'ecs-task', 'load-balancer']),
  arn: z.string(),
  name: z.string(),
  accountId: z.string(),
  region: z.string(),
})

export function dynamodbPathObjects(table: ItemTable, now: () => Date): PathObjects {
  const seconds = () => Math.floor(now().getTime() / 1000)
  const limit = pLimit(WRITES_AT_ONCE)

  /** Whatever is kept for long already is kept anew. */
  async function keptBefore(arn: string): Promise<z.infer<typeof keptSchema>> {
    const kept = keptSchema.safeParse(await table.get(keptObjectsKey(arn))).data
    return kept && kept.keptAt > seconds() - RENEW_DAYS * DAY ? kept : { objects: [], keptAt: seconds() }
  }

  return {
    async keep({ kind, arn, name, accountId, region }, objects) {
      const before = await keptBefore(arn)
      const known = new Set(before.objects)
      const added = objects.filter((object) => !known.has(object))
      if (added.length === 0) return
      const subject = { kind, arn, name, accountId, region }
      const expiry = { [TTL_ATTRIBUTE]: seconds() + FORGET_DAYS * DAY }
      const put = (object: string) =>
        table.put({ ...objectKey(accountId, object, arn), entity: 'object', ...subject, ...expiry })
      await Promise.all(added.map((object) => limit(put, object)))
      // Last, so that a run that was cut off is made good by the next.
      await table.put({ ...keptObjectsKey(arn), entity: 'objects', ...before, objects, ...expiry })
    },

    async subjectsOn(accountId, objects) {
      const found = await Promise.all(
        objects.map((object) =>
          limit(() =>
            queryAll(table, {
              KeyConditionExpression: 'pk = :pk',
              ExpressionAttributeValues: { ':pk': objectKey(accountId, object, '').pk },
            }),
          ),
        ),
      )
      const subjects = found.flat().map((item) => subjectSchema.parse(item))
      return [...new Map(subjects.map((subject) => [subject.arn, subject])).values()]
    },
  }
}
