/** Small accounts with one of everything, so that many broken relatives of them can be asked in little time. */
import * as aws from '../fixtures/index.ts'

const PLACE = { accountId: '111122223333', region: 'eu-central-1' }

interface Small {
  readonly world: aws.World
  /** What `hca explain` is asked. */
  readonly asked: readonly (readonly [from: string, to: string, port: number])[]
}

interface Station {
  readonly vpc: string
  readonly subnet: string
  readonly table: string
  readonly group: string
}

/** A VPC with one subnet, its table, and a group that admits the ports asked for from everywhere private. */
function station(world: aws.World, name: string, prefix: string, ipv6Cidr?: string): Station {
  const vpc = aws.vpc(world, {
    name,
    cidr: `${prefix}.0.0/16`,
    ...(ipv6Cidr !== undefined && { ipv6Cidr }),
  })
  const subnet = aws.subnet(world, {
    vpc,
    name,
    cidr: `${prefix}.0.0/24`,
    zone: 'a',
    ...(ipv6Cidr !== undefined && { ipv6Cidr: ipv6Cidr.replace('/56', '/64') }),
  })
  const table = aws.routeTable(world, { vpc, name, subnets: [subnet] })
  const group = aws.securityGroup(world, {
    vpc,
    name,
    ingress: [aws.tcp(8080).fromCidr('10.0.0.0/8')],
  })
  return { vpc, subnet, table, group }
}

/** An internal ALB in one station checks a machine in another. */
function checked(world: aws.World, near: Station, far: Station) {
  const loadBalancer = aws.applicationLoadBalancer(world, {
    name: 'signal',
    scheme: 'internal',
    subnets: [near.subnet],
    groups: [near.group],
  })
  const targetGroup = aws.targetGroup(world, { name: 'signal', vpc: near.vpc, port: 8080 })
  aws.listener(world, { loadBalancer, port: 80, targetGroup })
  const machine = aws.instance(world, { name: 'signal', subnet: far.subnet, groups: [far.group] })
  const address = aws.instanceAddress(world, machine)
  const health = aws.health.timeout
  aws.registerTarget(world, targetGroup, { id: address, port: 8080, zone: 'all', health })
  const node = aws.loadBalancerInterfaces(world, loadBalancer)[0] ?? ''
  return { loadBalancer, machine, node }
}

/** The subnet through which others come in; from there a NAT gateway leads on. */
function behindNat(world: aws.World, { vpc, subnet }: Station): string {
  const nat = aws.natGateway(world, { subnet, name: 'gate' })
  const inner = aws.subnet(world, { vpc, name: 'gate-inner', cidr: '10.3.200.0/28', zone: 'a' })
  aws.routeTable(world, { vpc, name: 'gate-inner', subnets: [inner], routes: [aws.route('0.0.0.0/0', nat)] })
  return inner
}

/** Two VPCs and the way to the internet joined by a transit gateway; the signal admits a group over it. */
function junction(): Small {
  const world = aws.newWorld(PLACE)
  const [near, far, out] = [
    station(world, 'platform', '10.1'),
    station(world, 'signal', '10.2'),
    station(world, 'gate', '10.3'),
  ]
  const gateway = aws.transitGateway(world, {
    name: 'junction',
    options: { SecurityGroupReferencingSupport: 'enable' },
  })
  const attach = ({ vpc, subnet }: Station, name: string) =>
    aws.vpcAttachment(world, { gateway, vpc, name, subnets: [subnet] })
  attach(near, 'platform')
  attach(far, 'signal')
  const exit = attach({ ...out, subnet: behindNat(world, out) }, 'gate')
  const table = aws.transitGatewayOf(world, gateway).Options?.AssociationDefaultRouteTableId ?? ''
  aws.transitRoute(world, table, '0.0.0.0/0', exit)
  aws.transitRoute(world, table, '10.9.0.0/16', 'blackhole')
  aws.transitRoute(world, table, '10.3.0.0/17', 'blackhole')
  for (const { table: own } of [near, far]) aws.addRoute(world, own, aws.route('0.0.0.0/0', gateway))
  const internet = aws.internetGateway(world, { vpc: out.vpc, name: 'gate' })
  aws.addRoute(world, out.table, aws.route('0.0.0.0/0', internet), aws.route('10.0.0.0/8', gateway))
  const { machine, node } = checked(world, near, far)
  const cutOff = aws.networkInterface(world, { name: 'cut-off', subnet: out.subnet, groups: [out.group] })
  aws.setIngress(world, far.group, aws.tcp(8080).fromCidr('10.1.0.0/16'), aws.tcp(8081).fromGroup(near.group))
  return {
    world,
    asked: [
      [node, machine, 8080],
      [node, machine, 8081],
      [machine, node, 8080],
      [node, 'internet', 443],
      [node, '10.9.0.7', 8080],
      [node, cutOff, 8080],
    ],
  }
}

/** Two peered VPCs with ACLs of their own, a VPN, IPv6 out, a prefix list. */
function ferry(): Small {
  const world = aws.newWorld(PLACE)
  const pier = station(world, 'pier', '10.1', '2600:1f14:1:1000::/56')
  const island = station(world, 'island', '10.2')
  const connection = aws.peering({ world, vpc: pier.vpc }, { world, vpc: island.vpc }, 'ferry')
  aws.addRoute(world, pier.table, aws.route('10.2.0.0/16', connection))
  aws.addRoute(world, island.table, aws.route('10.1.0.0/16', connection))
  const egressOnly = aws.egressOnlyInternetGateway(world, { vpc: pier.vpc, name: 'pier' })
  aws.addRoute(world, pier.table, aws.route('::/0', egressOnly))
  const vpn = aws.vpnGateway(world, { vpc: pier.vpc, name: 'pier' })
  aws.propagateFromVpn(world, pier.table, vpn, ['192.168.7.0/24'])
  const offices = aws.prefixList(world, { name: 'piers', cidrs: ['10.1.0.0/24', '192.168.7.0/24'] })
  aws.setIngress(
    world,
    island.group,
    aws.tcp(8080).fromPrefixList(offices),
    aws.tcp(22).fromCidr('10.1.0.0/16'),
  )
  aws.setIngress(world, pier.group, aws.tcp(8080).fromCidr('10.0.0.0/8'), aws.tcp(443).fromCidr('::/0'))
  aws.setEgress(world, pier.group, aws.allowAll(), aws.allTraffic().toCidr('::/0'))
  for (const { vpc, subnet } of [pier, island])
    aws.networkAcl(world, {
      vpc,
      name: 'water',
      subnets: [subnet],
      ingress: [aws.deny(90, { ports: 22 }), aws.allow(100), aws.allow(101, { cidr: '::/0' })],
      egress: [aws.allow(100), aws.allow(101, { cidr: '::/0' })],
    })
  const { machine, node } = checked(world, pier, island)
  const boat = aws.networkInterface(world, {
    name: 'boat',
    subnet: pier.subnet,
    groups: [pier.group],
    ipv6Address: '2600:1f14:1:1000::b0a7',
  })
  return {
    world,
    asked: [
      [node, machine, 8080],
      [machine, node, 8080],
      [boat, '192.168.7.9', 8080],
      ['2600:1f14:1:1000::b0a7', '2606:4700::1111', 8080],
      ['2606:4700::1111', '2600:1f14:1:1000::b0a7', 443],
      [node, machine, 22],
    ],
  }
}

/** A public subnet and a private one: NAT, endpoints, a public address, a service whose task stopped. */
function kiosk(egress: (tasks: string) => aws.Permission = aws.allowAll): Small {
  const world = aws.newWorld(PLACE)
  const { vpc, subnet, table, group } = station(world, 'kiosk', '10.1')
  const street = aws.subnet(world, { vpc, name: 'street', cidr: '10.1.9.0/24', zone: 'a' })
  const internet = aws.internetGateway(world, { vpc, name: 'kiosk' })
  aws.routeTable(world, {
    vpc,
    name: 'street',
    subnets: [street],
    routes: [aws.route('0.0.0.0/0', internet)],
  })
  const nat = aws.natGateway(world, { subnet: street, name: 'kiosk' })
  aws.addRoute(world, table, aws.route('0.0.0.0/0', nat))
  aws.gatewayEndpoint(world, { vpc, service: 's3', tables: [table] })
  aws.interfaceEndpoint(world, { vpc, service: 'ecr.api', subnets: [subnet], groups: [group] })
  const front = aws.securityGroup(world, { vpc, name: 'front', ingress: [aws.tcp(80).fromAnywhere()] })
  aws.setEgress(world, front, egress(group))
  const loadBalancer = aws.applicationLoadBalancer(world, {
    name: 'kiosk',
    subnets: [street],
    groups: [front],
  })
  const targetGroup = aws.targetGroup(world, { name: 'kiosk', vpc, port: 8080 })
  aws.listener(world, { loadBalancer, port: 80, targetGroup })
  const cluster = aws.cluster(world, 'kiosk')
  const taskDefinition = aws.taskDefinition(world, {
    family: 'kiosk',
    revision: 1,
    containers: [aws.container({ name: 'kiosk', image: 'kiosk:1', ports: [8080] })],
  })
  const service = aws.fargateService(world, {
    cluster,
    name: 'kiosk',
    taskDefinition,
    subnets: [subnet],
    groups: [group],
    targets: [{ targetGroup, container: 'kiosk', port: 8080 }],
    desired: 1,
  })
  aws.setHealth(world, targetGroup, aws.health.timeout)
  const [task = ''] = aws.tasksOf(world, service).map(({ taskArn }) => taskArn)
  const node = aws.loadBalancerInterfaces(world, loadBalancer)[0] ?? ''
  return {
    world,
    asked: [
      [node, task, 8080],
      [task, node, 8080],
      [task, 'internet', 8080],
      ['internet', node, 80],
      [node, task, 9999],
      [task, 's3', 443],
    ],
  }
}

/** What goes round in circles: two transit gateways, a NAT gateway, an appliance, and a peering with itself. */
function carousel(): Small {
  const world = aws.newWorld(PLACE)
  const [near, far] = [station(world, 'horse', '10.1'), station(world, 'swan', '10.2')]
  const gateways = [near, far].map(({ vpc, subnet }, index) => {
    const gateway = aws.transitGateway(world, { name: `ring-${index}` })
    aws.vpcAttachment(world, { gateway, vpc, name: `ring-${index}`, subnets: [subnet] })
    return {
      gateway,
      table: aws.transitGatewayOf(world, gateway).Options?.AssociationDefaultRouteTableId ?? '',
    }
  })
  const [first, second] = gateways as [(typeof gateways)[0], (typeof gateways)[0]]
  const ring = aws.transitPeering(
    { world, gateway: first.gateway },
    { world, gateway: second.gateway },
    'ring',
  )
  for (const { table } of gateways) aws.transitRoute(world, table, '0.0.0.0/0', ring)
  const itself = aws.peering({ world, vpc: near.vpc }, { world, vpc: near.vpc }, 'mirror')
  const nat = aws.natGateway(world, { subnet: near.subnet, name: 'spinning' })
  const guard = aws.appliance(world, { name: 'guard', subnet: far.subnet, groups: [far.group] })
  aws.addRoute(
    world,
    near.table,
    aws.route('10.2.0.0/16', first.gateway),
    aws.route('10.4.0.0/16', itself),
    aws.route('0.0.0.0/0', nat),
  )
  aws.addRoute(
    world,
    far.table,
    aws.route('10.1.0.0/16', second.gateway),
    aws.route('0.0.0.0/0', aws.instanceInterface(world, guard)),
  )
  const { machine, node } = checked(world, near, far)
  return {
    world,
    asked: [
      [node, machine, 8080],
      [machine, node, 8080],
      [node, 'internet', 443],
      [machine, '10.8.0.1', 8080],
      [node, '10.4.0.1', 8080],
    ],
  }
}

/** Its load balancer may not call the port that the task listens on: there is something to mend. */
const closedKiosk = () => kiosk((tasks) => aws.tcp(9090).toGroup(tasks))

export const smallAccounts = { junction, ferry, kiosk, closedKiosk, carousel }
