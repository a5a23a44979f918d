/** How clients get to load balancers; checks of their targets pass all the while. */
import { describe, expect, it } from 'vitest'
import type { Operation } from '../../../shared/snapshot/operations.ts'
import * as aws from '../../fixtures/index.ts'
import { bakeryShop } from '../../fixtures/themes/bakery-shop.ts'
import { boxOffice } from '../../fixtures/themes/box-office.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'
import { findingOf, findingsOf } from '../findings.ts'

type Office = ReturnType<typeof boxOffice>

/** The only finding there is: of a load balancer, cured by what it proposes first. */
function theFinding({ world }: { world: aws.World }, code: string) {
  const finding = findingOf(world)
  expect(finding.rootCause.code).toBe(code)
  expect(finding.subject.kind).toBe('load-balancer')
  expect(finding.targets).toEqual([])
  return finding
}

const verified = (finding: ReturnType<typeof theFinding>) => finding.remediation.map((item) => item.verified)

const unknownWithout = (office: Office, balancer: string, code: string, operation: Operation) =>
  missingFor(diagnosed(aws.withError(aws.jsonOf(office.world), operation), balancer), code)

const uriOf = ({ world, restApi }: Office, path: string, uri: string) => {
  const methods = world.resources[restApi]?.find((one) => one.path === path)?.resourceMethods ?? {}
  for (const { methodIntegration } of Object.values(methods))
    if (methodIntegration) methodIntegration.uri = uri
}

const integrationOf = ({ world, httpApi }: Office) => world.integrations[httpApi]?.[0] ?? {}

it('a box office that works has no finding', () => {
  expect(findingsOf(boxOffice().world)).toEqual([])
})

describe('edge.api-gateway-listener-mismatch', () => {
  const code = 'edge.api-gateway-listener-mismatch'

  it('a port on which the Network Load Balancer has no listener', () => {
    const office = boxOffice()
    uriOf(office, '/seats', 'http://seats.theatre.example:8080/seats')
    const finding = theFinding(office, code)
    expect(finding.rootCause).toMatchObject({
      confidence: 'proven',
      title: expect.stringMatching(
        /of the REST API box-office .*calls load balancer seats by http on port 8080 but it listens on TCP 80: callers get a 500$/,
      ),
    })
    expect(verified(finding)).toContain(true)
    expect(finding.remediation[0]?.steps[0]?.cli[0]).toContain('http://seats.theatre.example:80/seats')
  })

  it('a listener that another one replaced', () => {
    const office = boxOffice()
    integrationOf(office).IntegrationUri = `${office.albListener.slice(0, -4)}dead`
    const finding = theFinding(office, code)
    expect(finding.subject.name).toBe('foyer')
    expect(verified(finding)).toEqual([true])
  })

  it('plain HTTP to an HTTPS listener', () => {
    const office = boxOffice()
    const [listener] = office.world.listeners[office.alb]?.Listeners ?? []
    if (listener) listener.Protocol = 'HTTPS'
    const { rootCause, remediation } = theFinding(office, code)
    expect(rootCause.title).toContain('by http on its HTTPS listener 80')
    expect(remediation.flatMap(({ steps }) => steps.flatMap(({ cli }) => cli))).toEqual([
      expect.stringMatching(/^aws apigatewayv2 update-integration .* --tls-config ServerNameToVerify=/),
    ])
  })

  it('is not: https to a TCP listener, which passes TLS on', () => {
    const office = boxOffice()
    uriOf(office, '/seats', 'https://seats.theatre.example:80/seats')
    expect(findingsOf(office.world)).toEqual([])
  })

  it('https without a port is 443', () => {
    const office = boxOffice()
    uriOf(office, '/seats', 'https://seats.theatre.example/seats')
    expect(theFinding(office, code).rootCause.title).toContain('https on port 443')
  })

  it('is not known: a host that is a stage variable', () => {
    const office = boxOffice()
    // biome-ignore lint/suspicious/noTemplateCurlyInString: API Gateway's own syntax
    uriOf(office, '/seats', 'http://${stageVariables.seats}/seats')
    expect(findingsOf(office.world)).toEqual([])
    expect(missingFor(diagnosed(office.world, office.nlb), code)).toContain('apigateway:GetResources')
  })

  it.each<Operation>([
    'apigateway:GetRestApis',
    'apigateway:GetVpcLinks',
    'apigateway:GetResources',
    'elasticloadbalancing:DescribeListeners',
  ])('is unknown without %s', (operation) => {
    const office = boxOffice()
    uriOf(office, '/seats', 'http://seats.theatre.example:8080/seats')
    expect(unknownWithout(office, office.nlb, code, operation)).toContain(operation)
  })
})

describe('edge.privatelink-sg-enforcement', () => {
  const code = 'edge.privatelink-sg-enforcement'

  function narrowed(...rules: readonly aws.Permission[]): Office {
    const office = boxOffice()
    aws.setIngress(office.world, office.nlbGroup, ...rules)
    return office
  }

  it('rules that refer to groups do not match what comes over PrivateLink', () => {
    const office = boxOffice()
    aws.setIngress(office.world, office.nlbGroup, aws.tcp(80).fromGroup(office.linkGroup))
    const finding = theFinding(office, code)
    expect(finding.rootCause.confidence).toBe('proven')
    expect(finding.remediation[0]).toMatchObject({
      verified: true,
      opens: expect.stringContaining('every PrivateLink consumer'),
      steps: [
        {
          cli: [
            expect.stringContaining('--enforce-security-group-inbound-rules-on-private-link-traffic off'),
          ],
        },
      ],
    })
  })

  it('is likely: rules for addresses of the VPC, since those of API Gateway are not published', () => {
    const office = narrowed(aws.tcp(80).fromCidr('10.44.0.0/16'))
    expect(theFinding(office, code).rootCause.confidence).toBe('likely')
  })

  it('is not: two halves that are everything', () => {
    expect(
      findingsOf(narrowed(aws.tcp(80).fromCidr('0.0.0.0/1'), aws.tcp(80).fromCidr('128.0.0.0/1')).world),
    ).toEqual([])
  })

  it('is not: enforcement off', () => {
    const office = narrowed(aws.tcp(80).fromCidr('10.44.0.0/16'))
    aws.loadBalancerOf(office.world, office.nlb).EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = 'off'
    expect(reasonAgainst(diagnosed(office.world, office.nlb), code)).toContain('do not filter')
  })

  it('is not: a link of the second kind, which has groups of its own', () => {
    const office = boxOffice()
    expect(codes(diagnosed(office.world, office.alb))).toEqual([])
  })

  it('is unknown where the switch is not told', () => {
    const office = narrowed(aws.tcp(80).fromCidr('10.44.0.0/16'))
    delete aws.loadBalancerOf(office.world, office.nlb).EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic
    const diagnosis = diagnosed(office.world, office.nlb)
    expect(codes(diagnosis)).toEqual([])
    expect(missingFor(diagnosis, code)).toEqual(['elasticloadbalancing:DescribeLoadBalancers'])
  })

  it.each<Operation>(['apigateway:GetVpcLinks', 'ec2:DescribeSecurityGroups'])(
    'is unknown without %s',
    (operation) => {
      const office = narrowed(aws.tcp(80).fromCidr('10.44.0.0/16'))
      expect(unknownWithout(office, office.nlb, code, operation)).toEqual([operation])
    },
  )
})

describe('edge.vpclink-inactive', () => {
  const code = 'edge.vpclink-inactive'
  const inactive = () => {
    const office = boxOffice()
    const [link] = office.world.vpcLinksV2
    if (link) link.VpcLinkStatus = 'INACTIVE'
    return office
  }

  it('a link that nobody called for sixty days', () => {
    const finding = theFinding(inactive(), code)
    expect(finding.rootCause.title).toMatch(
      /^VPC link foyer to load balancer foyer is INACTIVE: integration \w+ of the HTTP API foyer fails$/,
    )
    expect(finding.remediation[0]?.steps[0]?.cli[0]).toContain('aws apigatewayv2 create-vpc-link')
  })

  it('is not: a link that no integration uses', () => {
    const office = inactive()
    office.world.integrations[office.httpApi] = []
    expect(findingsOf(office.world)).toEqual([])
  })

  it('is not: one that is being made', () => {
    const office = boxOffice()
    const [link] = office.world.vpcLinks
    if (link) link.status = 'PENDING'
    expect(findingsOf(office.world)).toEqual([])
  })

  it('is unknown for a status that nobody documents', () => {
    const office = boxOffice()
    const [link] = office.world.vpcLinksV2
    if (link) link.VpcLinkStatus = 'HIBERNATING' as 'INACTIVE'
    const diagnosis = diagnosed(office.world, office.alb)
    expect(codes(diagnosis)).toEqual([])
    expect(missingFor(diagnosis, code)).toEqual(['apigatewayv2:GetVpcLinks'])
  })

  it.each<Operation>(['apigatewayv2:GetVpcLinks', 'apigatewayv2:GetApis', 'apigatewayv2:GetIntegrations'])(
    'is unknown without %s',
    (operation) => {
      const office = inactive()
      expect(unknownWithout(office, office.alb, code, operation)).toContain(operation)
    },
  )
})

describe('edge.lb-subnet-not-public', () => {
  const code = 'edge.lb-subnet-not-public'

  it('one of two subnets is private: every second client times out', () => {
    const shop = bakeryShop()
    const [, second = ''] = shop.publicSubnets
    aws.associateRouteTable(shop.world, shop.privateTable, second)
    const finding = theFinding(shop, code)
    expect(finding.rootCause).toMatchObject({
      confidence: 'proven',
      title: `Load balancer bakery is internet-facing, but ${second} has no route to an internet gateway: clients that are sent there time out, the others are served`,
      component: { type: 'subnet', id: second },
    })
    expect(verified(finding)).toContain(true)
  })

  it('is not: an internal load balancer', () => {
    const office = boxOffice()
    expect(reasonAgainst(diagnosed(office.world, office.alb), code)).toBe('foyer is internal')
  })

  it('is not: an Elastic IP address in a subnet without the route helps nobody, and one with it needs none', () => {
    expect(findingsOf(bakeryShop().world)).toEqual([])
  })

  it('a blackhole is no route', () => {
    const shop = bakeryShop()
    for (const route of aws.routeTableOf(shop.world, shop.publicTable).Routes ?? [])
      if (route.GatewayId !== 'local') route.State = 'blackhole'
    expect(causeOf(diagnosed(shop.world, shop.loadBalancer), code).partial).toBeUndefined()
  })

  it.each<Operation>(['ec2:DescribeRouteTables', 'ec2:DescribeSubnets'])(
    'is unknown without %s',
    (operation) => {
      const shop = bakeryShop()
      aws.associateRouteTable(shop.world, shop.privateTable, shop.publicSubnets[1] ?? '')
      const diagnosis = diagnosed(aws.withError(aws.jsonOf(shop.world), operation), shop.loadBalancer)
      expect(missingFor(diagnosis, code)).toEqual([operation])
    },
  )
})

describe('edge.lb-sg-ingress', () => {
  const code = 'edge.lb-sg-ingress'

  it('nobody is admitted to any listener', () => {
    const shop = bakeryShop()
    aws.setIngress(shop.world, shop.albGroup)
    const finding = theFinding(shop, code)
    expect(finding.rootCause.component).toMatchObject({ type: 'security-group', id: shop.albGroup })
    expect(verified(finding)).toEqual([true])
  })

  it('the VPC link’s group is not admitted', () => {
    const office = boxOffice()
    aws.setIngress(office.world, office.albGroup, aws.tcp(80).fromCidr('10.9.0.0/16'))
    const finding = theFinding(office, code)
    expect(finding.rootCause.title).toContain('admits 10.9.0.0/16 to HTTP 80, but not VPC link foyer')
    expect(verified(finding)).toEqual([true])
  })

  it.each<Operation>(['apigatewayv2:GetVpcLinks', 'apigatewayv2:GetApis'])(
    'is not ruled out, but unknown, while %s does not tell who calls',
    (operation) => {
      const office = boxOffice()
      expect(unknownWithout(office, office.alb, code, operation)).toContain(operation)
    },
  )

  it('is not: an office only, or the subnets of the link', () => {
    const shop = bakeryShop()
    aws.setIngress(shop.world, shop.albGroup, aws.tcp(80).fromCidr('203.0.113.0/24'))
    expect(findingsOf(shop.world)).toEqual([])
    const office = boxOffice()
    aws.setIngress(office.world, office.albGroup, aws.tcp(80).fromCidr('10.44.0.0/16'))
    expect(findingsOf(office.world)).toEqual([])
  })

  it('is not: a Network Load Balancer without groups', () => {
    const office = boxOffice()
    delete aws.loadBalancerOf(office.world, office.nlb).SecurityGroups
    expect(codes(diagnosed(office.world, office.nlb))).toEqual([])
  })

  it.each<Operation>(['ec2:DescribeSecurityGroups', 'elasticloadbalancing:DescribeListeners'])(
    'is unknown without %s',
    (operation) => {
      const shop = bakeryShop()
      aws.setIngress(shop.world, shop.albGroup)
      const diagnosis = diagnosed(aws.withError(aws.jsonOf(shop.world), operation), shop.loadBalancer)
      expect(missingFor(diagnosis, code)).toEqual([operation])
    },
  )
})
