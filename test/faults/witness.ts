/** Sees what the functions do as they do it: audits, what they resolved and opened against the truth, and latency. */
import type { AuditPorts } from '../../shared/auditing/audit-subject.ts'
import type { FindingChange } from '../../shared/findings/record.ts'
import type { ObservedAudit } from '../../shared/findings/store.ts'
import type { Market } from './market.ts'

/** A collection takes seconds, and what it saw first may be old in the end. */
const LOOKING = 5_000

export function witnessOf(market: Market) {
  const wrong: string[] = []
  const overtaken = new Set<string>()
  const blind: { readonly arn: string; readonly at: number }[] = []
  const looks: { arn: string; at: number; by: string }[] = []
  let [audits, undecided, sent] = [0, 0, 0]
  const owner = new Map(
    market.shops.flatMap((shop) => [shop.targetGroup, shop.service].map((arn) => [arn, shop])),
  )

  /** Whether the shop had this finding: at every moment of a look, at some, or at none. */
  function truth({ record }: FindingChange): 'always' | 'sometimes' | 'never' | undefined {
    const shop = owner.get(record.finding.subject.arn)
    if (!shop || record.finding.rootCause.code === 'undetermined') return undefined
    const from = Date.parse(record.changedAt)
    const states = market
      .lifeOf(shop)
      .filter(
        ({ from: begins }, index, all) =>
          begins <= from + LOOKING && (all[index + 1]?.from ?? Infinity) >= from,
      )
    const found = states.map(({ state }) => market.findingsOf(market.keyOf(shop, state)))
    if (found.every((findings) => findings.some(({ id }) => id === record.finding.id))) return 'always'
    // What the group's finding says otherwise, the service's says while AWS denies what the group's rests on.
    const { code } = record.finding.rootCause
    return states.some(({ state }) => market.codesOf(shop, state).includes(code)) ? 'sometimes' : 'never'
  }

  function check(audit: ObservedAudit, change: FindingChange): void {
    const { kind, record } = change
    const told = `${kind} ${record.finding.rootCause.code} of ${record.finding.subject.name} at ${record.changedAt}`
    if (kind === 'resolved' && truth(change) === 'always') wrong.push(`${told}: it was not over`)
    if ((kind === 'opened' || kind === 'reopened') && truth(change) === 'never')
      wrong.push(`${told}: it was not there`)
    const decided = audit.result.audited.find(
      ({ subject }) => subject.arn === record.finding.subject.arn,
    )?.decided
    const own = record.order.endsWith(`#${audit.tieBreaker}`) && record.order.startsWith(audit.observedAt)
    if (kind === 'resolved' && own && !decided) wrong.push(`${told}: by an audit that had not decided`)
  }

  function note({ result, observedAt, tieBreaker }: ObservedAudit): void {
    const at = Date.parse(observedAt)
    for (const { subject, notRuledOut = [], decided } of result.audited) {
      looks.push({ arn: subject.arn, at, by: tieBreaker })
      if (!decided || notRuledOut.length > 0) blind.push({ arn: subject.arn, at })
    }
  }

  return {
    wrong: wrong as readonly string[],
    /** Versions that a digest left out, because a newer one came with them. */
    overtaken: overtaken as ReadonlySet<string>,
    /** Whether an audit of the subject in this time was not told all. */
    wasBlind: (arn: string, from: number, to: number): boolean =>
      blind.some((one) => one.arn === arn && one.at >= from && one.at <= to),
    /** Whether nobody looked at the subject in this time, and a change of its configuration was audited only afterwards. */
    wasLate: (arn: string, from: number, to: number): boolean => {
      const own = looks.filter((one) => one.arn === arn && one.at >= from)
      return own.every(({ at }) => at > to) && own.some(({ by }) => by.startsWith('cloudtrail#'))
    },
    counts: () => ({ audits, undecided, sent }),
    sent() {
      sent += 1
    },
    batch(versions: readonly (readonly [string, number])[]) {
      const newest = new Map(versions)
      if (newest.size <= 10) return
      for (const [id, version] of versions)
        if (version < (newest.get(id) ?? 0)) overtaken.add(`${id} ${version}`)
    },
    watching: (ports: AuditPorts): AuditPorts => ({
      ...ports,
      store: {
        ...ports.store,
        async recordAudit(audit) {
          audits += 1
          undecided += audit.result.audited.some(({ decided }) => !decided) ? 1 : 0
          note(audit)
          const changes = await ports.store.recordAudit(audit)
          for (const change of changes) check(audit, change)
          return changes
        },
      },
    }),
  }
}
