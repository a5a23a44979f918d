/** The newest audit that decided about a subject: what comes later than it must not turn it back. */
import type { Finding } from './finding.ts'
import type { ItemTable } from './item-table.ts'
import { auditKey } from './keys.ts'
import type { Moment, Observation } from './life-cycle.ts'

export interface Decision {
  readonly moment: Moment
  /** Ids of its findings. */
  readonly found: readonly string[]
  /** Causes about which it decided nothing. */
  readonly notRuledOut: readonly string[]
}

/** Whether the audit says that this finding is over. */
export const isOver = ({ found, notRuledOut }: Decision, { id, rootCause }: Finding): boolean =>
  !found.includes(id) && !notRuledOut.includes(rootCause.code)

/** Before its findings are written: an older audit that runs at the same time shall see it. */
export async function announce(
  table: ItemTable,
  subjectArn: string,
  { moment, found, notRuledOut }: Decision,
): Promise<void> {
  await table.put(
    { ...auditKey(subjectArn), entity: 'audit', ...moment, found, notRuledOut },
    {
      text: 'attribute_not_exists(pk) OR #order < :order',
      names: { '#order': 'order' },
      values: { ':order': moment.order },
    },
  )
}

export async function newestDecision(table: ItemTable, subjectArn: string): Promise<Decision | undefined> {
  const item = await table.get(auditKey(subjectArn))
  if (!item) return undefined
  const {
    at,
    order,
    replayed,
    found,
    notRuledOut = [],
  } = item as unknown as Moment & Pick<Decision, 'found'> & Partial<Decision>
  return { moment: { at, order, replayed }, found, notRuledOut }
}

/** A newer audit that decided and did not find it: this finding is told late. */
export const overruling = (
  newest: Decision | undefined,
  finding: Finding,
  moment: Moment,
): readonly Observation[] =>
  newest && newest.moment.order > moment.order && isOver(newest, finding)
    ? [{ ...newest.moment, sees: 'nothing' }]
    : []
