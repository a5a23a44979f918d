/** The causes on the path from the load balancer to the target: each with what yields it and its traps. */
import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { bakeryShop } from '../../fixtures/themes/bakery-shop.ts'
import { orchardOrders } from '../../fixtures/themes/orchard-orders.ts'
import { parcelTracking } from '../../fixtures/themes/parcel-tracking.ts'
import { warehouseEc2 } from '../../fixtures/themes/warehouse-ec2.ts'
import { codesOf, findingOf, findingsIn, findingsOf, ruledOutCodes, theOne } from '../findings.ts'

/** The bakery with every target timing out. */
function timingOut(options: Parameters<typeof bakeryShop>[0] = {}) {
  const shop = bakeryShop(options)
  aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
  return shop
}

/** Causes that are not known where an operation was refused; none of them is told. */
function unknownIn(world: aws.World, operation: Parameters<typeof aws.withError>[1]): readonly string[] {
  const { rootCause, unknown } = theOne(findingsIn(aws.withError(aws.jsonOf(world), operation)))
  expect(rootCause.code).toBe('undetermined')
  return unknown.filter(({ missing }) => missing === operation).map(({ code }) => code)
}

describe('net.lb-sg-egress', () => {
  it('is proven when the load balancer’s group lets nothing out', () => {
    const shop = timingOut()
    aws.setEgress(shop.world, shop.albGroup)
    const finding = findingOf(shop.world)
    expect(finding.rootCause).toMatchObject({
      code: 'net.lb-sg-egress',
      confidence: 'proven',
      component: { type: 'security-group', id: shop.albGroup },
      awsExplanationCode: 'ENI_SG_RULES_MISMATCH',
      evidence: [
        {
          operation: 'ec2:DescribeSecurityGroups',
          resource: shop.albGroup,
          field: 'IpPermissionsEgress',
          observed: [],
        },
        {},
      ],
    })
    expect(finding.severity).toBe('critical')
    expect(finding.targets).toHaveLength(2)
    expect(finding.otherCauses).toEqual([])
  })

  it('is proven for CDK’s placeholder that stands for "no egress"', () => {
    const shop = timingOut()
    aws.setEgress(shop.world, shop.albGroup, aws.icmp(252, 86).toCidr('255.255.255.255/32'))
    expect(findingOf(shop.world).rootCause.code).toBe('net.lb-sg-egress')
  })

  it('concerns Network Load Balancers with groups, whose inbound rules do not matter to checks', () => {
    const { world, vpc, trackerGroup, loadBalancer, targetGroup } = parcelTracking()
    const group = aws.securityGroup(world, {
      vpc,
      name: 'parcels-nlb',
      ingress: [aws.tcp(80).fromAnywhere()],
    })
    aws.setEgress(world, group)
    carry(world, loadBalancer, group)
    aws.setIngress(world, trackerGroup, aws.tcp(8080).fromGroup(group))
    aws.setHealth(world, targetGroup, aws.health.failed)
    expect(findingOf(world).rootCause).toMatchObject({ code: 'net.lb-sg-egress', component: { id: group } })
  })

  it('is not: egress limited to the task’s group and port', () => {
    const shop = timingOut()
    aws.setEgress(shop.world, shop.albGroup, aws.tcp(8000).toGroup(shop.webGroup))
    const finding = findingOf(shop.world)
    expect(codesOf(finding)).not.toContain('net.lb-sg-egress')
    expect(ruledOutCodes(finding)).toContain('net.lb-sg-egress')
  })

  it('comes first when the target does not admit the load balancer either; both are told', () => {
    const shop = timingOut()
    aws.setEgress(shop.world, shop.albGroup)
    aws.setIngress(shop.world, shop.webGroup)
    expect(codesOf(findingOf(shop.world))).toEqual(['net.lb-sg-egress', 'net.target-sg-ingress'])
  })
})

/** Puts groups on a load balancer and its interfaces, as if it had been created with them. */
function carry(world: aws.World, loadBalancer: string, ...groups: readonly string[]): void {
  aws.loadBalancerOf(world, loadBalancer).SecurityGroups = [...groups]
  for (const id of aws.loadBalancerInterfaces(world, loadBalancer)) {
    aws.interfaceOf(world, id).Groups = groups.map((GroupId) => ({ GroupId, GroupName: GroupId }))
  }
}

describe('net.target-sg-ingress', () => {
  it('is proven when no group of the target admits the load balancer', () => {
    const shop = timingOut()
    aws.setIngress(shop.world, shop.webGroup, aws.tcp(22).fromCidr('10.0.0.0/16'))
    expect(findingOf(shop.world).rootCause).toMatchObject({
      code: 'net.target-sg-ingress',
      confidence: 'proven',
      component: { type: 'security-group', id: shop.webGroup },
    })
  })

  it('is not: rules of all groups of the interface are united', () => {
    const shop = timingOut()
    const extra = aws.securityGroup(shop.world, {
      vpc: shop.vpc,
      name: 'bakery-extra',
      ingress: [aws.tcp(8000).fromGroup(shop.albGroup)],
    })
    aws.setIngress(shop.world, shop.webGroup)
    for (const item of shop.world.networkInterfaces) {
      if (item.Groups?.some(({ GroupId }) => GroupId === shop.webGroup))
        item.Groups.push({ GroupId: extra, GroupName: 'bakery-extra' })
    }
    expect(ruledOutCodes(findingOf(shop.world))).toContain('net.target-sg-ingress')
  })

  it('is not: the rule refers to any one of the load balancer’s groups', () => {
    const shop = timingOut()
    const second = aws.securityGroup(shop.world, { vpc: shop.vpc, name: 'bakery-alb-extra' })
    carry(shop.world, shop.loadBalancer, shop.albGroup, second)
    aws.setIngress(shop.world, shop.webGroup, aws.tcp(8000).fromGroup(second))
    expect(ruledOutCodes(findingOf(shop.world))).toContain('net.target-sg-ingress')
  })

  it('is not: replies need no egress rule, security groups are stateful', () => {
    const shop = timingOut()
    aws.setEgress(shop.world, shop.webGroup)
    const finding = findingOf(shop.world)
    expect(codesOf(finding).filter((code) => code.startsWith('net.'))).toEqual([])
  })

  it('is not: AWS says the connection was refused, so packets do arrive', () => {
    const shop = bakeryShop()
    aws.setHealth(shop.world, shop.targetGroup, aws.health.failed)
    aws.setIngress(shop.world, shop.webGroup)
    const finding = findingOf(shop.world)
    expect(codesOf(finding)).not.toContain('net.target-sg-ingress')
    expect(finding.ruledOut.find(({ code }) => code === 'net.target-sg-ingress')?.because).toContain(
      'Target.FailedHealthChecks',
    )
  })

  it('names the one target that is concerned', () => {
    const shop = bakeryShop()
    const [first] = shop.tasks as [string]
    const address = aws.taskAddress(shop.world, first)
    const bare = aws.securityGroup(shop.world, { vpc: shop.vpc, name: 'bakery-bare' })
    aws.interfaceOf(shop.world, aws.taskInterface(shop.world, first)).Groups = [
      { GroupId: bare, GroupName: 'bakery-bare' },
    ]
    aws.setEgress(shop.world, shop.albGroup, aws.allowAll())
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout, address)
    const finding = findingOf(shop.world)
    expect(finding.rootCause).toMatchObject({ code: 'net.target-sg-ingress', component: { id: bare } })
    expect(finding.rootCause.title).toContain(`only for ${address}`)
    expect(finding.targets.map(({ id }) => id)).toEqual([address])
    expect(finding.severity).toBe('high')
  })
})

describe('net.target-sg-wrong-source', () => {
  it('is proven when the rule refers to a group that the load balancer does not carry', () => {
    const shop = timingOut()
    const old = aws.securityGroup(shop.world, { vpc: shop.vpc, name: 'bakery-old-alb' })
    aws.setIngress(shop.world, shop.webGroup, aws.tcp(8000).fromGroup(old))
    const { rootCause } = findingOf(shop.world)
    expect(rootCause).toMatchObject({
      code: 'net.target-sg-wrong-source',
      confidence: 'proven',
      component: { id: shop.webGroup },
    })
    expect(rootCause.title).toContain('bakery-old-alb')
  })

  it('is proven when the right rule sits on a group that nobody carries', () => {
    const shop = timingOut()
    aws.securityGroup(shop.world, {
      vpc: shop.vpc,
      name: 'bakery-unused',
      ingress: [aws.tcp(8000).fromGroup(shop.albGroup)],
    })
    aws.setIngress(shop.world, shop.webGroup)
    const { rootCause } = findingOf(shop.world)
    expect(rootCause.code).toBe('net.target-sg-wrong-source')
    expect(rootCause.title).toContain('bakery-unused')
  })

  it('is not: a rule for the group itself is for its members, not for the load balancer', () => {
    const shop = timingOut()
    aws.setIngress(shop.world, shop.webGroup, aws.tcp(8000).fromGroup(shop.webGroup))
    expect(findingOf(shop.world).rootCause.code).toBe('net.target-sg-ingress')
  })

  it('is not: a second rule admits the right group', () => {
    const shop = timingOut()
    const old = aws.securityGroup(shop.world, { vpc: shop.vpc, name: 'bakery-old-alb' })
    aws.setIngress(
      shop.world,
      shop.webGroup,
      aws.tcp(8000).fromGroup(old),
      aws.tcp(8000).fromGroup(shop.albGroup),
    )
    expect(ruledOutCodes(findingOf(shop.world))).toContain('net.target-sg-wrong-source')
  })

  it('is proven for a group of the load balancer’s name in another VPC, which is another group', () => {
    const shop = timingOut()
    const { world } = shop
    const { GroupName: name } = aws.groupOf(world, shop.albGroup)
    const annex = aws.vpc(world, { name: 'annex', cidr: '10.9.0.0/16' })
    const namesake = aws.securityGroup(world, { vpc: annex, name })
    aws.peering({ world, vpc: shop.vpc }, { world, vpc: annex }, 'annex')
    aws.setIngress(world, shop.webGroup, aws.tcp(8000).fromGroup(namesake))
    const { rootCause } = findingOf(world)
    expect(rootCause).toMatchObject({ code: 'net.target-sg-wrong-source', confidence: 'proven' })
    expect(rootCause.title).toContain(namesake)
    expect(rootCause.title).toContain(shop.albGroup)
  })

  it('is proven for a stale rule, whose group is gone: it matches nothing, though it is still listed', () => {
    const shop = timingOut()
    const old = aws.securityGroup(shop.world, { vpc: shop.vpc, name: 'bakery-old-alb' })
    aws.setIngress(shop.world, shop.webGroup, aws.tcp(8000).fromGroup(old))
    const { securityGroups } = shop.world
    securityGroups.splice(securityGroups.indexOf(aws.groupOf(shop.world, old)), 1)
    const { rootCause } = findingOf(shop.world)
    expect(rootCause).toMatchObject({ code: 'net.target-sg-wrong-source', confidence: 'proven' })
    expect(rootCause.title).toContain(old)
  })
})

describe('net.hc-port-not-opened', () => {
  const admin = { HealthCheckPort: '9901' }

  it('is proven for both groups when only the traffic port is open', () => {
    const shop = timingOut({ healthCheck: admin })
    const finding = findingOf(shop.world)
    expect(codesOf(finding).slice(0, 2)).toEqual(['net.hc-port-not-opened', 'net.hc-port-not-opened'])
    expect(finding.rootCause.component.id).toBe(shop.albGroup)
    expect(finding.otherCauses[0]?.component.id).toBe(shop.webGroup)
    expect(finding.rootCause.title).toMatch(/port 9901.*traffic port 8000/)
  })

  it('is not: a check port of its own that is opened', () => {
    const shop = timingOut({ healthCheck: admin })
    aws.setEgress(shop.world, shop.albGroup, aws.allowAll())
    aws.setIngress(
      shop.world,
      shop.webGroup,
      aws.tcp(8000).fromGroup(shop.albGroup),
      aws.tcp(9901).fromGroup(shop.albGroup),
    )
    expect(ruledOutCodes(findingOf(shop.world))).toContain('net.hc-port-not-opened')
  })

  it('is not: the traffic port is closed as well', () => {
    const shop = timingOut({ healthCheck: admin })
    aws.setEgress(shop.world, shop.albGroup, aws.allowAll())
    aws.setIngress(shop.world, shop.webGroup)
    expect(findingOf(shop.world).rootCause.code).toBe('net.target-sg-ingress')
  })

  it('is not: a fixed port for tasks whose host ports are dynamic, where nobody listens', () => {
    const { world, targetGroup, albGroup, hostGroup } = warehouseEc2()
    aws.targetGroupOf(world, targetGroup).HealthCheckPort = '3000'
    for (const one of world.targetHealth[targetGroup]?.TargetHealthDescriptions ?? [])
      one.HealthCheckPort = '3000'
    aws.setHealth(world, targetGroup, aws.health.timeout)
    const closed = findingOf(world)
    expect(closed.rootCause.code).toBe('hc.port-mismatch')
    aws.groupOf(world, hostGroup).IpPermissions?.push(aws.tcp(3000).fromGroup(albGroup))
    aws.setHealth(world, targetGroup, aws.health.failed)
    expect(findingOf(world).rootCause.code).toBe('hc.port-mismatch')
  })
})

describe('net.nlb-source-not-allowed', () => {
  const failing = (ingress: readonly aws.Permission[]) => {
    const parcels = parcelTracking({ ingress })
    aws.setHealth(parcels.world, parcels.targetGroup, aws.health.failed)
    return parcels
  }

  it('is proven when only clients are admitted', () => {
    const { world, trackerGroup, loadBalancer } = failing([aws.tcp(8080).fromCidr('203.0.113.0/24')])
    const { rootCause, ruledOut } = findingOf(world)
    expect(rootCause).toMatchObject({
      code: 'net.nlb-source-not-allowed',
      confidence: 'proven',
      component: { id: trackerGroup },
    })
    expect(ruledOut).toContainEqual({
      code: 'net.lb-sg-egress',
      because: 'the load balancer has no security group',
    })
    expect(rootCause.evidence.some(({ resource }) => resource === loadBalancer)).toBe(true)
  })

  it('is not: its own addresses are admitted', () => {
    const parcels = parcelTracking()
    const addresses = aws
      .loadBalancerInterfaces(parcels.world, parcels.loadBalancer)
      .map((id) => aws.interfaceOf(parcels.world, id).PrivateIpAddress)
    aws.setIngress(
      parcels.world,
      parcels.trackerGroup,
      ...addresses.map((address) => aws.tcp(8080).fromCidr(`${address}/32`)),
    )
    aws.setHealth(parcels.world, parcels.targetGroup, aws.health.failed)
    expect(ruledOutCodes(findingOf(parcels.world))).toContain('net.nlb-source-not-allowed')
  })

  it('is not: a Network Load Balancer with a group, which the target refers to', () => {
    const parcels = failing([])
    const group = aws.securityGroup(parcels.world, {
      vpc: parcels.vpc,
      name: 'parcels-nlb',
      ingress: [aws.tcp(80).fromAnywhere()],
    })
    carry(parcels.world, parcels.loadBalancer, group)
    aws.setIngress(parcels.world, parcels.trackerGroup, aws.tcp(8080).fromGroup(group))
    expect(codesOf(findingOf(parcels.world)).filter((code) => code.startsWith('net.'))).toEqual([])
  })

  it.each(['true', 'false'])(
    'is not: clients that are not admitted, whose checks pass (client addresses preserved: %s)',
    (preserved) => {
      const { world, targetGroup } = parcelTracking()
      const attributes = world.targetGroupAttributes[targetGroup]?.Attributes ?? []
      Object.assign(
        aws.theOne(attributes, ({ Key }) => Key === 'preserve_client_ip.enabled', 'attribute'),
        { Value: preserved },
      )
      expect(findingsOf(world)).toEqual([])
      aws.setHealth(world, targetGroup, aws.health.failed)
      const finding = findingOf(world)
      expect(finding.rootCause.code).toBe('app.not-answering')
      expect(ruledOutCodes(finding)).toContain('net.nlb-source-not-allowed')
    },
  )

  it('is unknown without the security groups', () => {
    const { world } = failing([aws.tcp(8080).fromCidr('203.0.113.0/24')])
    expect(unknownIn(world, 'ec2:DescribeSecurityGroups')).toContain('net.nlb-source-not-allowed')
  })
})

describe('net.target-sg-ingress from nodes whose addresses are not told', () => {
  /** The ovens admit some of what the load balancer's subnets hold, and its interfaces were not collected. */
  function somewhere(admitted: (cidr: string) => string) {
    const shop = timingOut()
    const cidrs = shop.publicSubnets.map((id) => aws.subnetOf(shop.world, id).CidrBlock ?? '')
    const rules = cidrs.map((cidr) => aws.tcp(8000).fromCidr(admitted(cidr)))
    aws.setIngress(shop.world, shop.webGroup, ...rules)
    const nodes = shop.world.networkInterfaces.filter(({ Description = '' }) =>
      Description.startsWith('ELB '),
    )
    const json = nodes.reduce(
      (left, { NetworkInterfaceId = '' }) =>
        aws.withoutItem(left, 'ec2:DescribeNetworkInterfaces', NetworkInterfaceId),
      aws.jsonOf(shop.world),
    )
    return theOne(findingsIn(json))
  }

  it('is not told as the cause where the address decides', () => {
    const { rootCause, otherCauses, unknown } = somewhere((cidr) => cidr.replace('/24', '/25'))
    expect(rootCause.code).toBe('undetermined')
    expect(otherCauses).toContainEqual(
      expect.objectContaining({ code: 'net.target-sg-ingress', confidence: 'likely' }),
    )
    expect(unknown).toContainEqual(
      expect.objectContaining({ code: 'net.target-sg-ingress', missing: 'ec2:DescribeNetworkInterfaces' }),
    )
  })

  it('is proven where no address of the subnets is admitted', () => {
    expect(somewhere(() => '203.0.113.0/24').rootCause).toMatchObject({
      code: 'net.target-sg-ingress',
      confidence: 'proven',
    })
  })
})

describe('net.nacl', () => {
  it('is proven, partly, when replies to some client ports are dropped in one zone', () => {
    const orchard = orchardOrders({ replyPorts: [32768, 61000] })
    const [, second] = orchard.tasks as [string, string]
    aws.setHealth(
      orchard.world,
      orchard.targetGroup,
      aws.health.timeout,
      aws.taskAddress(orchard.world, second),
    )
    const finding = findingOf(orchard.world)
    expect(finding.rootCause).toMatchObject({
      code: 'net.nacl',
      confidence: 'proven',
      component: { type: 'network-acl', id: orchard.secondAcl },
    })
    expect(finding.rootCause.title).toContain('1024-32767, 61001-65535')
    expect(finding.rootCause.title).toMatch(/only from the node in \S+c/)
    expect(finding.paths[0]?.verdict).toBe('partial')
  })

  it('is not: the final deny is normal, and the default ACL allows all', () => {
    const shop = timingOut()
    expect(ruledOutCodes(findingOf(shop.world))).toContain('net.nacl')
  })

  it('is not: a lower numbered allow beats a later deny', () => {
    const shop = timingOut()
    aws.setAclEntries(shop.world, aws.defaultAclOf(shop.world, shop.vpc).NetworkAclId ?? '', {
      ingress: [aws.allow(90), aws.deny(100)],
      egress: [aws.allow(90), aws.deny(100)],
    })
    expect(ruledOutCodes(findingOf(shop.world))).toContain('net.nacl')
  })

  /** Each zone's node shares its subnet with one target; a closed ACL stands around the first of them. */
  function closedSubnet(crossZone: boolean) {
    const parcels = parcelTracking()
    const { world, vpc, privateSubnets, targetGroup } = parcels
    const closed = aws.networkAcl(world, { vpc, name: 'parcels-closed', subnets: [privateSubnets[0]] })
    world.targetGroupAttributes[targetGroup]?.Attributes?.push({
      Key: 'load_balancing.cross_zone.enabled',
      Value: String(crossZone),
    })
    aws.setHealth(world, targetGroup, aws.health.failed)
    return { ...parcels, closed }
  }

  it('is not: within one subnet no ACL applies', () => {
    const { world, closed, tasks } = closedSubnet(true)
    const { rootCause, paths } = findingOf(world)
    expect(rootCause).toMatchObject({ code: 'net.nacl', confidence: 'proven', component: { id: closed } })
    const addresses = tasks.map((task) => aws.taskAddress(world, task))
    expect(addresses).toContain(paths[0]?.flow.destination)
    const [inside] = paths.filter(({ verdict }) => verdict === 'reachable')
    expect(inside?.forward.map(({ component }) => component.type)).not.toContain('network-acl')
  })

  it('is only likely where no traffic crosses zones, since whether such nodes check is not documented', () => {
    expect(findingOf(closedSubnet(false).world).rootCause).toMatchObject({
      code: 'net.nacl',
      confidence: 'likely',
    })
  })

  it('is not told as the cause where it is not known whether traffic crosses zones', () => {
    const { world } = closedSubnet(true)
    const operation = 'elasticloadbalancing:DescribeTargetGroupAttributes'
    const finding = theOne(findingsIn(aws.withError(aws.jsonOf(world), operation)))
    expect(finding.rootCause.code).toBe('undetermined')
    expect(finding.otherCauses).toContainEqual(
      expect.objectContaining({ code: 'net.nacl', confidence: 'likely' }),
    )
    expect(finding.unknown).toContainEqual(expect.objectContaining({ code: 'net.nacl', missing: operation }))
  })
})

describe('net.route-blackhole within the VPC', () => {
  it('goes with the route, since the local route then leads to the targets', () => {
    const shop = timingOut()
    const { world, publicTable } = shop
    const cidrs = shop.tasks.map((task) => {
      const address = aws.taskAddress(world, task)
      const nic = world.networkInterfaces.find(({ PrivateIpAddress }) => PrivateIpAddress === address)
      return aws.subnetOf(world, nic?.SubnetId ?? '').CidrBlock ?? ''
    })
    for (const cidr of cidrs)
      aws.addRoute(world, publicTable, aws.route(cidr, 'eni-0f00d0f00d0f00d00', 'blackhole'))
    const { rootCause, remediation } = findingOf(world)
    expect(rootCause).toMatchObject({ code: 'net.route-blackhole', component: { id: publicTable } })
    expect(remediation.map(({ verified }) => verified)).toEqual([false])
    expect(remediation[0]?.steps.flatMap(({ cli }) => cli)).toEqual(
      cidrs.map((cidr) =>
        expect.stringMatching(`^aws ec2 delete-route --route-table-id ${publicTable} .*${cidr} `),
      ),
    )
  })

  it('names a prefix list where the route has no block', () => {
    const shop = timingOut()
    const { world, publicTable } = shop
    const cidrs = shop.tasks.map((task) => `${aws.taskAddress(world, task)}/32`)
    const list = aws.prefixList(world, { name: 'tasks', cidrs })
    aws.addRoute(world, publicTable, aws.route(list, 'eni-0f00d0f00d0f00d00', 'blackhole'))
    const { rootCause, remediation } = findingOf(world)
    expect(rootCause.code).toBe('net.route-blackhole')
    expect(remediation[0]?.steps.flatMap(({ cli }) => cli)).toEqual([
      expect.stringContaining(`--route-table-id ${publicTable} --destination-prefix-list-id ${list} `),
    ])
  })
})

describe('tg.dynamic-port-range', () => {
  const timedOut = (options: Parameters<typeof warehouseEc2>[0]) => {
    const warehouse = warehouseEc2(options)
    aws.setHealth(warehouse.world, warehouse.targetGroup, aws.health.timeout)
    return warehouse
  }

  it('is proven when the registered host ports lie outside the admitted range', () => {
    const { world, hostGroup } = timedOut({ firstHostPort: 1100 })
    expect(findingOf(world).rootCause).toMatchObject({
      code: 'tg.dynamic-port-range',
      confidence: 'proven',
      component: { id: hostGroup },
    })
  })

  it('is not: the ports in use are admitted, whatever the theoretical range', () => {
    const { world } = timedOut({ admitted: [32768, 40000] })
    expect(ruledOutCodes(findingOf(world))).toContain('tg.dynamic-port-range')
  })

  it('is not: the whole range, admitted from another group than the load balancer’s', () => {
    const { world, vpc, hostGroup } = timedOut({})
    const old = aws.securityGroup(world, { vpc, name: 'warehouse-old-alb' })
    aws.setIngress(world, hostGroup, aws.tcp(32768, 65535).fromGroup(old))
    expect(findingOf(world).rootCause.code).toBe('net.target-sg-wrong-source')
  })

  it('is not: the whole range, admitted from other addresses', () => {
    const { world, hostGroup } = timedOut({})
    aws.setIngress(world, hostGroup, aws.tcp(32768, 65535).fromCidr('198.51.100.0/24'))
    expect(findingOf(world).rootCause.code).toBe('net.target-sg-ingress')
  })

  it('is unknown without the security groups', () => {
    const { world } = timedOut({ firstHostPort: 1100 })
    expect(unknownIn(world, 'ec2:DescribeSecurityGroups')).toContain('tg.dynamic-port-range')
  })
})

describe('net.cross-vpc', () => {
  it('is proven when the service runs in another VPC than the target group', () => {
    const shop = timingOut()
    const other = aws.vpc(shop.world, { name: 'annex', cidr: '10.9.0.0/16' })
    aws.targetGroupOf(shop.world, shop.targetGroup).VpcId = other
    expect(codesOf(findingOf(shop.world))).toContain('net.cross-vpc')
  })

  it('explains why nothing is registered: ECS cannot register the tasks', () => {
    const shop = bakeryShop()
    const other = aws.vpc(shop.world, { name: 'annex', cidr: '10.9.0.0/16' })
    aws.targetGroupOf(shop.world, shop.targetGroup).VpcId = other
    for (const task of shop.tasks) aws.stopTask(shop.world, task, aws.stops.scaling)
    const finding = findingsOf(shop.world).find(({ subject }) => subject.arn === shop.targetGroup)
    expect(finding?.rootCause).toMatchObject({ code: 'net.cross-vpc', confidence: 'proven' })
    expect(finding && codesOf(finding)).toContain('tg.no-targets')
  })

  it('is not: tasks in other subnets of the target group’s VPC', () => {
    expect(ruledOutCodes(findingOf(timingOut().world))).toContain('net.cross-vpc')
  })

  it('is unknown without the subnets', () => {
    const shop = timingOut()
    aws.targetGroupOf(shop.world, shop.targetGroup).VpcId = aws.vpc(shop.world, {
      name: 'annex',
      cidr: '10.9.0.0/16',
    })
    expect(unknownIn(shop.world, 'ec2:DescribeSubnets')).toContain('net.cross-vpc')
  })

  it('is unknown while ECS does not tell of services', () => {
    const shop = timingOut()
    aws.targetGroupOf(shop.world, shop.targetGroup).VpcId = aws.vpc(shop.world, {
      name: 'annex',
      cidr: '10.9.0.0/16',
    })
    const finding = findingsIn(aws.withError(aws.jsonOf(shop.world), 'ecs:DescribeServices')).find(
      ({ subject }) => subject.arn === shop.targetGroup,
    )
    expect(finding && codesOf(finding)).not.toContain('net.cross-vpc')
    const missing = 'ecs:DescribeServices'
    expect(finding?.unknown).toContainEqual(expect.objectContaining({ code: 'net.cross-vpc', missing }))
  })
})

describe('what is not known', () => {
  const needed = [
    ['ec2:DescribeSecurityGroups', 'net.lb-sg-egress'],
    ['ec2:DescribeSecurityGroups', 'net.hc-port-not-opened'],
    ['ec2:DescribeSecurityGroups', 'net.target-sg-wrong-source'],
    ['ec2:DescribeNetworkAcls', 'net.nacl'],
    ['ec2:DescribeRouteTables', 'net.route-missing'],
    ['ec2:DescribeSubnets', 'net.nacl'],
    ['ec2:DescribeNetworkInterfaces', 'net.target-sg-ingress'],
    ['elasticloadbalancing:DescribeLoadBalancers', 'net.lb-sg-egress'],
  ] as const

  it.each(needed)('%s missing: nothing is blamed, %s stays open', (operation, code) => {
    const shop = timingOut()
    const finding = theOne(findingsIn(aws.withError(aws.jsonOf(shop.world), operation)))
    expect(finding.rootCause.code).toBe('undetermined')
    expect(finding.unknown).toContainEqual(expect.objectContaining({ code, missing: operation }))
    expect(finding.remediation).toEqual([])
  })

  it('a proven block is named all the same', () => {
    const shop = timingOut()
    aws.setEgress(shop.world, shop.albGroup)
    const finding = theOne(findingsIn(aws.withError(aws.jsonOf(shop.world), 'ec2:DescribeNetworkAcls')))
    expect(finding.rootCause).toMatchObject({ code: 'net.lb-sg-egress', confidence: 'proven' })
    expect(finding.unknown).toContainEqual(
      expect.objectContaining({ code: 'net.nacl', missing: 'ec2:DescribeNetworkAcls' }),
    )
  })
})

describe('healthy systems', () => {
  it.each([
    ['bakery', bakeryShop],
    ['parcels', parcelTracking],
    ['warehouse', warehouseEc2],
    ['orchard', orchardOrders],
  ])('%s yields nothing above low', (_name, theme) => {
    expect(findingsOf(theme().world).filter(({ severity }) => severity !== 'low')).toEqual([])
  })
})

describe('a group that keeps out one target while the other is silent behind an open path', () => {
  it('comes before the application, whose silence is what is left', () => {
    const shop = timingOut()
    const [, other = ''] = shop.tasks
    const closed = aws.securityGroup(shop.world, { vpc: shop.vpc, name: 'closed', ingress: [] })
    aws.interfaceOf(shop.world, aws.taskInterface(shop.world, other)).Groups = [{ GroupId: closed }]
    const { rootCause, otherCauses } = findingOf(shop.world)
    expect([rootCause, ...otherCauses].map(({ code }) => code)).toEqual([
      'net.lb-sg-egress',
      'net.target-sg-ingress',
      'app.not-answering',
    ])
  })
})
