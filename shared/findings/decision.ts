/** The newest audit that decided about a subject: what comes later than it must not turn it back. */
import type { ItemTable } from './item-table.ts'
import { auditKey } from './keys.ts'
import type { Moment, Observation } from './life-cycle.ts'

export interface Decision {
  readonly moment: Moment
  /** Ids of its findings. */
  readonly found: readonly string[]
}

/** Before its findings are written: an older audit that runs at the same time shall see it. */
export async function announce(
  table: ItemTable,
  subjectArn: string,
  { moment, found }: Decision,
): Promise<void> {
  await table.put(
    { ...auditKey(subjectArn), entity: 'audit', ...moment, found },
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
  const { at, order, replayed, found } = item as unknown as Moment & { readonly found: readonly string[] }
  return { moment: { at, order, replayed }, found }
}

/** A newer audit that decided and did not find it: this finding is told late. */
export const overruling = (
  newest: Decision | undefined,
  id: string,
  moment: Moment,
): readonly Observation[] =>
  newest && newest.moment.order > moment.order && !newest.found.includes(id)
    ? [{ ...newest.moment, sees: 'nothing' }]
    : []
