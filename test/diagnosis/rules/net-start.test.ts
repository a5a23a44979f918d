/** Network ACLs and VPC Block Public Access in front of tasks that start. */
import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { causeOf, codes, diagnosed, observed } from '../diagnosed.ts'
import { findingsOf } from '../findings.ts'
import { bakeryShop, curesOf, failToStart, printShop, says } from '../start-failures.ts'

type Fence = Pick<Parameters<typeof aws.networkAcl>[1], 'ingress' | 'egress'>

/** The print shop's tasks reach endpoints in their own two subnets, and S3 by its gateway endpoint. */
function press(fence: Fence, subnets = 2) {
  const shop = printShop()
  failToStart(shop, says.ecrConnection)
  const fenced = shop.subnets.slice(0, subnets)
  const acl = aws.networkAcl(shop.world, { vpc: shop.vpc, name: 'fence', subnets: fenced, ...fence })
  return { ...shop, acl }
}

function bakery(change: (shop: ReturnType<typeof bakeryShop>) => unknown) {
  const shop = bakeryShop()
  failToStart(shop, says.ecrConnection)
  change(shop)
  return shop
}

const open = [aws.allow(100)]
/** Of the service, and in the audit of the group before it, which says the same. */
function told({ world, service, targetGroup }: { world: aws.World; service: string; targetGroup: string }) {
  const finding = findingsOf(world).find(({ subject }) => subject.arn === targetGroup)
  expect(codes(diagnosed(world, service))[0]).toBe(finding?.rootCause.code)
  return finding
}

/** What cannot be told where an operation is refused; nothing is blamed. */
function missingWithout(
  { world, service }: { world: aws.World; service: string },
  operation: Parameters<typeof aws.withError>[1],
) {
  const blind = diagnosed(aws.withError(aws.jsonOf(world), operation), service)
  expect(codes(blind)).toEqual([])
  return blind.unknown.map(({ missing }) => missing)
}

describe('net.nacl of starts', () => {
  const code = 'net.nacl'
  const shut: Fence = { egress: [aws.deny(90, { ports: 443 }), ...open], ingress: open }

  it('is told beside an ACL that threatens the checks of healthy targets: these are two stories of one code', () => {
    const shop = printShop()
    const [first = ''] = shop.tasks
    failToStart({ ...shop, tasks: [first] }, says.ecrConnection)
    const ingress = [aws.allow(100, { cidr: '10.90.1.0/24' })]
    for (const { NetworkInterfaceIds = [], SubnetIds = [] } of shop.world.vpcEndpoints) {
      for (const eni of NetworkInterfaceIds.splice(0, 1)) aws.removeInterface(shop.world, eni)
      SubnetIds.splice(0, 1)
    }
    aws.networkAcl(shop.world, {
      vpc: shop.vpc,
      name: 'fence',
      subnets: shop.subnets.slice(1),
      ingress,
      egress: open,
    })
    const found = findingsOf(shop.world).map(({ subject, rootCause }) => [subject.kind, rootCause.code])
    expect(found).toEqual([
      ['target-group', code],
      ['ecs-service', code],
    ])
  })

  it('is proven where tcp 443 may not leave the tasks’ subnets', () => {
    const shop = bakery(({ world, vpc, privateSubnets: subnets }) =>
      aws.networkAcl(world, { vpc, name: 'fence', subnets, ...shut }),
    )
    expect(told(shop)?.rootCause).toMatchObject({
      code,
      confidence: 'proven',
      component: { type: 'network-acl' },
      awsExplanationCode: 'SUBNET_ACL_RESTRICTION',
      title: expect.stringMatching(
        /lets out no tcp 443 between the tasks of service web and .*: rule 90 of acl-/,
      ),
    })
    const cause = causeOf(diagnosed(shop.world, shop.service), code)
    expect(observed(cause, 'Entries')).toMatchObject({ ruleNumber: 90 })
    expect(observed(cause, 'stoppedReason')).toContain('api.ecr')
    expect(curesOf(shop.world, code)[0]?.verified).toBe(true)
  })

  it('is likely where only endpoints in the other subnet, and S3, are cut off', () => {
    expect(told(press(shut))?.rootCause).toMatchObject({ code, confidence: 'likely' })
  })

  it('is cured by entries in front of the deny, which were tried', () => {
    const [cure] = curesOf(press(shut).world, code)
    expect(cure?.verified).toBe(true)
    expect(cure?.commands[0]).toMatch(
      /create-network-acl-entry .*--egress --rule-number 89 .*10\.90\.0\.0\/24/,
    )
  })

  it('is found where only the answers are dropped, at the ports from which tasks ask', () => {
    const replies = [aws.allow(100, { ports: 443 }), aws.allow(110, { ports: 8080 })]
    const { rootCause, remediation } = told(press({ egress: open, ingress: replies }, 1)) ?? {}
    expect(rootCause).toMatchObject({ code })
    expect(rootCause?.title).toMatch(/lets in no answers to ports 1024-8079, 8081-65535/)
    expect(remediation?.[0]?.verified).toBe(true)
  })

  it('is what a target group without targets suffers from', () => {
    const { world, targetGroup } = press(shut)
    const finding = findingsOf(world).find(({ subject }) => subject.arn === targetGroup)
    expect(finding?.rootCause.code).toBe(code)
    expect(finding?.otherCauses.map((cause) => cause.code)).toEqual(['tg.no-targets'])
    expect(finding?.remediation[0]?.verified).toBe(true)
  })

  it('is not: an ACL that passes 443 and the answers to 1024-65535', () => {
    const { world, service } = press({
      egress: [aws.allow(100, { ports: 443 }), aws.allow(110, { ports: [1024, 65535] })],
      ingress: [aws.allow(100, { ports: 443 }), aws.allow(110, { ports: [1024, 65535] })],
    })
    expect(codes(diagnosed(world, service))).toEqual([])
  })

  it('is unknown without the network ACLs', () => {
    const operation = 'ec2:DescribeNetworkAcls'
    expect(missingWithout(press(shut), operation)).toContain(operation)
  })
})

describe('net.public-access-blocked of starts', () => {
  const code = 'net.public-access-blocked'
  const blocked = () => bakery(({ world }) => aws.blockPublicAccess(world, 'block-bidirectional'))

  it('is proven where the NAT gateway’s subnet is not excluded', () => {
    const shop = blocked()
    const { publicSubnets } = shop
    const finding = told(shop)
    expect(finding?.rootCause).toMatchObject({ code, confidence: 'proven' })
    expect(finding?.rootCause.title).toContain(`internet traffic of ${publicSubnets[0]} is stopped`)
    const [cure] = finding?.remediation ?? []
    expect(cure?.verified).toBe(true)
    expect(cure?.steps[0]?.cli[0]).toMatch(
      new RegExp(`create-vpc-block-public-access-exclusion .*${publicSubnets[0]}.*allow-egress`),
    )
  })

  it.each([
    ['block-bidirectional', 'allow-egress'],
    ['block-ingress', 'allow-bidirectional'],
  ] as const)(
    'is proven for tasks with public addresses, whose own subnets are not excluded: %s',
    (mode, exclusion) => {
      const shop = bakery((made) => {
        aws.removeRoute(made.world, made.privateTable, '0.0.0.0/0')
        aws.addRoute(made.world, made.privateTable, aws.route('0.0.0.0/0', made.internetGateway))
        const placed = aws.serviceOf(made.world, made.service).networkConfiguration?.awsvpcConfiguration
        Object.assign(placed ?? {}, { assignPublicIp: 'ENABLED' })
        aws.blockPublicAccess(made.world, mode)
      })
      const finding = told(shop)
      expect(finding?.rootCause.code).toBe(code)
      const steps = shop.privateSubnets.map(() => ({ title: expect.stringContaining(exclusion) }))
      expect(finding?.remediation[0]).toMatchObject({ verified: true, steps })
    },
  )

  it('is not, behind a NAT gateway: the mode that stops only what comes in', () => {
    const { world, service } = bakery((shop) => aws.blockPublicAccess(shop.world, 'block-ingress'))
    expect(codes(diagnosed(world, service))).toEqual([])
  })

  it('is unknown without the options', () => {
    const operation = 'ec2:DescribeVpcBlockPublicAccessOptions'
    expect(missingWithout(blocked(), operation)).toContain(operation)
  })
})
