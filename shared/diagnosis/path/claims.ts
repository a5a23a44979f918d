/** Which cause a breach belongs to: the first that claims it. The more specific causes come first. */
import { groupsIn } from '../../network/in-vpc.ts'
import { remembered, rememberedFor } from '../../network/remembered.ts'
import type { GroupRule } from '../../network/security-groups.ts'
import { groupOf } from '../../reachability/filters.ts'
import type { CauseCode } from '../causes.ts'
import type { Incident } from '../incident.ts'
import type { Breach } from './breaches.ts'
import { transitGatewaysOn } from './transit.ts'

type Claim = (breach: Breach, incident: Incident) => boolean

/** Codes of security groups: no rule covers it, or one does that cannot match on this way. */
export const isGroupCode = (code: string): boolean =>
  code === 'ENI_SG_RULES_MISMATCH' || code.startsWith('SG_')

const isGroup =
  (direction: 'ingress' | 'egress'): Claim =>
  ({ blocker }) =>
    isGroupCode(blocker.awsExplanationCode) && blocker.direction === direction

/** Of a subnet's route table, and of a transit gateway's. */
const blackholes: readonly string[] = ['BAD_STATE_ROUTE', 'TGW_RTB_BAD_STATE_ROUTE']

const targetGroups = isGroup('ingress')
const balancerGroups = isGroup('egress')

const claims: readonly (readonly [CauseCode, Claim])[] = [
  ['tg.stale-target', ({ blocker }) => blocker.awsExplanationCode === 'NO_POSSIBLE_DESTINATION'],
  [
    'net.sg-reference-over-tgw',
    (breach) => breach.blocker.awsExplanationCode.startsWith('SG_') && transitGatewaysOn(breach).length > 0,
  ],
  ['net.ipv6', (breach, incident) => anyGroup(breach, incident) && admitsIpv4Only(breach, incident)],
  [
    'tg.dynamic-port-range',
    (breach, incident) =>
      targetGroups(breach, incident) && onDynamicPort(breach, incident) && !isMeant(breach, incident),
  ],
  [
    'net.hc-port-not-opened',
    (breach, incident) => anyGroup(breach, incident) && onlyCheckPortIsClosed(breach),
  ],
  [
    'net.nlb-source-not-allowed',
    (breach, incident) => targetGroups(breach, incident) && fromGrouplessNlb(breach),
  ],
  [
    'net.target-sg-wrong-source',
    (breach, incident) => targetGroups(breach, incident) && strayRules(breach, incident).length > 0,
  ],
  ['net.target-sg-ingress', targetGroups],
  ['net.lb-sg-egress', balancerGroups],
  ['net.nacl', ({ blocker }) => blocker.awsExplanationCode === 'SUBNET_ACL_RESTRICTION'],
  ['net.route-blackhole', ({ blocker }) => blackholes.includes(blocker.awsExplanationCode)],
  ['net.route-missing', () => true],
]

const anyGroup: Claim = (breach, incident) =>
  targetGroups(breach, incident) || balancerGroups(breach, incident)

/** Every path rule asks it of every breach. */
export const claimantOf = rememberedFor(
  (breach: Breach, incident: Incident): CauseCode =>
    (claims.find(([, claim]) => claim(breach, incident)) as readonly [CauseCode, Claim])[0],
)

/** The check comes over IPv6, and the groups hold a rule for its port with IPv4 addresses only. */
function admitsIpv4Only({ blocker, paths }: Breach, { network }: Incident): boolean {
  const { target, probe } = paths[0]
  if (!target.end.known || typeof target.end.value.address !== 'bigint') return false
  const { ids } = blocker.direction === 'egress' ? probe.node.nic.groups : target.end.value.nic.groups
  const port = target.checkPort ?? -1
  const rules = ids
    .flatMap((id) => groupOf(network, id)?.[blocker.direction]?.rules ?? [])
    .filter(({ ports, protocol }) => protocol === 'all' || (ports.from <= port && port <= ports.to))
  return rules.some(({ cidr }) => cidr?.includes('.'))
}

/** A bridge or host-mode task with hostPort 0 got its port from the instance's ephemeral range. */
const onDynamicPort = ({ paths }: Breach, incident: Incident): boolean =>
  hostPortMappings(incident).some(
    (ports) =>
      ports.includes(0) &&
      paths.every(({ target }) => target.id.startsWith('i-') && !ports.includes(target.checkPort ?? 0)),
  )

/** A rule names the port, but somebody else: then the range is right. */
function isMeant(breach: Breach, incident: Incident): boolean {
  const { target } = breach.paths[0]
  const own = target.end.known ? target.end.value.nic.groups.ids : []
  const named = own.some((id) => inboundFor(incident, id, target.checkPort).length > 0)
  return named || strayRules(breach, incident).length > 0
}

/** Rules for just this port or a range around it; "all traffic" names none. */
const inboundFor = ({ network }: Incident, group: string, port = -1): readonly GroupRule[] =>
  groupOf(network, group)?.ingress?.rules.filter(
    ({ ports }) => ports.from <= port && port <= ports.to && ports.to - ports.from < 65535,
  ) ?? []

/** Host ports of each service's task definition, 0 for a dynamic one; awsvpc tasks have none. */
export function hostPortMappings({ services }: Incident): readonly (readonly number[])[] {
  return (services.known ? services.value : []).flatMap(({ taskDefinition }) => {
    if (!taskDefinition.known || taskDefinition.value.networkMode === 'awsvpc') return []
    const mappings = taskDefinition.value.containerDefinitions?.flatMap(
      ({ portMappings }) => portMappings ?? [],
    )
    return [mappings?.map(({ hostPort }) => hostPort ?? 0) ?? []]
  })
}

/** The same layer lets the traffic port through: only the health check's own port was forgotten. */
const onlyCheckPortIsClosed = ({ blocker, paths }: Breach): boolean =>
  paths.every(
    ({ target, probe }) =>
      target.checkPort !== target.port &&
      probe.traffic !== undefined &&
      probe.traffic.verdict !== 'unknown' &&
      !probe.traffic.blockers.some(
        (other) =>
          other.direction === blocker.direction && other.awsExplanationCode === blocker.awsExplanationCode,
      ),
  )

const fromGrouplessNlb = ({ paths }: Breach): boolean =>
  paths.every(({ probe }) => probe.loadBalancer.Type === 'network' && probe.node.nic.groups.ids.length === 0)

/**
 * Rules that mean this check but miss it: on the target's groups for another group than the load balancer's,
 * or for the load balancer's group but on a group that no interface carries.
 */
export function strayRules({ paths }: Breach, incident: Incident): readonly GroupRule[] {
  const { network } = incident
  const { target, probe } = paths[0]
  const balancer = new Set(probe.node.nic.groups.ids)
  const own = target.end.known ? target.end.value.nic.groups.ids : []
  const inbound = (id: string) => inboundFor(incident, id, target.checkPort)
  const wrongGroup = own
    .flatMap(inbound)
    .filter(({ referencedGroupId: id }) => id !== undefined && !balancer.has(id) && !own.includes(id))
  const vpcId = target.end.known ? target.end.value.nic.vpcId : undefined
  const wrongPlace = (vpcId === undefined ? [] : groupsIn(network, vpcId))
    .filter((group) => !isCarried(network, group.id))
    .flatMap(({ id }) => inbound(id))
    .filter(({ referencedGroupId: id }) => id !== undefined && balancer.has(id))
  return [...wrongGroup, ...wrongPlace]
}

const carried = remembered(
  (interfaces: Incident['network']['interfaces']): ReadonlySet<string> =>
    new Set(interfaces.flatMap(({ groups }) => groups.ids)),
)

const isCarried = ({ interfaces }: Incident['network'], groupId: string): boolean =>
  carried(interfaces).has(groupId)
