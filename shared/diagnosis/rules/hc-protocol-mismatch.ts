/**
 * Plain HTTP to a TLS port, TLS to a plain port, HTTP to a gRPC server, a proxy protocol header that is not expected.
 * The target refuses, breaks off or answers 400; another HTTP code shows that both speak the same.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-troubleshooting.html
 */
import type { Confidence } from '../../findings/finding.ts'
import { codesOf } from '../checks/answers.ts'
import { arrives, isAnswered, isTimeout } from '../checks/arrival.ts'
import { groupComponent, groupName } from '../checks/evidence.ts'
import { PROXY_PROTOCOL, type ProtocolHint, protocolHint } from '../checks/protocol-hints.ts'
import { servedPorts } from '../checks/served-ports.ts'
import { groupBy } from '../ecs/group-by.ts'
import { type GroupFacts, type Incident, isInvoked, type TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'
import { healthEvidence } from '../path/evidence.ts'
import { isFailing } from '../reasons.ts'

const BAD_REQUEST = 400

export const hcProtocolMismatch: CauseRule = {
  code: 'hc.protocol-mismatch',
  judge(incident, suspects) {
    const { group } = incident
    const failing = suspects.filter(isFailing)
    if (!group || failing.length === 0) return []
    if (isInvoked(incident)) return absent('the function is invoked, whatever protocol clients speak')
    const { HealthCheckProtocol: protocol } = group.targetGroup
    if (protocol === undefined) return notKnown(protocolMissing)
    if (protocol === 'TCP') return absent('a TCP check only connects and speaks no protocol')
    const unclear = failing.filter(mayMisunderstand)
    if (unclear.length === 0) return absent('the target answers in the protocol of the check')
    return judgeUnclear(incident, group, unclear)
  },
}

const protocolMissing = {
  missing: 'elasticloadbalancing:DescribeTargetGroups',
  because: 'the protocol of the health check is not told',
}

const mayMisunderstand = (target: TargetFacts): boolean =>
  target.reason !== 'Target.ResponseCodeMismatch' || codesOf(target).includes(BAD_REQUEST)

function judgeUnclear(
  incident: Incident,
  group: GroupFacts,
  unclear: readonly TargetFacts[],
): readonly Judgement[] {
  const hinted = unclear.flatMap((target) => {
    const hint = protocolHint(incident, target)
    return hint ? [{ target, hint }] : []
  })
  const arrived = hinted.filter(({ target }) => arrives(group, target))
  if (arrived.length > 0)
    return groupBy(arrived, ({ hint }) => hint.says).map((own) =>
      present(group, own[0].hint, [own[0].target, ...own.slice(1).map(({ target }) => target)]),
    )
  // Packets that never arrive show nothing of what the target speaks.
  if (hinted.length > 0) return []
  const missing = unclear.flatMap((target) => missingFor(incident, group, target))
  if (missing.length > 0) return missing.slice(0, 1).flatMap(notKnown)
  return absent(
    `nothing says that the target speaks anything but ${group.targetGroup.HealthCheckProtocol} on port ${unclear[0]?.checkPort}${versions(group)}`,
  )
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html */
const versions = ({ targetGroup: { HealthCheckProtocol: check }, loadBalancers }: GroupFacts): string =>
  check === 'HTTPS' && loadBalancers.known && loadBalancers.value.some(({ Type }) => Type === 'network')
    ? '; but the target must take TLS 1.2, since Network Load Balancers do not check over TLS 1.3'
    : ''

function missingFor(incident: Incident, group: GroupFacts, target: TargetFacts) {
  if (target.checkPort === undefined)
    return [
      {
        missing: 'elasticloadbalancing:DescribeTargetHealth',
        because: 'the health-check port is not told',
      },
    ]
  // Proxy protocol is a Network Load Balancer's; an Application Load Balancer got an HTTP answer or none.
  const byNetwork = !isAnswered(group, target) && !isTimeout(target)
  if (byNetwork && !group.attributes.known)
    return [
      { ...group.attributes.missing, because: `${group.attributes.missing.because} (${PROXY_PROTOCOL})` },
    ]
  const served = target.reason === 'Target.ResponseCodeMismatch' ? undefined : servedPorts(incident, target)
  return served && !served.known ? [served.missing] : []
}

function present(
  group: GroupFacts,
  hint: ProtocolHint,
  targets: readonly [TargetFacts, ...TargetFacts[]],
): Judgement {
  return {
    kind: 'present',
    confidence: confidenceOf(hint, targets),
    title: `Health check of ${groupName(group.targetGroup)} speaks to the target ${hint.says}`,
    component: groupComponent(group.targetGroup),
    evidence: [...hint.evidence, healthEvidence(targets[0])],
    targets,
    fixes: hint.fixes,
  }
}

const confidenceOf = ({ strong }: ProtocolHint, targets: readonly TargetFacts[]): Confidence =>
  strong && !targets.every(isTimeout) ? 'likely' : 'possible'
