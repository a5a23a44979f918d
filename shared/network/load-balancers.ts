/**
 * Where a load balancer stands: one node or more in each enabled subnet. Health checks come from these.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html
 */
import { notListed } from '../snapshot/known.ts'
import type { LoadBalancer, Missing, Scope } from '../snapshot/types.ts'
import type { Interface } from './interfaces.ts'
import type { Network } from './network.ts'

export interface LoadBalancerNode {
  readonly subnetId: string
  readonly availabilityZone: string | undefined
  /** Its interface; where none was collected, one that could hold any address of the subnet. */
  readonly nic: Interface
  /** False when the node's own address is not known. */
  readonly addressKnown: boolean
}

/** "app/name/id", the end of the ARN, which names the load balancer's interfaces. */
export const loadBalancerKey = (arn: string): string => arn.split(':loadbalancer/')[1] ?? arn

const KINDS: ReadonlyMap<string, string> = new Map([
  ['app', 'application'],
  ['net', 'network'],
  ['gwy', 'gateway'],
])

/** "application", "network" or "gateway": the ARN tells it as well as the type. */
export const loadBalancerKind = ({ Type, LoadBalancerArn }: LoadBalancer): string | undefined =>
  Type ?? KINDS.get(loadBalancerKey(LoadBalancerArn).split('/')[0] ?? '')

export function loadBalancerNodes(
  network: Network,
  scope: Scope,
  balancer: LoadBalancer,
): readonly LoadBalancerNode[] | Missing {
  const zones = balancer.AvailabilityZones
  if (!zones) return notListed(scope, 'elasticloadbalancing:DescribeLoadBalancers', balancer.LoadBalancerArn)
  if (zones.some(({ SubnetId }) => SubnetId === undefined)) {
    const because = `a subnet of ${balancer.LoadBalancerArn} is not told`
    return { missing: 'elasticloadbalancing:DescribeLoadBalancers', because }
  }
  const interfaces = network.interfacesByLoadBalancer.get(loadBalancerKey(balancer.LoadBalancerArn)) ?? []
  return zones.flatMap(({ SubnetId: subnetId, ZoneName: availabilityZone }): LoadBalancerNode[] => {
    if (subnetId === undefined) return []
    const own = interfaces.filter((nic) => nic.subnetId === subnetId)
    if (own.length > 0) return own.map((nic) => ({ subnetId, availabilityZone, nic, addressKnown: true }))
    const nic = assumedInterface(network, scope, balancer, subnetId)
    return [{ subnetId, availabilityZone, nic, addressKnown: false }]
  })
}

function assumedInterface(
  network: Network,
  scope: Scope,
  balancer: LoadBalancer,
  subnetId: string,
): Interface {
  const subnet = network.subnets.get(subnetId)
  const from = subnet?.cidr?.range.from
  const ids = [...(balancer.SecurityGroups ?? [])].sort()
  const indexes = ids.map((id) => network.groupIndex.get(id) ?? -1)
  // An Application Load Balancer always has groups; a Network Load Balancer without the field has none.
  const known = ids.length > 0 || balancer.Type === 'network'
  return {
    id: `node of ${balancer.LoadBalancerName ?? balancer.LoadBalancerArn} in ${subnetId}`,
    vpcId: balancer.VpcId ?? subnet?.vpcId,
    subnetId,
    subnet,
    addresses: from === undefined ? [] : [from],
    groups: { ids, indexes, known, place: -1 },
    set: -1,
    scope,
    source: {
      NetworkInterfaceId: subnetId,
      InterfaceType: balancer.Type === 'network' ? 'network_load_balancer' : 'interface',
    },
  }
}
