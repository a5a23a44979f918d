/** Who changed what broke: from the change that set the audit off, else from what CloudTrail remembers. */
import type { Change } from '../events/change.ts'
import { canBreak } from '../events/configuration-calls.ts'
import type { Trigger } from '../events/index.ts'
import { objectNameOf } from '../events/last-change.ts'
import type { Finding } from '../findings/finding.ts'
import type { FindingRecord } from '../findings/record.ts'
import type { FindingStore } from '../findings/store.ts'
import type { Place } from '../snapshot/types.ts'

/** @param before ISO 8601 @param place whose CloudTrail is asked @returns undefined where nothing is recorded */
export type LastChange = (object: string, before: string, place: Place) => Promise<Change | undefined>

export interface AttributePorts {
  readonly store: Pick<FindingStore, 'head' | 'attribute'>
  readonly lastChange: LastChange
  readonly now: () => Date
}

/** CloudTrail allows two calls a second: the rest waits for the next audit of the subject. */
const MOST_QUESTIONS = 3
/** What CloudTrail does not tell within this time it hardly will. */
const ASK_HOURS = 6

/** @returns of how many it became known */
export async function attributeFindings(
  ports: AttributePorts,
  findings: readonly Finding[],
  trigger: Trigger,
): Promise<number> {
  const alarming = findings.filter(({ severity }) => severity !== 'low' && severity !== 'info')
  let [known, questions] = [0, 0]
  for (const { id, rootCause } of alarming) {
    const record = await ports.store.head(id)
    if (record?.status !== 'open') continue
    const object = objectNameOf(rootCause.component)
    const asks = isYoung(record, ports.now()) && questions < MOST_QUESTIONS
    const given = changeIn(trigger, object)
    if (!given && asks) questions += 1
    const change = given ?? (asks ? await lastChangeBefore(ports, object, record) : undefined)
    const after = change && (await ports.store.attribute(id, change))
    if (after && after.version !== record.version) known += 1
  }
  return known
}

const lastChangeBefore = (
  { lastChange }: AttributePorts,
  object: string,
  { openedAt, finding }: FindingRecord,
) => lastChange(object, openedAt, whereRecorded(object, finding.subject))

/**
 * IAM is global: CloudTrail records its calls in one Region of each partition.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 */
function whereRecorded(object: string, { accountId, region }: Place): Place {
  if (!object.startsWith('role/')) return { accountId, region }
  if (region.startsWith('cn-')) return { accountId, region: 'cn-north-1' }
  return { accountId, region: region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1' }
}

function changeIn(trigger: Trigger, object: string): Change | undefined {
  if (trigger.kind !== 'configuration-change' || !canBreak(trigger.change.eventName)) return undefined
  return trigger.objects.includes(object) ? trigger.change : undefined
}

const isYoung = ({ openedAt, changedBy }: FindingRecord, now: Date): boolean =>
  changedBy === undefined && now.getTime() - Date.parse(openedAt) < ASK_HOURS * 3_600_000
