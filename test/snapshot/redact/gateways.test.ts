import { describe, expect, test } from 'vitest'
import { compileSnapshot, explainQuery } from '../../../shared/explain.ts'
import { parseSnapshot } from '../../../shared/snapshot/parse.ts'
import { redactSnapshot } from '../../../shared/snapshot/redact.ts'
import * as aws from '../../fixtures/index.ts'
import { railway } from '../../fixtures/themes/railway.ts'

/** The railway with one of everything that a packet can pass, and the transit gateway of a railway abroad. */
function railways() {
  const home = railway()
  const { world, egress, tickets, timetable } = home
  aws.regionalNatGateway(world, { vpc: egress.vpc, name: 'railway-wide', zones: ['a', 'c'] })
  aws.privateNatGateway(world, { subnet: tickets.subnets[1] ?? '', name: 'railway-private' })
  aws.associateGroup(world, home.albGroup, timetable.vpc)
  aws.peering({ world, vpc: tickets.vpc }, { world, vpc: egress.vpc }, 'railway-siding')
  const abroad = railway({ accountId: '555555555555', region: 'eu-central-1' })
  aws.transitPeering(home, abroad, 'railway-border')
  return { ...home, json: aws.jsonOf([world, abroad.world]) }
}

const key = new Uint8Array(32)
const { json, ...home } = railways()
const redacted = redactSnapshot(json, key)
const text = JSON.stringify(redacted)
const responses = parseSnapshot(redacted).scopes[0]?.responses

describe('gateways, endpoints and all that hangs on them', () => {
  test('no account, id, name or address of them is left', () => {
    const original = JSON.stringify(json)
    const ids = original.match(/\b[a-z]+(?:-[a-z]+)*-0[0-9a-f]{16}\b/g) ?? []
    const addresses = original.match(/\b(?:10|192)(?:\.\d+){3}\b|\b2600:[0-9a-f:]+/g) ?? []
    expect(new Set(ids.map((id) => id.replace(/-0[0-9a-f]{16}$/, '')))).toContain('tgw-attach')
    expect(addresses).toContain('192.168.40.0')
    for (const secret of new Set([...ids, ...addresses, '111122223333', '555555555555', 'railway']))
      expect(text).not.toContain(secret)
  })

  test('an attachment has one name in routes, associations, propagations and its interfaces', () => {
    const attachment =
      responses?.['ec2:DescribeTransitGatewayVpcAttachments']?.TransitGatewayVpcAttachments?.[0]
    const id = attachment?.TransitGatewayAttachmentId
    expect(id).toMatch(/^tgw-attach-[0-9a-f]{17}$/)
    const [listed] = responses?.['ec2:DescribeTransitGatewayAttachments']?.TransitGatewayAttachments ?? []
    expect(listed).toMatchObject({ TransitGatewayAttachmentId: id, ResourceId: attachment?.VpcId })
    const table = listed?.Association?.TransitGatewayRouteTableId ?? ''
    expect(table).toMatch(/^tgw-rtb-[0-9a-f]{17}$/)
    const associations = responses?.['ec2:GetTransitGatewayRouteTableAssociations']?.[table]?.Associations
    expect(associations?.map((one) => one.TransitGatewayAttachmentId)).toContain(id)
    const propagations =
      responses?.['ec2:GetTransitGatewayRouteTablePropagations']?.[table]
        ?.TransitGatewayRouteTablePropagations
    expect(propagations?.map((one) => one.TransitGatewayAttachmentId)).toContain(id)
    const [route] = responses?.['ec2:SearchTransitGatewayRoutes']?.[table]?.Routes ?? []
    expect(route?.TransitGatewayAttachments?.[0]?.TransitGatewayAttachmentId).toBe(id)
    const vpc = responses?.['ec2:DescribeVpcs']?.Vpcs?.find(({ VpcId }) => VpcId === attachment?.VpcId)
    expect(route?.DestinationCidrBlock).toBe(vpc?.CidrBlock)
    const nics = responses?.['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces ?? []
    const description = `Network Interface for Transit Gateway Attachment ${id}`
    expect(nics.filter(({ Description }) => Description === description)).toHaveLength(2)
  })

  test('a peering attachment says the same in both accounts', () => {
    const [here, there] = parseSnapshot(redacted).scopes.map(({ responses: of }) =>
      of['ec2:DescribeTransitGatewayAttachments']?.TransitGatewayAttachments?.find(
        ({ ResourceType }) => ResourceType === 'peering',
      ),
    )
    expect(here?.TransitGatewayAttachmentId).toBe(there?.TransitGatewayAttachmentId)
    expect([here?.ResourceId, there?.ResourceId]).toEqual([there?.TransitGatewayId, here?.TransitGatewayId])
    expect(here?.ResourceOwnerId).toBe(there?.TransitGatewayOwnerId)
  })

  test("AWS's own words stay", () => {
    for (const word of [
      '"Type":"propagated"',
      '"State":"blackhole"',
      '"ResourceType":"peering"',
      '"SecurityGroupReferencingSupport":"enable"',
      '"ApplianceModeSupport":"disable"',
      '"Origin":"EnableVgwRoutePropagation"',
      '"AvailabilityMode":"regional"',
      '"AutoScalingIps":"enabled"',
      '"ConnectivityType":"private"',
      '"Type":"ipsec.1"',
      '"PrefixListName":"com.amazonaws.ap-northeast-1.s3"',
      '"Description":"Interface for NAT Gateway nat-',
      '"DestinationCidrBlock":"0.0.0.0/0"',
    ])
      expect(text).toContain(word)
  })

  test("an endpoint's host name begins with its id", () => {
    const endpoints = (redacted as typeof json).scopes[0]?.responses['ec2:DescribeVpcEndpoints'] as {
      VpcEndpoints: { VpcEndpointId: string; DnsEntries: { DnsName: string }[] }[]
    }
    const [ecr] = endpoints.VpcEndpoints
    const [byId, byService] = ecr?.DnsEntries.map(({ DnsName }) => DnsName) ?? []
    expect(byService).toBe('api.ecr.ap-northeast-1.amazonaws.com')
    expect(byId).toMatch(
      new RegExp(`^${ecr?.VpcEndpointId}-name-\\d+\\.api\\.ecr\\.ap-northeast-1\\.vpce\\.amazonaws\\.com$`),
    )
  })

  test.each([
    ['to an instance behind the transit gateway', home.clerk, home.instances[0] ?? ''],
    ['to the internet', home.clerk, 'internet'],
    ['to the depot', home.instances[0] ?? '', '192.168.40.9'],
  ])('the answer stays the same: %s', (_name, from, to) => {
    const rename = (party: string) =>
      party === 'internet' ? party : (redactSnapshot({ party }, key) as { party: string }).party
    const answer = (of: unknown, ends: { from: string; to: string }) => {
      const { verdict, forward, unknown } = explainQuery(compileSnapshot(parseSnapshot(of)), {
        ...ends,
        port: 8080,
      })
      return [verdict, forward.map((hop) => hop.verdict), unknown.map(({ missing }) => missing)]
    }
    expect(answer(redacted, { from: rename(from), to: rename(to) })).toEqual(answer(json, { from, to }))
  })
})
