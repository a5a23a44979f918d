/** The smallest network that yields one of AWS's explanation codes, and the question that meets it. */
import type { Query } from '../../../shared/explain.ts'
import * as aws from '../../fixtures/index.ts'

export interface CodeCase {
  readonly code: string
  readonly says: string
  /** Builds the network; returns the question, tcp 443 if it does not say otherwise. */
  readonly ask: (world: aws.World) => Query
}

/** A mill: a VPC with two subnets in two zones, a machine in each; everything is open. */
export function mill(world: aws.World, name = 'mill', prefix = '10.20') {
  const vpc = aws.vpc(world, { name, cidr: `${prefix}.0.0/16` })
  const [one, other] = aws.twoZonesOf(world)
  const near = aws.subnet(world, { vpc, name: `${name}-near`, cidr: `${prefix}.0.0/24`, zone: one })
  const far = aws.subnet(world, { vpc, name: `${name}-far`, cidr: `${prefix}.1.0/24`, zone: other })
  const group = aws.securityGroup(world, { vpc, name: `${name}-open`, ingress: [aws.allowAll()] })
  const table = aws.routeTable(world, { vpc, name: `${name}-table`, subnets: [near, far] })
  const wheel = aws.networkInterface(world, { name: `${name}-wheel`, subnet: near, groups: [group] })
  const stone = aws.networkInterface(world, { name: `${name}-stone`, subnet: far, groups: [group] })
  return { vpc, near, far, group, table, wheel, stone }
}

export const ask = (from: string, to: string, more: Partial<Query> = {}): Query => ({
  from,
  to,
  protocol: 'tcp',
  port: 443,
  ...more,
})
