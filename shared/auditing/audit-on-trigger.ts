/** trigger -> snapshot -> audit -> what is remembered. Several triggers about one subject share an audit. */
import pLimit from 'p-limit'
import { type Trigger, triggerSelection } from '../events/index.ts'
import { InputError } from '../input-error.ts'
import { each, everything, type Selection, selectsEverything } from '../selection.ts'
import { type AuditPorts, auditSubject, type SubjectAudit } from './audit-subject.ts'

/** Each audit makes about 20 calls; more at once only meets the account's API limits. */
const AUDITS_AT_ONCE = 2

/**
 * For one batch of triggers.
 * @param onAudit hears of each audit that was made
 * @returns a function that resolves when all that a trigger asks for is audited and remembered
 */
export function auditOnTriggers(
  ports: AuditPorts,
  onAudit: (done: SubjectAudit) => void,
): (trigger: Trigger) => Promise<void> {
  const limit = pLimit(AUDITS_AT_ONCE)
  const audits = new Map<string, Promise<void>>()

  /** What it found is remembered in any case. */
  async function auditAnswered(selection: Selection, trigger: Trigger): Promise<void> {
    const done = await auditSubject(ports, selection, trigger)
    onAudit(done)
    if (done.unanswered.length > 0)
      throw new Error(`AWS did not answer ${done.unanswered.join(', ')}: the audit must be made again`)
  }

  return async (trigger) => {
    refuseOthers(trigger)
    if (await ports.handled.has(trigger.key)) return
    const auditOnce = (selection: Selection) => {
      // A replayed event tells nobody, and a change knows who made it: neither shares an audit with others.
      const alone = trigger.kind === 'configuration-change' ? trigger.key : ''
      const key = JSON.stringify([selection, trigger.replayed, alone])
      const running = audits.get(key) ?? limit(auditAnswered, selection, trigger)
      audits.set(key, running)
      return running
    }
    await Promise.all((await selectionsOf(ports, trigger)).map(auditOnce))
    await ports.handled.add(trigger.key)
  }
}

function refuseOthers({ kind }: Trigger): void {
  if (kind === 'schedule')
    throw new InputError(
      `trigger ${kind}: names nothing to audit (target-health, alarm, ecs-task, ecs-service and configuration-change do)`,
    )
}

/** Subjects one by one: those that the trigger names, and those that rest on what was changed. */
async function selectionsOf(ports: AuditPorts, trigger: Trigger): Promise<readonly Selection[]> {
  const named = triggerSelection(trigger)
  const direct = selectsEverything(named) ? [] : each(named)
  if (trigger.kind !== 'configuration-change' || trigger.objects.length === 0) return direct
  const resting = await ports.pathObjects.subjectsOn(trigger.accountId, trigger.objects)
  const behind = resting.map(({ kind, arn }) =>
    kind === 'target-group' ? { ...everything, targetGroups: [arn] } : { ...everything, services: [arn] },
  )
  return [...new Map([...direct, ...behind].map((one) => [JSON.stringify(one), one])).values()]
}
