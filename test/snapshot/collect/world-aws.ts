/** AWS answered from a pretend account: lists by filters or ARNs, keyed operations by their argument. */
import type { Operation } from '../../../shared/snapshot/operations.ts'
import { jsonOf, type World } from '../../fixtures/index.ts'
import { type Answers, fakeAws } from './aws.ts'

type Item = Readonly<Record<string, unknown>>
type List = readonly Item[]

const each = (item: Item, list: string, field: string) =>
  ((item[list] ?? []) as List).map((inner) => inner[field])
const inner = (item: Item, object: string, field: string) => [(item[object] as Item | undefined)?.[field]]

/** What a filter compares: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/, Filter.N of each operation. */
const filtered: Readonly<Record<string, (item: Item) => readonly unknown[]>> = {
  'vpc-id': ({ VpcId }) => [VpcId],
  'subnet-id': ({ SubnetId }) => [SubnetId],
  'group-id': ({ GroupId }) => [GroupId],
  'instance-id': ({ InstanceId }) => [InstanceId],
  description: ({ Description }) => [Description],
  'network-interface-id': ({ NetworkInterfaceId }) => [NetworkInterfaceId],
  'association.subnet-id': (item) => each(item, 'Associations', 'SubnetId'),
  'addresses.private-ip-address': (item) => each(item, 'PrivateIpAddresses', 'PrivateIpAddress'),
  'addresses.association.public-ip': (item) => [
    ...inner(item, 'Association', 'PublicIp'),
    ...((item.PrivateIpAddresses ?? []) as List).flatMap((one) => inner(one, 'Association', 'PublicIp')),
  ],
  'ipv6-addresses.ipv6-address': (item) => each(item, 'Ipv6Addresses', 'Ipv6Address'),
  'attachment.instance-id': (item) => inner(item, 'Attachment', 'InstanceId'),
  'nat-gateway-id': ({ NatGatewayId }) => [NatGatewayId],
  'vpn-gateway-id': ({ VpnGatewayId }) => [VpnGatewayId],
  'vpc-endpoint-id': ({ VpcEndpointId }) => [VpcEndpointId],
  'transit-gateway-id': ({ TransitGatewayId }) => [TransitGatewayId],
  'attachment.vpc-id': (item) => each(item, 'Attachments', 'VpcId'),
  'prefix-list-name': ({ PrefixListName }) => [PrefixListName],
  'vpc-peering-connection-id': ({ VpcPeeringConnectionId }) => [VpcPeeringConnectionId],
  'requester-vpc-info.vpc-id': (item) => inner(item, 'RequesterVpcInfo', 'VpcId'),
  'accepter-vpc-info.vpc-id': (item) => inner(item, 'AccepterVpcInfo', 'VpcId'),
}

interface Asked {
  readonly Filters?: readonly { readonly Name: string; readonly Values: readonly string[] }[]
  readonly Filter?: Asked['Filters']
}

const passes = (item: Item, { Filters, Filter }: Asked): boolean =>
  [...(Filters ?? []), ...(Filter ?? [])].every(({ Name, Values }) => {
    const values = filtered[Name]
    if (!values) throw new Error(`the pretend AWS knows no filter ${Name}`)
    return values(item).some((value) => Values.includes(String(value)))
  })

/** Operations whose answer depends on one argument -> where it stands in the input. */
const keys: Readonly<Record<string, string>> = {
  SearchTransitGatewayRoutes: 'TransitGatewayRouteTableId',
  GetTransitGatewayRouteTableAssociations: 'TransitGatewayRouteTableId',
  GetTransitGatewayRouteTablePropagations: 'TransitGatewayRouteTableId',
  GetManagedPrefixListEntries: 'PrefixListId',
  DescribeVpcAttribute: 'VpcId',
  DescribeListeners: 'LoadBalancerArn',
  DescribeLoadBalancerAttributes: 'LoadBalancerArn',
  DescribeRules: 'ListenerArn',
  DescribeTargetGroupAttributes: 'TargetGroupArn',
  DescribeTargetHealth: 'TargetGroupArn',
}

/** Operations of ELBv2 and how their input chooses. */
const chosen: Readonly<Record<string, (input: Item, item: Item) => boolean>> = {
  DescribeTargetGroups: ({ TargetGroupArns, LoadBalancerArn }, item) =>
    has(TargetGroupArns, item.TargetGroupArn) && has(item.LoadBalancerArns, LoadBalancerArn),
  DescribeLoadBalancers: ({ LoadBalancerArns, Names }, item) =>
    has(LoadBalancerArns, item.LoadBalancerArn) && has(Names, item.LoadBalancerName),
}

const has = (list: unknown, value: unknown): boolean =>
  list === undefined || value === undefined || (list as List | readonly unknown[]).includes(value as Item)

function answerOf(name: string, response: Item) {
  const key = keys[name]
  if (key) return (input: Item) => (response[String(input[key])] ?? {}) as object
  return (input: Item) =>
    Object.fromEntries(
      Object.entries(response).map(([list, items]) => [
        list,
        Array.isArray(items) ? select(items, input) : items,
      ]),
    )

  function select(items: List, input: Item): List {
    const chooses = chosen[name]
    if (chooses) return items.filter((item) => chooses(input, item))
    if (name !== 'DescribeInstances') return items.filter((item) => passes(item, input))
    return items.filter(({ Instances }) => (Instances as List).some((one) => passes(one, input)))
  }
}

export const awsOf = (world: World, changes: Answers = {}) =>
  awsAnswering(jsonOf(world).scopes[0]?.responses ?? {}, changes)

/** An account without ECS. @param recorded the responses of a scope, of a whole Region */
export function awsAnswering(recorded: object, changes: Answers = {}) {
  const responses = recorded as Partial<Record<Operation, Item>>
  const answers = Object.entries(responses)
    .filter(([operation]) => !operation.startsWith('ecs:'))
    .map(([operation, response]) => [
      operation.split(':')[1],
      answerOf(operation.split(':')[1] ?? '', response),
    ])
  return fakeAws({ ...Object.fromEntries(answers), ListClusters: { clusterArns: [] }, ...changes })
}
