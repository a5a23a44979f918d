/** Gateways of which AWS tells too little, two things at once, or something that is not about this packet. */
import { describe, expect, it, test } from 'vitest'
import * as aws from '../fixtures/index.ts'
import { mill } from './codes/case.ts'
import { answer, publicMill, SOMEWHERE } from './public-mill.ts'

describe('the table of an internet gateway', () => {
  it('is asked for what comes back to a NAT gateway too', () => {
    const { world, vpc, gateway, stone } = publicMill()
    const firewall = [{ ...aws.route('10.20.0.0/24', gateway), GatewayId: 'vpce-0123456789abcdef0' }]
    aws.edgeRouteTable(world, { vpc, name: 'edge', gateway, routes: firewall })
    const { verdict, missing } = answer(world, { from: stone, to: SOMEWHERE })
    expect([verdict, missing]).toEqual(['unknown', ['network-firewall:DescribeFirewallPolicy']])
  })

  it('leads to an interface whose own check stops the packets', () => {
    const { world, vpc, gateway, stone, door } = publicMill()
    aws.edgeRouteTable(world, {
      vpc,
      name: 'edge',
      gateway,
      routes: [aws.route('10.20.0.0/24', stone)],
    })
    expect(answer(world, { from: SOMEWHERE, to: door }).blockers).toEqual([
      ['forward', stone, 'ENI_SOURCE_DEST_CHECK_RESTRICTION'],
    ])
  })
})

describe('an internet gateway', () => {
  it('that an active route names and the whole list does not hold is not known', () => {
    const { world, door } = publicMill()
    world.internetGateways.splice(0)
    const { verdict, missing } = answer(world, { from: door, to: SOMEWHERE })
    expect([verdict, missing]).toEqual(['unknown', ['ec2:DescribeInternetGateways']])
  })

  // Participants of a shared VPC do not see its owner's gateways.
  it('of a shared VPC is not missing where only a participant was asked', () => {
    const { world, door } = publicMill()
    for (const vpc of world.vpcs) vpc.OwnerId = '999988887777'
    world.internetGateways.splice(0)
    expect(answer(world, { from: SOMEWHERE, to: door })).toEqual({
      verdict: 'unknown',
      blockers: [],
      missing: ['ec2:DescribeInternetGateways'],
    })
    expect(answer(world, { from: door, to: SOMEWHERE }).verdict).toBe('reachable')
  })

  it('of a shared VPC is told by its owner', () => {
    const { world, door } = publicMill()
    const owner = aws.newWorld({ accountId: '999988887777', region: world.region })
    for (const vpc of world.vpcs) vpc.OwnerId = owner.accountId
    owner.internetGateways.push(...world.internetGateways.splice(0))
    expect(answer([world, owner], { from: SOMEWHERE, to: door }).verdict).toBe('reachable')
  })
})

describe('replies to the internet', () => {
  it('by a firewall endpoint may be handed on as they are', () => {
    const { world, publicTable, door } = publicMill()
    aws.removeRoute(world, publicTable, '0.0.0.0/0')
    aws.addRoute(world, publicTable, {
      ...aws.route('0.0.0.0/0', 'igw-0'),
      GatewayId: 'vpce-0123456789abcdef0',
    })
    expect(answer(world, { from: SOMEWHERE, to: door })).toMatchObject({ verdict: 'unknown', blockers: [] })
  })

  it('by an interface stop at its source/destination check', () => {
    const { world, publicTable, door, stone } = publicMill()
    aws.removeRoute(world, publicTable, '0.0.0.0/0')
    aws.addRoute(world, publicTable, aws.route('0.0.0.0/0', stone))
    expect(answer(world, { from: SOMEWHERE, to: door }).blockers).toEqual([
      ['return', stone, 'ENI_SOURCE_DEST_CHECK_RESTRICTION'],
    ])
  })
})

describe('an exclusion from Block Public Access', () => {
  it.each(['create-in-progress', 'update-failed', 'delete-in-progress'] as const)(
    'in %s may count or not',
    (State) => {
      const { world, vpc, door } = publicMill()
      aws.blockPublicAccess(world, 'block-bidirectional')
      aws.excludeFromBlockPublicAccess(world, vpc, 'allow-bidirectional')
      for (const one of world.blockPublicAccessExclusions) one.State = State
      const { verdict, missing } = answer(world, { from: door, to: SOMEWHERE })
      expect([verdict, missing]).toEqual(['unknown', ['ec2:DescribeVpcBlockPublicAccessExclusions']])
    },
  )

  it.each(['create-failed', 'delete-complete'] as const)('in %s does not count', (State) => {
    const { world, vpc, door } = publicMill()
    aws.blockPublicAccess(world, 'block-bidirectional')
    aws.excludeFromBlockPublicAccess(world, vpc, 'allow-bidirectional')
    for (const one of world.blockPublicAccessExclusions) one.State = State
    expect(answer(world, { from: door, to: SOMEWHERE }).verdict).toBe('blocked')
  })
})

test('a peering connection that is not active is what blocks, not the route to it', () => {
  const world = aws.newWorld()
  const { wheel, vpc, table } = mill(world)
  const other = mill(world, 'bakery', '10.30')
  const peering = aws.peering({ world, vpc }, { world, vpc: other.vpc }, 'mill-bakery')
  for (const one of world.peerings) one.Status = { Code: 'pending-acceptance' }
  aws.addRoute(world, table, aws.route('10.30.0.0/16', peering))
  aws.addRoute(world, other.table, aws.route('10.20.0.0/16', peering))
  expect(answer(world, { from: wheel, to: other.stone })).toEqual({
    verdict: 'blocked',
    blockers: [
      ['forward', peering, 'BAD_STATE'],
      ['return', peering, 'BAD_STATE'],
    ],
    missing: [],
  })
})

test('a route whose state is "filtered" may take packets or not', () => {
  const { world, publicTable, door, gateway } = publicMill()
  aws.addRoute(world, publicTable, { ...aws.route('198.51.100.0/24', gateway), State: 'filtered' })
  const { verdict, missing } = answer(world, { from: door, to: SOMEWHERE })
  expect([verdict, missing]).toEqual(['unknown', ['ec2:DescribeRouteTables']])
})
