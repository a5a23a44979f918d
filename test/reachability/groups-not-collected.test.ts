/** Whoever holds a private address that was not collected may carry the groups that rules refer to. */
import { describe, expect, it } from 'vitest'
import { compileSnapshot, explainQuery, type Query } from '../../shared/explain.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import * as aws from '../fixtures/index.ts'
import { mill } from './codes/case.ts'

/** Rules refer to a group of the bakery, which lies in another account and stays uncollected. */
function guardedMill() {
  const world = aws.newWorld()
  const { vpc, near, table } = mill(world)
  const bakery = aws.newWorld({ accountId: '999988887777', region: world.region })
  const other = mill(bakery, 'bakery', '10.30')
  const peering = aws.peering({ world, vpc }, { world: bakery, vpc: other.vpc }, 'mill-bakery')
  const gateway = aws.vpnGateway(world, { vpc, name: 'depot' })
  aws.addRoute(world, table, aws.route('10.30.0.0/16', peering), aws.route('192.168.0.0/16', gateway))
  const group = aws.securityGroup(world, {
    vpc,
    name: 'guarded',
    ingress: [aws.tcp(443).fromGroup(other.group)],
    egress: [aws.tcp(443).toGroup(other.group)],
  })
  return { world, guard: aws.networkInterface(world, { name: 'guard', subnet: near, groups: [group] }) }
}

const { world, guard } = guardedMill()

function answer(query: Query, coverage: 'region' | 'selection' = 'region') {
  const network = compileSnapshot(parseSnapshot(aws.jsonOf(world, { coverage })))
  return explainQuery(network, query).verdict
}

describe.each([
  ['from it', (address: string, port: number) => ({ from: address, to: guard, port })],
  ['to it', (address: string, port: number) => ({ from: guard, to: address, port })],
])('%s', (_, query) => {
  it('over a peering connection: unknown', () => {
    expect(answer(query('10.30.0.99', 443))).toBe('unknown')
  })

  it('in the VPC, of which a selection was collected: unknown', () => {
    expect(answer(query('10.20.1.99', 443), 'selection')).toBe('unknown')
  })

  it.each([
    ['a port that no rule names', '10.30.0.99', 80],
    ['behind a VPN, where nobody carries groups', '192.168.7.7', 443],
    ['in the VPC, of which all was collected', '10.20.1.99', 443],
  ])('%s: blocked', (__, address, port) => {
    expect(answer(query(address, port))).toBe('blocked')
  })
})
