import { describe, expect, test } from 'vitest'
import { compileSnapshot, explainQuery } from '../../../shared/explain.ts'
import { everything } from '../../../shared/selection.ts'
import { collectForSelection } from '../../../shared/snapshot/collect/index.ts'
import * as aws from '../../fixtures/index.ts'
import { railway } from '../../fixtures/themes/railway.ts'
import { type Answers, refusal } from './aws.ts'
import { awsOf } from './world-aws.ts'

const PLACE = { region: 'eu-central-1' }

interface Lines {
  readonly world: aws.World
  readonly targetGroup: string
  readonly loadBalancer: string
}

async function collect({ world, targetGroup }: Lines, changes: Answers = {}) {
  const { clients, calls, inputs } = awsOf(world, changes)
  const snapshot = await collectForSelection(clients, { ...everything, targetGroups: [targetGroup] })
  const scope = snapshot.scopes[0]
  if (!scope) throw new Error('no scope')
  const filters = (operation: string) =>
    inputs(operation).flatMap(({ Filters, Filter }) =>
      ((Filters ?? Filter ?? []) as { Name: string; Values: string[] }[]).map(({ Name, Values }) => [
        Name,
        [...Values].sort(),
      ]),
    )
  const asked = new Set(calls.map(({ operation }) => operation))
  return { snapshot, scope, responses: scope.responses, asked, inputs, filters }
}

const sorted = (...ids: readonly string[]) => [...ids].sort()
const subnetsOf = (...spokes: readonly { subnets: string[]; transitSubnets: string[] }[]) =>
  sorted(...spokes.flatMap(({ subnets, transitSubnets }) => [...subnets, ...transitSubnets]))

/** A ferry: the pier's ALB checks a ticket machine on the island, over a peering connection. */
function ferry() {
  const world = aws.newWorld(PLACE)
  const end = (name: string, prefix: string) => {
    const vpc = aws.vpc(world, { name, cidr: `${prefix}.0.0/16` })
    const subnets = ['a', 'b'].map((zone, index) =>
      aws.subnet(world, { vpc, name: `${name}-${zone}`, cidr: `${prefix}.${index}.0/24`, zone }),
    )
    return { vpc, subnets, table: aws.routeTable(world, { vpc, name, subnets }) }
  }
  const [pier, island] = [end('pier', '10.90'), end('island', '10.91')]
  const connection = aws.peering({ world, vpc: pier.vpc }, { world, vpc: island.vpc }, 'ferry')
  aws.addRoute(world, pier.table, aws.route('10.91.0.0/16', connection))
  aws.addRoute(world, island.table, aws.route('10.90.0.0/16', connection))
  const group = aws.securityGroup(world, { vpc: pier.vpc, name: 'pier' })
  const loadBalancer = aws.applicationLoadBalancer(world, {
    name: 'ferry',
    scheme: 'internal',
    subnets: pier.subnets,
    groups: [group],
  })
  const machine = aws.instance(world, {
    name: 'machine',
    subnet: island.subnets[0] ?? '',
    groups: [
      aws.securityGroup(world, {
        vpc: island.vpc,
        name: 'machine',
        ingress: [aws.tcp(8080).fromCidr('10.90.0.0/16')],
      }),
    ],
  })
  const targetGroup = aws.targetGroup(world, { name: 'ferry', vpc: pier.vpc, port: 8080 })
  aws.listener(world, { loadBalancer, port: 80, targetGroup })
  aws.registerTarget(world, targetGroup, {
    id: aws.instanceAddress(world, machine),
    port: 8080,
    zone: 'all',
  })
  return { world, pier, island, connection, loadBalancer, machine, targetGroup }
}

const TRANSIT = [
  'DescribeTransitGateways',
  'DescribeTransitGatewayAttachments',
  'DescribeTransitGatewayVpcAttachments',
  'DescribeTransitGatewayRouteTables',
]
const TRANSIT_TABLES = [
  'SearchTransitGatewayRoutes',
  'GetTransitGatewayRouteTableAssociations',
  'GetTransitGatewayRouteTablePropagations',
]

describe('targets behind a transit gateway', () => {
  test('are found in their VPC, and it with the tables that the packets and the replies look into', async () => {
    const lines = railway(PLACE)
    const { responses, filters, inputs } = await collect(lines)
    expect(responses['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces).toHaveLength(4)
    for (const operation of TRANSIT)
      expect(filters(operation)).toEqual([['transit-gateway-id', [lines.gateway]]])
    for (const operation of TRANSIT_TABLES)
      expect(inputs(operation).map((input) => input.TransitGatewayRouteTableId)).toEqual([lines.spokesTable])
  })

  test('bring the subnets of the attachments, with their ACLs and tables', async () => {
    const lines = railway(PLACE)
    const { filters } = await collect(lines)
    const passed = subnetsOf(lines.tickets, lines.timetable)
    expect(filters('DescribeSubnets')).toEqual([['subnet-id', passed]])
    expect(filters('DescribeNetworkAcls')).toEqual([['association.subnet-id', passed]])
    expect(filters('DescribeRouteTables')).toEqual([
      ['vpc-id', [lines.tickets.vpc]],
      ['vpc-id', [lines.timetable.vpc]],
    ])
  })

  test('leave what lies on other ways alone: NAT, VPN and egress-only gateways, endpoints', async () => {
    const { asked } = await collect(railway(PLACE))
    for (const operation of [
      'DescribeNatGateways',
      'DescribeVpnGateways',
      'DescribeEgressOnlyInternetGateways',
      'DescribeVpcPeeringConnections',
    ])
      expect(asked).not.toContain(operation)
  })

  test('are found although no route leads to the gateway: the VPC is attached to it', async () => {
    const lines = railway(PLACE)
    aws.removeRoute(lines.world, lines.tickets.table, '0.0.0.0/0')
    const { responses, filters, inputs } = await collect(lines)
    expect(filters('DescribeTransitGatewayVpcAttachments')[0]).toEqual(['vpc-id', [lines.tickets.vpc]])
    expect(responses['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces).toHaveLength(4)
    expect(inputs('SearchTransitGatewayRoutes')).toHaveLength(1)
  })

  test('reached through another VPC bring that too, as far as its routes lead', async () => {
    const lines = railway(PLACE)
    aws.transitRoute(lines.world, lines.spokesTable, '10.71.0.0/17', lines.attachments.egress)
    const { filters, inputs } = await collect(lines)
    const [nat] = lines.world.natGateways
    expect(filters('DescribeNatGateways')).toEqual([['nat-gateway-id', [lines.natGateway]]])
    expect(filters('DescribeSubnets')[0]?.[1]).toEqual(
      sorted(
        ...subnetsOf(lines.tickets, lines.timetable),
        ...lines.egress.transitSubnets,
        nat?.SubnetId ?? '',
      ),
    )
    const tables = inputs('SearchTransitGatewayRoutes').map((input) => input.TransitGatewayRouteTableId)
    expect(tables).toEqual([lines.spokesTable, lines.egressTable])
  })

  test('bring every table of the gateway where the attachment names none', async () => {
    const lines = railway(PLACE)
    delete aws.attachmentOf(lines.world, lines.attachments.tickets).Association
    const { inputs } = await collect(lines)
    const tables = inputs('SearchTransitGatewayRoutes').map((input) => input.TransitGatewayRouteTableId)
    expect(tables).toEqual([lines.spokesTable, lines.egressTable])
  })

  test('that are nowhere in the account bring the subnets in which packets enter the gateway', async () => {
    const lines = railway(PLACE)
    lines.world.targetHealth[lines.targetGroup] = { TargetHealthDescriptions: [] }
    aws.registerTarget(lines.world, lines.targetGroup, { id: '192.168.40.9', port: 8080, zone: 'all' })
    for (const destination of ['0.0.0.0/0', '10.70.0.0/16'])
      aws.removeTransitRoute(lines.world, lines.spokesTable, destination)
    const { filters } = await collect(lines)
    expect(filters('DescribeSubnets')[0]?.[1]).toEqual(
      expect.arrayContaining(subnetsOf(lines.tickets)) as unknown,
    )
  })

  test('of a gateway that another account owns: its tables cannot be asked for', async () => {
    const lines = railway(PLACE)
    const { scope, asked } = await collect(lines, {
      DescribeTransitGatewayRouteTables: { TransitGatewayRouteTables: [] },
    })
    for (const operation of TRANSIT_TABLES) expect(asked).not.toContain(operation)
    expect(scope.errors).toEqual({})
    expect(scope.responses['ec2:SearchTransitGatewayRoutes']).toBeUndefined()
  })

  test('behind a second gateway, peered with the first, bring both', async () => {
    const lines = railway(PLACE)
    const { world } = lines
    const far = aws.transitGateway(world, { name: 'mountain' })
    const table = aws.transitGatewayOf(world, far).Options?.AssociationDefaultRouteTableId ?? ''
    const peering = aws.transitPeering(
      { world, gateway: lines.gateway },
      { world, gateway: far },
      'mountain-tunnel',
    )
    aws.transitRoute(world, lines.spokesTable, '10.71.0.0/17', peering)
    const { filters, inputs } = await collect(lines)
    expect(filters('DescribeTransitGateways')).toEqual([
      ['transit-gateway-id', [lines.gateway]],
      ['transit-gateway-id', [far]],
    ])
    expect(inputs('SearchTransitGatewayRoutes').map((input) => input.TransitGatewayRouteTableId)).toContain(
      table,
    )
  })

  test('go on without what is refused', async () => {
    const { scope, responses } = await collect(railway(PLACE), {
      SearchTransitGatewayRoutes: () => {
        throw refusal('UnauthorizedOperation', 'You are not authorized to perform this operation.')
      },
    })
    expect(Object.keys(scope.errors)).toEqual(['ec2:SearchTransitGatewayRoutes'])
    expect(responses['ec2:DescribeTransitGatewayAttachments']?.TransitGatewayAttachments).toHaveLength(3)
  })
})

describe('targets behind a peering connection', () => {
  test('are found in the other VPC, and it with its tables', async () => {
    const lines = ferry()
    const { filters, responses } = await collect(lines)
    expect(filters('DescribeVpcPeeringConnections')).toEqual([
      ['vpc-peering-connection-id', [lines.connection]],
    ])
    expect(responses['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces).toHaveLength(3)
    expect(filters('DescribeRouteTables')).toEqual([
      ['vpc-id', [lines.pier.vpc]],
      ['vpc-id', [lines.island.vpc]],
    ])
  })

  test('are found although no route leads to it', async () => {
    const lines = ferry()
    aws.removeRoute(lines.world, lines.pier.table, '10.91.0.0/16')
    const { responses } = await collect(lines)
    expect(responses['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces).toHaveLength(3)
    expect(responses['ec2:DescribeVpcPeeringConnections']?.VpcPeeringConnections).toHaveLength(1)
  })
})

describe('what else a route of an involved subnet leads to', () => {
  const depot = (lines: ReturnType<typeof railway>, target: string) => {
    const { world, tickets, targetGroup } = lines
    aws.addRoute(world, tickets.table, aws.route('192.168.40.0/24', target))
    aws.registerTarget(world, targetGroup, { id: '192.168.40.9', port: 8080, zone: 'all' })
    return lines
  }

  test('a virtual private gateway', async () => {
    const lines = railway(PLACE)
    const { filters } = await collect(depot(lines, lines.vpn))
    expect(filters('DescribeVpnGateways')).toEqual([['vpn-gateway-id', [lines.vpn]]])
  })

  test('an endpoint, by which an inspecting load balancer is inserted', async () => {
    const lines = railway(PLACE)
    const { filters } = await collect(depot(lines, 'vpce-0c0ffee'))
    expect(filters('DescribeVpcEndpoints')[0]).toEqual([
      'vpc-endpoint-id',
      ['vpce-0c0ffee', lines.s3Endpoint].sort(),
    ])
  })

  test('an appliance between two subnets of the VPC, with the subnet where it stands', async () => {
    const lines = ferry()
    const { world, pier, island } = lines
    const subnet = aws.subnet(world, { vpc: island.vpc, name: 'guard', cidr: '10.91.9.0/24', zone: 'a' })
    const guard = aws.instanceInterface(world, aws.appliance(world, { name: 'guard', subnet, groups: [] }))
    aws.addRoute(world, island.table, aws.route('10.90.0.0/24', guard))
    const { filters } = await collect(lines)
    expect(filters('DescribeNetworkInterfaces')).toContainEqual(['network-interface-id', [guard]])
    expect(filters('DescribeSubnets')[0]?.[1]).toEqual(
      sorted(...pier.subnets, island.subnets[0] ?? '', subnet),
    )
  })

  test('nothing by a prefix list, where the targets are local', async () => {
    const lines = ferry()
    const { world, pier, targetGroup } = lines
    const offices = aws.prefixList(world, { name: 'offices', cidrs: ['10.0.0.0/8'] })
    aws.addRoute(world, pier.table, aws.route(offices, 'tgw-0c0ffee'))
    expect((await collect(lines)).asked).toContain('DescribeTransitGateways')
    world.targetHealth[targetGroup] = { TargetHealthDescriptions: [] }
    aws.registerTarget(world, targetGroup, { id: '10.90.1.99', port: 8080 })
    const { asked } = await collect(lines)
    expect(asked).not.toContain('DescribeTransitGateways')
    expect(asked).not.toContain('DescribeVpcPeeringConnections')
  })

  test('not the associations of groups with VPCs, but for a group from another VPC', async () => {
    const lines = ferry()
    expect((await collect(lines)).asked).not.toContain('DescribeSecurityGroupVpcAssociations')
    const [machine] = aws.instanceOf(lines.world, lines.machine).SecurityGroups ?? []
    Object.assign(aws.groupOf(lines.world, machine?.GroupId ?? ''), { VpcId: lines.pier.vpc })
    aws.associateGroup(lines.world, machine?.GroupId ?? '', lines.island.vpc)
    const { filters, responses } = await collect(lines)
    expect(filters('DescribeSecurityGroupVpcAssociations')).toEqual([['group-id', [machine?.GroupId]]])
    const found = responses['ec2:DescribeSecurityGroupVpcAssociations']?.SecurityGroupVpcAssociations
    expect(found?.map(({ VpcId }) => VpcId)).toEqual([lines.island.vpc])
  })

  test('an egress-only gateway, where the group is checked over IPv6', async () => {
    const lines = railway(PLACE)
    const { world, targetGroup } = lines
    Object.assign(aws.targetGroupOf(world, targetGroup), { IpAddressType: 'ipv6' })
    aws.registerTarget(world, targetGroup, { id: '2600:1f14:99::7', port: 8080, zone: 'all' })
    const { responses } = await collect(lines)
    expect(responses['ec2:DescribeEgressOnlyInternetGateways']?.EgressOnlyInternetGateways).toHaveLength(1)
  })
})

describe('an analysis of what was collected comes out as one of the whole Region', () => {
  const without = (lines: ReturnType<typeof railway>, table: string, destination: string) => {
    aws.removeRoute(lines.world, table, destination)
    return lines
  }
  const worlds: readonly (readonly [string, () => Lines])[] = [
    ['over a transit gateway', () => railway(PLACE)],
    [
      'over a transit gateway, without the route there',
      () => {
        const lines = railway(PLACE)
        return without(lines, lines.tickets.table, '0.0.0.0/0')
      },
    ],
    [
      'over a transit gateway, without the route back',
      () => {
        const lines = railway(PLACE)
        return without(lines, lines.timetable.table, '0.0.0.0/0')
      },
    ],
    ['over a peering connection', ferry],
    [
      'over a peering connection, without the route there',
      () => {
        const lines = ferry()
        aws.removeRoute(lines.world, lines.pier.table, '10.91.0.0/16')
        return lines
      },
    ],
  ]

  test.each(worlds)('%s', async (_name, build) => {
    const lines = build()
    const { snapshot } = await collect(lines)
    const [to] = lines.world.targetHealth[lines.targetGroup]?.TargetHealthDescriptions ?? []
    const query = { from: lines.loadBalancer, to: to?.Target?.Id ?? '', port: 8080 }
    const [scoped, whole] = [snapshot, aws.snapshotOf(lines.world)].map((one) => {
      const { verdict, blockers, unknown } = explainQuery(compileSnapshot(one), query)
      const codes = blockers.map(({ awsExplanationCode }) => awsExplanationCode)
      return { verdict, codes, unknown: unknown.map(({ missing }) => missing) }
    })
    expect(scoped).toEqual(whole)
  })
})
