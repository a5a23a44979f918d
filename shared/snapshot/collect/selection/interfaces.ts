/** The two ends of every health-check path: the load balancers' interfaces and the targets'. */
import type { NetworkInterface } from '../../types.ts'
import { slices } from '../fetch.ts'
import type { Session } from '../session.ts'

/** EC2 takes at most so many values in one filter. */
const FILTER_VALUES = 200

export interface Ends {
  readonly interfaces: readonly NetworkInterface[]
  /** Target addresses that no interface of the VPCs asked so far has. */
  readonly missing: readonly string[]
}

const isInstance = (target: string) => target.startsWith('i-')
const isAddress = (target: string) => /^[\d.]+$/.test(target) || target.includes(':')
const isArn = (target: string) => target.startsWith('arn:')

export async function collectEnds(session: Session, vpcs: readonly string[]): Promise<Ends> {
  const targets = registeredTargets(session)
  const instances = targets.filter(isInstance)
  const addresses = targets.filter((target) => !isArn(target) && isAddress(target))
  await Promise.all([
    askInterfaces(session, 'description', loadBalancerDescriptions(session)),
    collectAddresses(session, addresses, vpcs),
    askInterfaces(session, 'attachment.instance-id', instances),
    ...slices(instances, FILTER_VALUES).map((Values) =>
      session.ask('ec2:DescribeInstances', { Filters: [{ Name: 'instance-id', Values }] }),
    ),
  ])
  return endsOf(session, addresses)
}

/** Asks again for the addresses that are still missing, in VPCs further on. */
export async function collectFarEnds(session: Session, ends: Ends, vpcs: readonly string[]): Promise<Ends> {
  await collectAddresses(session, ends.missing, vpcs)
  return endsOf(session, ends.missing)
}

function registeredTargets({ responses }: Session): string[] {
  const health = Object.values(responses['elasticloadbalancing:DescribeTargetHealth'] ?? {})
  const ids = health.flatMap((one) => (one.TargetHealthDescriptions ?? []).map(({ Target }) => Target.Id))
  return [...new Set(ids)]
}

/** ELB describes its interfaces by the end of the load balancer's ARN: `ELB app/my-alb/50dc6c495c0c9188`. */
function loadBalancerDescriptions({ responses }: Session): string[] {
  const loadBalancers = responses['elasticloadbalancing:DescribeLoadBalancers']?.LoadBalancers ?? []
  return loadBalancers.map(({ LoadBalancerArn }) => `ELB ${LoadBalancerArn.split(':loadbalancer/')[1]}`)
}

async function collectAddresses(
  session: Session,
  addresses: readonly string[],
  vpcs: readonly string[],
): Promise<void> {
  if (vpcs.length === 0) return
  const ipv4 = addresses.filter((address) => !address.includes(':'))
  const ipv6 = addresses.filter((address) => address.includes(':'))
  // Addresses repeat in other VPCs: the VPC belongs to the question.
  await Promise.all([
    askInterfaces(session, 'addresses.private-ip-address', ipv4, vpcs),
    askInterfaces(session, 'ipv6-addresses.ipv6-address', ipv6, vpcs),
  ])
}

export async function askInterfaces(
  session: Session,
  filter: string,
  values: readonly string[],
  vpcs: readonly string[] = [],
): Promise<void> {
  const within = vpcs.length > 0 ? [{ Name: 'vpc-id', Values: [...vpcs] }] : []
  const asking = slices(values, FILTER_VALUES).map((Values) =>
    session.ask('ec2:DescribeNetworkInterfaces', { Filters: [{ Name: filter, Values }, ...within] }),
  )
  await Promise.all(asking)
}

function endsOf({ responses }: Session, addresses: readonly string[]): Ends {
  const interfaces = responses['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces ?? []
  const held = new Set(interfaces.flatMap(addressesOf))
  const missing = addresses.filter((address) => !held.has(address))
  return { interfaces, missing }
}

export const addressesOf = (one: NetworkInterface) => [
  one.PrivateIpAddress,
  ...(one.PrivateIpAddresses ?? []).map((address) => address.PrivateIpAddress),
  ...(one.Ipv6Addresses ?? []).map((address) => address.Ipv6Address),
]
