/** IPv6 addresses are global: a packet to another VPC's may leave by a gateway to the internet. Nothing is claimed there. */
import { describe, expect, it } from 'vitest'
import { compileSnapshot, explainQuery } from '../../shared/explain.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import * as aws from '../fixtures/index.ts'

const ABBEY = '2600:1f14:aa00::10'
const CHAPEL = '2600:1f14:bb00::20'

/** An abbey and a chapel in two VPCs, each with its own way out and none between them. */
function diocese(way: typeof aws.internetGateway) {
  const world = aws.newWorld()
  const place = (name: string, prefix: string, block: string, ipv6Address: string) => {
    const vpc = aws.vpc(world, { name, cidr: `${prefix}.0.0/16`, ipv6Cidr: `${block}::/56` })
    const subnet = aws.subnet(world, {
      vpc,
      name: `${name}-nave`,
      cidr: `${prefix}.0.0/24`,
      ipv6Cidr: `${block}::/64`,
      zone: 'a',
    })
    const out = way(world, { vpc, name: `${name}-out` })
    const routes = [aws.route('::/0', out)]
    aws.routeTable(world, { vpc, name: `${name}-table`, subnets: [subnet], routes })
    const all = [aws.allTraffic().toCidr('::/0')]
    const group = aws.securityGroup(world, { vpc, name: `${name}-open`, ingress: all, egress: all })
    return aws.networkInterface(world, { name: `${name}-bell`, subnet, groups: [group], ipv6Address })
  }
  const abbey = place('abbey', '10.60', '2600:1f14:aa00', ABBEY)
  const chapel = place('chapel', '10.61', '2600:1f14:bb00', CHAPEL)
  return { world, abbey, chapel }
}

const answer = (world: aws.World, from: string, to: string) =>
  explainQuery(compileSnapshot(parseSnapshot(aws.jsonOf(world))), { from, to, protocol: 'tcp', port: 443 })

describe.each([
  ['an internet gateway', aws.internetGateway],
  ['an egress-only gateway', aws.egressOnlyInternetGateway],
])('by %s', (_, way) => {
  it('what happens in the other VPC is not claimed', () => {
    const { world } = diocese(way)
    expect(answer(world, ABBEY, CHAPEL)).toMatchObject({ verdict: 'unknown', blockers: [] })
  })

  it('nor does it get better where the other interface was not collected', () => {
    const { world, chapel } = diocese(way)
    aws.removeInterface(world, chapel)
    const { verdict, unknown } = answer(world, ABBEY, CHAPEL)
    expect(verdict).toBe('unknown')
    expect(unknown).toContainEqual({
      missing: 'ec2:DescribeNetworkInterfaces',
      because: expect.stringMatching(`^${CHAPEL} belongs to vpc-`),
    })
  })

  it('an address that is no VPC’s that we know is the internet', () => {
    const { world } = diocese(way)
    expect(answer(world, ABBEY, '2606:4700::1111').verdict).toBe('reachable')
  })
})

it('who sends from an address of another VPC is not taken for somebody on the internet', () => {
  const { world, abbey } = diocese(aws.internetGateway)
  aws.removeInterface(world, abbey)
  expect(answer(world, ABBEY, CHAPEL).verdict).toBe('unknown')
})

it('an egress-only gateway of another VPC carries nothing', () => {
  const { world } = diocese(aws.egressOnlyInternetGateway)
  const [own, other] = world.egressOnlyInternetGateways
  if (own && other) own.Attachments = other.Attachments
  expect(answer(world, ABBEY, '2606:4700::1111')).toMatchObject({
    verdict: 'blocked',
    blockers: [{ awsExplanationCode: 'BAD_STATE_ATTACHMENT' }],
  })
})
