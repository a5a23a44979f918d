/**
 * Route 53 calls a load balancer unhealthy as soon as one of its target groups has no healthy target, and sends the
 * clients of all the others elsewhere, too. https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html
 */
import type { Evidence } from '../../findings/finding.ts'
import type { LoadBalancer } from '../../snapshot/types.ts'
import { groupName } from '../checks/evidence.ts'
import { type Alias, aliasesOf, RECORDS } from '../edge/aliases.ts'
import { type ServedGroup, servedGroups } from '../edge/served-groups.ts'
import { balancerName } from '../edge/words.ts'
import type { Fix } from '../fix.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

export const edgeRoute53EvaluateTargetHealth: CauseRule = {
  code: 'edge.route53-evaluate-target-health',
  judge({ balancer, network, scope }) {
    if (!balancer) return []
    const { list, missing } = aliasesOf(network.snapshot.scopes, balancer)
    const aliases = list.filter(turnsAway)
    if (aliases.length === 0 && missing.length === 0) return []
    const groups = servedGroups(scope, balancer)
    if (!groups.known) return notKnown(groups.missing)
    const down = groups.value.filter(({ health }) => health === 'unhealthy')
    const up = groups.value.filter(({ health }) => health === 'healthy')
    if (down.length === 0)
      return absent(`no target group of ${balancerName(balancer)} is unhealthy as a whole`)
    if (up.length === 0)
      return absent(`no target of ${balancerName(balancer)} is healthy: its clients are better off elsewhere`)
    const found = aliases.length > 0 ? [presentOf(balancer, aliases, down, up)] : []
    return [...found, ...missing.flatMap(notKnown)]
  },
}

/** One that gets clients while all is well, and loses them to another when it is not. */
const turnsAway = ({ recordSet: { AliasTarget, Failover, Weight }, others }: Alias): boolean =>
  AliasTarget?.EvaluateTargetHealth === true && Failover !== 'SECONDARY' && Weight !== 0 && others.length > 0

const namesOf = (groups: readonly ServedGroup[]): string =>
  groups.map(({ targetGroup }) => groupName(targetGroup)).join(', ')

function presentOf(
  balancer: LoadBalancer,
  aliases: readonly Alias[],
  down: readonly ServedGroup[],
  up: readonly ServedGroup[],
): Judgement {
  const hosts = [...new Set(aliases.map(hostOf))]
  const [host = ''] = hosts
  return {
    kind: 'present',
    confidence: 'proven',
    title: `Route 53 turns clients of ${hosts.join(', ')} away from load balancer ${balancerName(balancer)} because ${namesOf(down)} has no healthy target, though ${namesOf(up)} has`,
    component: { type: 'record-set', id: aliases.map(idOf)[0] ?? host, name: host },
    evidence: [...aliases.map(aliasEvidence), ...[...down, ...up].map(healthEvidence)],
    targets: [],
    fixes: fixesFor(balancer, aliases, hosts),
  }
}

const hostOf = ({ recordSet }: Alias): string => recordSet.Name.replace(/\.$/, '')
const idOf = (alias: Alias): string => `${hostOf(alias)}/${alias.recordSet.SetIdentifier ?? ''}`

const aliasEvidence = (alias: Alias): Evidence => ({
  operation: RECORDS,
  resource: alias.zone,
  field: `${alias.recordSet.Type} ${idOf(alias)}: AliasTarget.EvaluateTargetHealth`,
  observed: true,
  expected: 'false, or a load balancer with one target group',
})

const healthEvidence = ({ targetGroup, states }: ServedGroup): Evidence => ({
  operation: 'elasticloadbalancing:DescribeTargetHealth',
  resource: targetGroup.TargetGroupArn,
  field: 'TargetHealth.State',
  observed: states,
  expected: 'at least one healthy target in every group',
})

function fixesFor(
  balancer: LoadBalancer,
  aliases: readonly Alias[],
  hosts: readonly string[],
): readonly Fix[] {
  if (aliases.some(({ recordSet }) => recordSet.TrafficPolicyInstanceId !== undefined)) return []
  return [
    {
      title: `Answer for ${hosts.join(', ')} with ${balancerName(balancer)}, whatever one of its target groups does`,
      patches: aliases.map(({ zone, recordSet }) => ({
        kind: 'alias-health',
        hostedZoneId: zone,
        recordSet,
      })),
      verifiable: true,
    },
  ]
}
