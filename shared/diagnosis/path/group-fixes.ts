/** Security-group rules that open exactly the failing check: one port, between the two groups where possible. */

import { formatAddress } from '../../network/address.ts'
import type { IpPermission } from '../../snapshot/types.ts'
import type { Fix, Patch } from '../fix.ts'
import type { Incident } from '../incident.ts'
import type { Breach } from './breaches.ts'

interface Ports {
  readonly from: number
  readonly to: number
}

/** The ports that the broken checks use, as one range per port. */
const portsOf = ({ paths }: Breach): readonly Ports[] =>
  [...new Set(paths.map(({ target }) => target.checkPort ?? 0))].map((port) => ({ from: port, to: port }))

const permission = ({ from, to }: Ports, peer: Partial<IpPermission>): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
  ...peer,
})

const groupPeer = (GroupId: string): Partial<IpPermission> => ({ UserIdGroupPairs: [{ GroupId }] })
const cidrPeer = (CidrIp: string): Partial<IpPermission> => ({ IpRanges: [{ CidrIp }] })

function rulePatches(
  groupId: string,
  direction: 'ingress' | 'egress',
  ports: readonly Ports[],
  peers: readonly Partial<IpPermission>[],
): readonly Patch[] {
  return ports.flatMap((range) =>
    peers.map(
      (peer): Patch => ({
        kind: 'security-group-rule',
        groupId,
        direction,
        permission: permission(range, peer),
      }),
    ),
  )
}

/** Rules that refer to groups match only inside one VPC, or across a peering of one Region. */
const referencesMatch = ({ paths }: Breach): boolean =>
  paths.every(({ target, probe }) => target.end.known && target.end.value.nic.vpcId === probe.node.nic.vpcId)

/** The load balancer's way out: to the targets' group, else to their subnets. */
export function egressFixes(breach: Breach): readonly Fix[] {
  const groupId = breach.blocker.component.id
  const ports = portsOf(breach)
  const first = [
    ...new Set(
      breach.paths.flatMap(({ target }) =>
        target.end.known ? target.end.value.nic.groups.ids.slice(0, 1) : [],
      ),
    ),
  ]
  const bySubnet = fix(
    `Let ${groupId} out to the targets’ subnets`,
    rulePatches(groupId, 'egress', ports, targetSubnets(breach).map(cidrPeer)),
  )
  if (!referencesMatch(breach) || first.length === 0) return bySubnet
  const byGroup = rulePatches(groupId, 'egress', ports, first.map(groupPeer))
  return [
    ...fix(`Let ${groupId} out to the targets’ security group ${first.join(', ')}`, byGroup),
    ...bySubnet,
  ]
}

/** The target's way in: from the load balancer's group, else from its own addresses, else from its subnets. */
export function ingressFixes(breach: Breach, ports: readonly Ports[] = portsOf(breach)): readonly Fix[] {
  const receivers = [...new Set(breach.paths.map(({ blocker }) => blocker.component.id))]
  const sender = breach.paths[0].probe.node.nic.groups.ids[0]
  const patches = (peers: readonly Partial<IpPermission>[]) =>
    receivers.flatMap((groupId) => rulePatches(groupId, 'ingress', ports, peers))
  const names = receivers.join(', ')
  const bySubnet = fix(
    `Admit the load balancer’s subnets to ${names}`,
    patches(balancerSubnets(breach).map(cidrPeer)),
  )
  if (sender !== undefined && referencesMatch(breach)) {
    return [
      ...fix(`Admit ${sender} of the load balancer to ${names}`, patches([groupPeer(sender)])),
      ...bySubnet,
    ]
  }
  const fixed = breach.paths.every(
    ({ probe }) => probe.loadBalancer.Type === 'network' && probe.node.addressKnown,
  )
  if (!fixed) return bySubnet
  const addresses = patches(balancerAddresses(breach).map(cidrPeer))
  return [...fix(`Admit the Network Load Balancer’s own addresses to ${names}`, addresses), ...bySubnet]
}

/** Rules that refer to groups match both families; those of addresses are named by their family. */
export function ipv6Fixes(breach: Breach): readonly Fix[] {
  const out = breach.blocker.direction === 'egress'
  const byGroup = (out ? egressFixes(breach) : ingressFixes(breach)).filter(({ patches }) =>
    patches.every((patch) => patch.kind === 'security-group-rule' && patch.permission.UserIdGroupPairs),
  )
  const addresses = out ? [] : balancerIpv6(breach).map((CidrIpv6) => ({ Ipv6Ranges: [{ CidrIpv6 }] }))
  const receivers = distinct(breach.paths.map(({ blocker }) => blocker.component.id))
  const patches = receivers.flatMap((id) => rulePatches(id, 'ingress', portsOf(breach), addresses))
  return [...byGroup, ...fix(`Admit the load balancer’s IPv6 addresses to ${receivers.join(', ')}`, patches)]
}

const fix = (title: string, patches: readonly Patch[]): readonly Fix[] =>
  patches.length > 0 ? [{ title, patches, verifiable: true }] : []

const distinct = <T>(items: readonly T[]): readonly T[] => [...new Set(items)]

const targetSubnets = ({ paths }: Breach): readonly string[] =>
  distinct(
    paths.flatMap(({ target }) => (target.end.known ? (target.end.value.nic.subnet?.cidr?.text ?? []) : [])),
  )

const balancerSubnets = ({ paths }: Breach): readonly string[] =>
  distinct(paths.flatMap(({ probe }) => probe.node.nic.subnet?.cidr?.text ?? []))

/** The addresses of a Network Load Balancer never change. */
const addressesOf = ({ paths }: Breach): readonly string[] =>
  distinct(
    paths.flatMap(({ probe }) =>
      probe.node.nic.addresses.map(
        (address) => `${formatAddress(address)}/${typeof address === 'number' ? 32 : 128}`,
      ),
    ),
  )

const balancerAddresses = (breach: Breach): readonly string[] =>
  addressesOf(breach).filter((cidr) => !cidr.includes(':'))

const balancerIpv6 = (breach: Breach): readonly string[] =>
  breach.paths.every(({ probe }) => probe.loadBalancer.Type === 'network')
    ? addressesOf(breach).filter((cidr) => cidr.includes(':'))
    : []

/** For a check on a port of its own: open it, or check the traffic port, which is open already. */
export function checkPortFixes(breach: Breach, incident: Incident): readonly Fix[] {
  const opening = breach.blocker.direction === 'egress' ? egressFixes(breach) : ingressFixes(breach)
  const group = incident.group?.targetGroup
  if (!group) return opening
  const patch: Patch = {
    kind: 'target-group-settings',
    targetGroupArn: group.TargetGroupArn,
    settings: { HealthCheckPort: 'traffic-port' },
  }
  // Whether the application answers the check on its traffic port is not configuration.
  return [
    ...opening,
    { title: 'Check the traffic port instead, which is open', patches: [patch], verifiable: false },
  ]
}
