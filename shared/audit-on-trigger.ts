/** trigger -> snapshot -> audit -> what is remembered. Several triggers about one target group share an audit. */
import pLimit from 'p-limit'
import type { audit } from './audit.ts'
import type { HandledEvents } from './events/handled.ts'
import { type Trigger, triggerSelection } from './events/index.ts'
import type { AuditResult } from './findings/finding.ts'
import type { FindingChange } from './findings/record.ts'
import type { FindingStore } from './findings/store.ts'
import { InputError } from './input-error.ts'
import { everything } from './selection.ts'
import type { Snapshot } from './snapshot/types.ts'

export interface AuditPorts {
  /** Asks AWS for what the health-check paths of these groups can touch. */
  readonly collect: (targetGroupArns: readonly string[]) => Promise<Snapshot>
  readonly audit: typeof audit
  readonly store: FindingStore
  readonly handled: HandledEvents
  readonly now: () => Date
}

export interface GroupAudit {
  readonly targetGroupArn: string
  readonly result: AuditResult
  readonly changes: readonly FindingChange[]
  readonly milliseconds: number
}

/** Each audit makes about 20 calls; more at once only meets the account's API limits. */
const AUDITS_AT_ONCE = 2

/**
 * For one batch of triggers.
 * @param onAudit hears of each audit that was made
 * @returns a function that resolves when all that a trigger asks for is audited and remembered
 */
export function auditOnTriggers(
  ports: AuditPorts,
  onAudit: (done: GroupAudit) => void,
): (trigger: Trigger) => Promise<void> {
  const limit = pLimit(AUDITS_AT_ONCE)
  const audits = new Map<string, Promise<void>>()

  return async (trigger) => {
    const groups = targetGroupsOf(trigger)
    if (await ports.handled.has(trigger.key)) return
    // A replayed event tells nobody: it must not share an audit with one that does.
    const auditOnce = (arn: string) => {
      const key = `${arn}#${trigger.replayed}`
      const running = audits.get(key) ?? limit(async () => onAudit(await auditGroup(ports, arn, trigger)))
      audits.set(key, running)
      return running
    }
    await Promise.all(groups.map(auditOnce))
    await ports.handled.add(trigger.key)
  }
}

function targetGroupsOf(trigger: Trigger): readonly string[] {
  const { targetGroups } = triggerSelection(trigger)
  if (targetGroups.length > 0) return targetGroups
  throw new InputError(`trigger ${trigger.kind}: names no target group to audit (target-health and alarm do)`)
}

async function auditGroup(ports: AuditPorts, arn: string, { key, replayed }: Trigger): Promise<GroupAudit> {
  const started = ports.now().getTime()
  const snapshot = await ports.collect([arn])
  const result = ports.audit(snapshot, { ...everything, targetGroups: [arn] })
  // What counts is when AWS was asked, not when the event was sent: a late event sees the present.
  const changes = await ports.store.recordAudit({
    result,
    observedAt: snapshot.collectedAt,
    tieBreaker: key,
    replayed,
  })
  return { targetGroupArn: arn, result, changes, milliseconds: ports.now().getTime() - started }
}
