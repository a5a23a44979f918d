/** What a person calls X and Y (contract, `hca explain`), resolved to ends of walks. */
import { InputError } from './input-error.ts'
import { formatAddress, parseAddress } from './network/address.ts'
import { publicAddressOf } from './network/interfaces.ts'
import { type LoadBalancerNode, loadBalancerKey, loadBalancerNodes } from './network/load-balancers.ts'
import type { Endpoint, Network } from './network/network.ts'
import { EC2_ARN } from './question-ends.ts'
import type { End, Inside } from './reachability/layers.ts'
import type { MissingKnowledge } from './reachability/result.ts'
import { kindOf, shortName } from './services/names.ts'
import { listed, notListed } from './snapshot/known.ts'
import type { UnkeyedOperation } from './snapshot/operations.ts'
import type { Instance, Scope, Task } from './snapshot/types.ts'

/** One end of a question: certain ends, a load balancer's nodes, any public address, or not known. */
export type Party =
  | {
      readonly kind: 'ends'
      readonly ends: readonly End[]
      /** The interface's address of the other family, for a question in which the first pairs with nothing. */
      readonly further?: readonly End[]
    }
  | {
      readonly kind: 'load-balancer'
      readonly scope: Scope
      readonly arn: string
      readonly nodes: readonly LoadBalancerNode[]
    }
  /** The public address of an interface: the way to it leads over the internet. */
  | { readonly kind: 'public-address'; readonly end: Inside; readonly missing: MissingKnowledge }
  | { readonly kind: 'internet' }
  /** By its short name. */
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint }
  | { readonly kind: 'unknown'; readonly missing: MissingKnowledge }

const ALLOWED =
  'a network interface (eni-... or ARN), an instance (i-... or ARN), a load balancer (ARN, id or name), a task (ARN or id), an IP address, "internet", or as destination a VPC endpoint (vpce-... or ARN) or an AWS service such as "ecr.api"'

/** @throws InputError when the text names nothing, or something that is certain not to exist */
export function resolveParty(network: Network, text: string, side: 'from' | 'to'): Party {
  const value = text.trim().replace(EC2_ARN, '')
  if (value === 'internet') return { kind: 'internet' }
  const address = parseAddress(value)
  if (address !== undefined) return addressParty(network, address)
  if (value.startsWith('eni-')) return found(network, value, network.interfaceById.get(value))
  if (value.startsWith('vpce-')) return endpointParty(network, value, side)
  if (value.includes(':loadbalancer/') || /^(app|net)\//.test(value)) return balancerParty(network, value)
  if (value.includes(':task/') || /^[0-9a-f]{32}$/.test(value)) return taskParty(network, value)
  const named = balancerNamed(network, value)
  if (named !== undefined) return balancerParty(network, named)
  if (/^i-[\w-]+$/.test(value)) return instanceParty(network, value)
  if (side === 'to' && /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/.test(value)) return serviceParty(network, value)
  throw new InputError(`--${side} ${JSON.stringify(text)}: allowed are ${ALLOWED}`)
}

const ends = (list: readonly (End | undefined)[]): Party & { readonly kind: 'ends' } => ({
  kind: 'ends',
  ends: list.filter((end) => end !== undefined),
})

/** The primary address; of two families, the other one as well. */
function ofInterface(nic: Inside['nic']): Party {
  const [first] = nic.addresses
  const other = nic.addresses.find((address) => typeof address !== typeof first)
  const further = other === undefined ? {} : { further: [{ nic, address: other }] }
  return { ...ends([first === undefined ? undefined : { nic, address: first }]), ...further }
}

const unknown = (missing: string, because: string): Party => ({
  kind: 'unknown',
  missing: { missing, because },
})

/** An id that is nowhere: a mistake where everything was collected, not known where it was not. */
function found(network: Network, id: string, nic: Inside['nic'] | undefined): Party {
  if (nic) return ofInterface(nic)
  return absent(network, 'ec2:DescribeNetworkInterfaces', id, (scope) =>
    listed(scope, 'ec2:DescribeNetworkInterfaces', 'NetworkInterfaces'),
  )
}

/** Looks for an id in one operation of every scope. */
function absent(
  network: Network,
  operation: UnkeyedOperation,
  id: string,
  list: (scope: Scope) => { readonly known: boolean },
): Party {
  const { scopes } = network.snapshot
  const gap = scopes.find((scope) => scope.coverage !== 'region' || !list(scope).known)
  if (!gap) throw new InputError(`${id}: not in the snapshot (looked in ${operation} of every scope)`)
  return { kind: 'unknown', missing: notListed(gap, operation, id) }
}

function addressParty(network: Network, address: End['address']): Party {
  const holders = network.interfacesByAddress.get(address) ?? []
  if (holders.length > 0) return ends(holders.map((nic) => ({ nic, address })))
  const text = formatAddress(address)
  for (const nic of network.interfaces) {
    const own = nic.addresses.find((candidate) => publicAddressOf(nic, candidate) === text)
    if (own === undefined) continue
    const because = `${text} is the public address of ${nic.id}: ask for the way to the internet, and from it to ${nic.id}`
    const missing = { missing: 'ec2:DescribeInternetGateways', because }
    return { kind: 'public-address', end: { nic, address: own }, missing }
  }
  return ends([{ nic: undefined, address }])
}

/** The primary interface: by what the interfaces say of their attachment, else by what the instance says. */
function instanceParty(network: Network, id: string): Party {
  const own = network.interfaces.filter(({ source }) => source.Attachment?.InstanceId === id)
  const main = own.find(({ source }) => source.Attachment?.DeviceIndex === 0) ?? own[0]
  const instance = main ? undefined : instanceOf(network, id)
  if (!instance) return found(network, id, main)
  const attached = instance.NetworkInterfaces ?? []
  const first = attached.find(({ Attachment }) => Attachment?.DeviceIndex === 0) ?? attached[0]
  const nic = network.interfaceById.get(first?.NetworkInterfaceId ?? '')
  if (nic) return ofInterface(nic)
  return unknown('ec2:DescribeNetworkInterfaces', `the network interface of ${id} was not collected`)
}

function instanceOf(network: Network, id: string): Instance | undefined {
  for (const scope of network.snapshot.scopes) {
    const list = listed(scope, 'ec2:DescribeInstances', 'Reservations')
    const instances = (list.known ? list.value : []).flatMap(({ Instances }) => Instances ?? [])
    const instance = instances.find(({ InstanceId }) => InstanceId === id)
    if (instance) return instance
  }
  return undefined
}

/** The ARN of the load balancer with this name or id. @throws InputError when several accounts or Regions have one */
function balancerNamed(network: Network, name: string): string | undefined {
  const arns = network.snapshot.scopes.flatMap((scope) => {
    const list = listed(scope, 'elasticloadbalancing:DescribeLoadBalancers', 'LoadBalancers')
    return (list.known ? list.value : []).flatMap(({ LoadBalancerName, LoadBalancerArn }) =>
      LoadBalancerName === name || LoadBalancerArn.endsWith(`/${name}`) ? [LoadBalancerArn] : [],
    )
  })
  if (arns.length > 1)
    throw new InputError(`several load balancers are called ${name}: give one of ${arns.join(', ')}`)
  return arns[0]
}

function balancerParty(network: Network, value: string): Party {
  for (const scope of network.snapshot.scopes) {
    const list = listed(scope, 'elasticloadbalancing:DescribeLoadBalancers', 'LoadBalancers')
    const balancer = (list.known ? list.value : []).find(
      ({ LoadBalancerArn: arn }) => arn === value || loadBalancerKey(arn) === value,
    )
    if (!balancer) continue
    const nodes = loadBalancerNodes(network, scope, balancer)
    if ('missing' in nodes) return { kind: 'unknown', missing: nodes }
    return { kind: 'load-balancer', scope, arn: balancer.LoadBalancerArn, nodes }
  }
  return absent(network, 'elasticloadbalancing:DescribeLoadBalancers', value, (scope) =>
    listed(scope, 'elasticloadbalancing:DescribeLoadBalancers', 'LoadBalancers'),
  )
}

function taskParty(network: Network, value: string): Party {
  for (const scope of network.snapshot.scopes) {
    for (const response of Object.values(scope.responses['ecs:DescribeTasks'] ?? {})) {
      const task = response.tasks?.find(({ taskArn }) => taskArn === value || taskArn.endsWith(`/${value}`))
      if (task) return ofTask(network, task)
    }
  }
  return unknown('ecs:DescribeTasks', `${value} is not among the tasks that were collected`)
}

/** An awsvpc task has an interface of its own; other tasks answer at their instance's. */
function ofTask(network: Network, task: Task): Party {
  const details = task.attachments?.flatMap((attachment) => attachment.details ?? []) ?? []
  const id = details.find(({ name }) => name === 'networkInterfaceId')?.value
  if (id) return found(network, id, network.interfaceById.get(id))
  for (const scope of network.snapshot.scopes) {
    for (const response of Object.values(scope.responses['ecs:DescribeContainerInstances'] ?? {})) {
      const host = response.containerInstances?.find(
        ({ containerInstanceArn }) => containerInstanceArn === task.containerInstanceArn,
      )
      if (host?.ec2InstanceId) return instanceParty(network, host.ec2InstanceId)
    }
  }
  return unknown('ecs:DescribeContainerInstances', `where ${task.taskArn} runs is not known`)
}

/** A name that nobody knows may be misspelt: nothing is claimed of it. */
function serviceParty(network: Network, name: string): Party {
  const service = shortName(name)
  if (kindOf(network, service)) return { kind: 'service', service }
  const because = `${JSON.stringify(name)} is no AWS service that has endpoints: is it spelt as in com.amazonaws.REGION.${service}?`
  return unknown('ec2:DescribeVpcEndpoints', because)
}

/** @throws InputError as source: an endpoint opens no connections. https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html */
function endpointParty(network: Network, id: string, side: 'from' | 'to'): Party {
  if (side === 'from')
    throw new InputError(
      `--from ${id}: a VPC endpoint opens no connections (VPCE_INTRA_VPC_TRAFFIC); ask the other way round, with --to ${id}`,
    )
  const endpoint = network.vpcEndpoints.get(id)
  if (endpoint) return { kind: 'endpoint', endpoint }
  return absent(network, 'ec2:DescribeVpcEndpoints', id, (scope) =>
    listed(scope, 'ec2:DescribeVpcEndpoints', 'VpcEndpoints'),
  )
}
