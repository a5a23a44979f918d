/** A mill with ways to the internet and back, and what the engine answers of it. */
import { compileSnapshot, explainQuery, type Query } from '../../shared/explain.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import * as aws from '../fixtures/index.ts'
import { mill } from './codes/case.ts'

export const SOMEWHERE = '198.51.100.7'

/** A VPC with a public subnet, whose NAT gateway the private one leaves by. */
export function publicMill() {
  const world = aws.newWorld()
  const made = mill(world)
  const { vpc, near, far, group } = made
  const gateway = aws.internetGateway(world, { vpc, name: 'mill' })
  const nat = aws.natGateway(world, { subnet: near, name: 'mill-nat' })
  const out = [aws.route('0.0.0.0/0', gateway)]
  const publicTable = aws.routeTable(world, { vpc, name: 'public', subnets: [near], routes: out })
  const privateTable = aws.routeTable(world, {
    vpc,
    name: 'private',
    subnets: [far],
    routes: [aws.route('0.0.0.0/0', nat)],
  })
  const door = aws.networkInterface(world, {
    name: 'door',
    subnet: near,
    groups: [group],
    publicIp: '203.0.113.20',
  })
  return { ...made, world, gateway, nat, publicTable, privateTable, door }
}

export function answer(world: aws.World | readonly aws.World[], query: Query) {
  const network = compileSnapshot(parseSnapshot(aws.jsonOf(world)))
  const { verdict, blockers, unknown } = explainQuery(network, { port: 443, ...query })
  return {
    verdict,
    blockers: blockers.map(({ leg, component, awsExplanationCode }) => [
      leg,
      component.id,
      awsExplanationCode,
    ]),
    missing: [...new Set(unknown.map(({ missing }) => missing))],
  }
}
