import { describe, expect, test } from 'vitest'
import { objectsOf } from '../../shared/audit.ts'
import { everything } from '../../shared/selection.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'

const shop = bakeryShop()
const json = aws.jsonOf(shop.world)
const snapshot = parseSnapshot(json)
const responses = snapshot.scopes[0]?.responses
const ofGroup = objectsOf(snapshot, { ...everything, targetGroups: [shop.targetGroup] })

describe('what a target group rests on', () => {
  test('itself, its load balancer, the groups of both ends, and its service', () => {
    expect(ofGroup).toEqual(
      expect.arrayContaining([
        shop.targetGroup,
        shop.loadBalancer,
        shop.albGroup,
        shop.webGroup,
        shop.service,
      ]),
    )
  })

  test('the subnets of both ends, with their network ACLs and route tables and how they are associated', () => {
    const acls = responses?.['ec2:DescribeNetworkAcls']?.NetworkAcls ?? []
    const tables = responses?.['ec2:DescribeRouteTables']?.RouteTables ?? []
    for (const subnet of [...shop.publicSubnets, ...shop.privateSubnets]) {
      const acl = acls.find(({ Associations }) => Associations?.some(({ SubnetId }) => SubnetId === subnet))
      const table = tables.find(({ Associations }) =>
        Associations?.some(({ SubnetId }) => SubnetId === subnet),
      )
      const associations = [...(acl?.Associations ?? []), ...(table?.Associations ?? [])].filter(
        ({ SubnetId }) => SubnetId === subnet,
      ) as readonly { readonly [id: string]: string | undefined }[]
      const ids = associations.map((one) => one.NetworkAclAssociationId ?? one.RouteTableAssociationId)
      expect(ofGroup).toEqual(
        expect.arrayContaining([subnet, acl?.NetworkAclId, table?.RouteTableId, ...ids]),
      )
    }
  })

  test('what its tasks need to start: ways out, endpoints, roles', () => {
    const nats = responses?.['ec2:DescribeNatGateways']?.NatGateways ?? []
    expect(nats.length).toBeGreaterThan(0)
    expect(ofGroup).toEqual(expect.arrayContaining(nats.map(({ NatGatewayId }) => NatGatewayId)))
    expect(ofGroup.filter((object) => object.startsWith('role/')).length).toBeGreaterThan(0)
  })

  test('each has one name that CloudTrail knows', () => {
    for (const object of ofGroup)
      expect(object).toMatch(/^(arn:aws:|role\/|public-access$|[a-z-]+-[0-9a-f]{8,17}$)/)
  })
})

test('a neighbour in the same VPC does not rest on what only others use', () => {
  const two = bakeryShop()
  const lonely = aws.securityGroup(two.world, { vpc: two.vpc, name: 'nobody' })
  const objects = objectsOf(parseSnapshot(aws.jsonOf(two.world)), {
    ...everything,
    targetGroups: [two.targetGroup],
  })
  expect(objects).not.toContain(lonely)
})
