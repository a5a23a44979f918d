/** The ends of a question, where they are by id, address or name. */
import type { NamedEnd } from '../../../question-ends.ts'
import type { LoadBalancer, NetworkInterface, Task } from '../../types.ts'
import { describeTasks } from '../operations/ecs.ts'
import type { Session } from '../session.ts'
import { addressesOf, askInterfaces } from './interfaces.ts'

export interface FoundEnd {
  /** At which the end is; none outside. */
  readonly interfaces: readonly NetworkInterface[]
  readonly addresses: readonly string[]
  readonly balancer?: LoadBalancer
}

const BALANCERS = 'elasticloadbalancing:DescribeLoadBalancers'

/** Somewhere on the internet: addresses that nobody has. */
const ANYWHERE = ['203.0.113.1', '2001:db8::1']

/** @returns undefined when it is not there: only a whole Region tells what that means */
export async function findEnd(session: Session, end: NamedEnd): Promise<FoundEnd | undefined> {
  switch (end.kind) {
    case 'internet':
      return { interfaces: [], addresses: ANYWHERE }
    case 'interface':
      return interfacesBy(session, 'network-interface-id', end.id, (one) => one.NetworkInterfaceId === end.id)
    case 'instance':
      return interfacesBy(
        session,
        'attachment.instance-id',
        end.id,
        (one) => one.Attachment?.InstanceId === end.id,
      )
    case 'address':
      return addressEnd(session, end.address)
    case 'task':
      return taskEnd(session, end.arn, end.cluster)
    case 'load-balancer':
      return balancerEnd(session, end.name)
  }
}

async function interfacesBy(
  session: Session,
  filter: string,
  value: string,
  is: (one: NetworkInterface) => boolean,
): Promise<FoundEnd | undefined> {
  await askInterfaces(session, filter, [value])
  const all = session.responses['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces ?? []
  const interfaces = all.filter(is)
  if (interfaces.length === 0) return undefined
  return { interfaces, addresses: interfaces.flatMap(addressesOf).filter((address) => address !== undefined) }
}

/** What no interface has is outside. What is an interface's public address needs more: the way leads there and back. */
async function addressEnd(session: Session, address: string): Promise<FoundEnd | undefined> {
  const filter = address.includes(':') ? 'ipv6-addresses.ipv6-address' : 'addresses.private-ip-address'
  const found = await interfacesBy(session, filter, address, (one) => addressesOf(one).includes(address))
  if (found) return found
  const isPublic = await interfacesBy(session, 'addresses.association.public-ip', address, (one) =>
    publicAddressesOf(one).includes(address),
  )
  return isPublic ? undefined : { interfaces: [], addresses: [address] }
}

const publicAddressesOf = ({ Association, PrivateIpAddresses = [] }: NetworkInterface) =>
  [Association, ...PrivateIpAddresses.map((one) => one.Association)].map(
    (association) => association?.PublicIp,
  )

/** Of tasks with an interface of their own; others answer at their instance's. */
async function taskEnd(session: Session, arn: string, cluster: string): Promise<FoundEnd | undefined> {
  await session.keep('ecs:DescribeTasks', cluster, () => describeTasks(session.clients, cluster, [arn]))
  const tasks: readonly Task[] = session.responses['ecs:DescribeTasks']?.[cluster]?.tasks ?? []
  const details = tasks
    .find(({ taskArn }) => taskArn === arn)
    ?.attachments?.flatMap((one) => one.details ?? [])
  const id = details?.find(({ name }) => name === 'networkInterfaceId')?.value
  if (id === undefined) return undefined
  return interfacesBy(session, 'network-interface-id', id, (one) => one.NetworkInterfaceId === id)
}

/** ELB describes its interfaces by the end of the load balancer's ARN: `ELB app/my-alb/50dc6c495c0c9188`. */
async function balancerEnd(session: Session, name: string): Promise<FoundEnd | undefined> {
  await session.ask(BALANCERS, { Names: [name] })
  const all = session.responses[BALANCERS]?.LoadBalancers ?? []
  const balancer = all.find(({ LoadBalancerArn: arn }) => arn.split('/').at(-2) === name)
  if (!balancer) return undefined
  const description = `ELB ${balancer.LoadBalancerArn.split(':loadbalancer/')[1]}`
  const found = await interfacesBy(
    session,
    'description',
    description,
    (one) => one.Description === description,
  )
  return found && { ...found, balancer }
}
