/** Out through a private NAT gateway, a transit gateway, and the NAT gateway of the VPC that leads to the internet. */
import { expect, test } from 'vitest'
import { compileSnapshot, explainQuery } from '../../shared/explain.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import * as aws from '../fixtures/index.ts'
import { railway } from '../fixtures/themes/railway.ts'

const SOMEWHERE = '198.51.100.7'

/** The clerk's subnet leads to a private NAT gateway, which stands in another. */
function translatedTwice() {
  const line = railway()
  const { world, tickets } = line
  const [office = '', platform = ''] = tickets.subnets
  const nat = aws.privateNatGateway(world, { subnet: platform, name: 'railway-tickets-nat' })
  const routes = [aws.route('0.0.0.0/0', nat)]
  const table = aws.routeTable(world, { vpc: tickets.vpc, name: 'railway-office', routes })
  aws.associateRouteTable(world, table, office)
  const [address] =
    world.natGateways.find(({ NatGatewayId }) => NatGatewayId === nat)?.NatGatewayAddresses ?? []
  return { ...line, natAddress: address?.PrivateIp ?? '', clerkAddress: aws.addressOf(world, line.clerk) }
}

/** The subnet of the last NAT gateway lets all in but one address. */
function asked(refused: (line: ReturnType<typeof translatedTwice>) => string, line = translatedTwice()) {
  const { world, egress, clerk } = line
  const acl = aws.networkAcl(world, {
    vpc: egress.vpc,
    name: 'railway-egress',
    ingress: [aws.deny(90, { cidr: `${refused(line)}/32` }), aws.allow(100)],
    egress: [aws.allow(100)],
  })
  aws.associateAcl(world, acl, egress.subnets[0] ?? '')
  const network = compileSnapshot(parseSnapshot(aws.jsonOf(world)))
  return { ...explainQuery(network, { from: clerk, to: SOMEWHERE, port: 443 }), acl }
}

test('what the first sent on is refused by its address where it enters the subnet of the second', () => {
  const { verdict, blockers, acl } = asked(({ natAddress }) => natAddress)
  expect(verdict).toBe('blocked')
  expect(blockers.map(({ leg, direction, component }) => [leg, direction, component.id])).toEqual([
    ['forward', 'ingress', acl],
  ])
})

test('who sent it at first is not seen there', () => {
  const { verdict, blockers } = asked(({ clerkAddress }) => clerkAddress)
  expect([verdict, blockers]).toEqual(['reachable', []])
})

test('an address of the first that is not told may be the one that is refused, or not', () => {
  const line = translatedTwice()
  for (const gateway of line.world.natGateways)
    if (gateway.ConnectivityType === 'private') gateway.NatGatewayAddresses = undefined
  const { verdict, blockers, unknown } = asked(({ clerkAddress }) => clerkAddress, line)
  expect([verdict, blockers]).toEqual(['unknown', []])
  expect(unknown.map(({ missing }) => missing)).toEqual(['ec2:DescribeNatGateways'])
})
