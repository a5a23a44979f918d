/** A field that AWS always gives and this snapshot does not: not known, neither "none" nor "any". */
import { describe, expect, it } from 'vitest'
import { compileSnapshot, explainQuery, type Query } from '../../shared/explain.ts'
import type { Explanation } from '../../shared/reachability/result.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import { type Harbour, INTERNET_HOST, openHarbour, snapshotOf } from '../naive/harbour.ts'

// biome-ignore lint/suspicious/noExplicitAny: the tests cut AWS's JSON as a stranger would, without its types
type Json = any

/** The answer after `cut` changed AWS's responses. */
function answer(query: Query, cut: (responses: Json) => void, harbour: Harbour = openHarbour()): Explanation {
  const json: Json = structuredClone(snapshotOf(harbour))
  cut(json.scopes[0].responses)
  return explainQuery(compileSnapshot(parseSnapshot(json)), { protocol: 'tcp', port: 443, ...query })
}

const listed = (list: Json[], id: string): Json => list.find((item) => Object.values(item).includes(id))
const nic = (responses: Json, id: string) =>
  listed(responses['ec2:DescribeNetworkInterfaces'].NetworkInterfaces, id)
const group = (responses: Json, id: string) =>
  listed(responses['ec2:DescribeSecurityGroups'].SecurityGroups, id)
const table = (responses: Json, id: string) => listed(responses['ec2:DescribeRouteTables'].RouteTables, id)
const igw = (responses: Json) => responses['ec2:DescribeInternetGateways'].InternetGateways[0]

const toOffice: Query = { from: 'eni-crane', to: 'eni-office' }
const toStore: Query = { from: 'eni-crane', to: 'eni-store' }
const fromInternet: Query = { from: INTERNET_HOST, to: 'eni-crane' }

/** The office admits the crane's group only. */
function officeAdmitsCrane(): Harbour {
  const harbour = openHarbour()
  harbour.ingress.office = [
    { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: 'sg-crane' }] },
  ]
  return harbour
}

const officeRule = (change: object) => (responses: Json) => {
  const [rule] = group(responses, 'sg-office').IpPermissions
  group(responses, 'sg-office').IpPermissions = [{ ...rule, ...change }]
}

const cuts: readonly (readonly [string, Query, (responses: Json) => void, string])[] = [
  [
    'the groups of the sender, where a rule refers to one',
    toOffice,
    (all) => {
      delete nic(all, 'eni-crane').Groups
    },
    'ec2:DescribeNetworkInterfaces',
  ],
  [
    'no groups at an interface that always has one',
    toOffice,
    (all) => {
      nic(all, 'eni-crane').Groups = []
    },
    'ec2:DescribeNetworkInterfaces',
  ],
  [
    'the list in which the source of a rule stood',
    toOffice,
    officeRule({ UserIdGroupPairs: undefined, IpRanges: [], Ipv6Ranges: [], PrefixListIds: [] }),
    'ec2:DescribeSecurityGroups',
  ],
  ['the group of a rule', toOffice, officeRule({ UserIdGroupPairs: [{}] }), 'ec2:DescribeSecurityGroups'],
  [
    'the address range of a rule',
    toOffice,
    officeRule({ UserIdGroupPairs: undefined, IpRanges: [{}] }),
    'ec2:DescribeSecurityGroups',
  ],
  [
    'type and code of an ICMP rule',
    { ...toOffice, protocol: 'icmp', port: undefined },
    officeRule({ IpProtocol: 'icmp', FromPort: undefined, ToPort: undefined }),
    'ec2:DescribeSecurityGroups',
  ],
  [
    'the code of an ICMP rule',
    { ...toOffice, protocol: 'icmp', port: undefined },
    officeRule({ IpProtocol: 'icmp', FromPort: 8, ToPort: undefined }),
    'ec2:DescribeSecurityGroups',
  ],
  [
    'the subnet of a table association',
    toStore,
    (all) => {
      table(all, 'rtb-warehouse').Associations = [{ Main: false }]
    },
    'ec2:DescribeRouteTables',
  ],
  [
    'the attachments of an internet gateway',
    fromInternet,
    (all) => {
      delete igw(all).Attachments
    },
    'ec2:DescribeInternetGateways',
  ],
  [
    'the VPC of an attachment',
    fromInternet,
    (all) => {
      delete igw(all).Attachments[0].VpcId
    },
    'ec2:DescribeInternetGateways',
  ],
]

describe('what was cut off', () => {
  it.each(cuts)('%s', (_name, query, cut, operation) => {
    const harbour = query === toStore || query === fromInternet ? openHarbour() : officeAdmitsCrane()
    const { verdict, unknown } = answer(query, cut, harbour)
    expect(verdict).toBe('unknown')
    expect(unknown.map(({ missing }) => missing)).toContain(operation)
  })

  it('blocks where what is left already does', () => {
    const { verdict } = answer(toOffice, officeRule({ FromPort: 8000, ToPort: 8000 }), officeAdmitsCrane())
    expect(verdict).toBe('blocked')
  })
})

describe('a rule whose lists are all there and empty', () => {
  it('admits nobody', () => {
    const empty = { UserIdGroupPairs: [], IpRanges: [], Ipv6Ranges: [], PrefixListIds: [] }
    expect(answer(toOffice, officeRule(empty), officeAdmitsCrane()).verdict).toBe('blocked')
  })
})

describe('exclusions from Block Public Access', () => {
  const exclusion = {
    ExclusionId: 'vpcbpa-exclude-harbour',
    InternetGatewayExclusionMode: 'allow-bidirectional',
    ResourceArn: 'arn:aws:ec2:ap-northeast-1:111122223333:vpc/vpc-harbour',
    State: 'create-complete',
  }
  const blocked = (exclusions: readonly object[]) => (all: Json) => {
    all['ec2:DescribeVpcBlockPublicAccessOptions'].VpcBlockPublicAccessOptions.InternetGatewayBlockMode =
      'block-bidirectional'
    all['ec2:DescribeVpcBlockPublicAccessExclusions'].VpcBlockPublicAccessExclusions = exclusions
  }
  const out: Query = { from: 'eni-crane', to: INTERNET_HOST }

  it.each([
    ['none', [], 'blocked'],
    ['one of this VPC', [exclusion], 'reachable'],
    ['one that is gone', [{ ...exclusion, State: 'delete-complete' }], 'blocked'],
    ['one of another VPC', [{ ...exclusion, ResourceArn: 'arn:aws:ec2:x:1:vpc/vpc-ship' }], 'blocked'],
    ['one without its state', [{ ...exclusion, State: undefined }], 'unknown'],
    ['one without its mode', [{ ...exclusion, InternetGatewayExclusionMode: undefined }], 'unknown'],
    ['one without its resource', [{ ...exclusion, ResourceArn: undefined }], 'unknown'],
    ['a cut one beside one that holds', [{ ExclusionId: 'cut' }, exclusion], 'reachable'],
  ])('%s', (_name, exclusions, verdict) => {
    expect(answer(out, blocked(exclusions)).verdict).toBe(verdict)
  })

  it('stop an egress-only internet gateway as well', () => {
    const sixth = (cut: (all: Json) => void) => (all: Json) => {
      nic(all, 'eni-crane').Ipv6Addresses = [{ Ipv6Address: '2001:db8::10' }]
      table(all, 'rtb-quay').Routes.push({
        DestinationIpv6CidrBlock: '::/0',
        EgressOnlyInternetGatewayId: 'eigw-harbour',
        State: 'active',
      })
      const acl = listed(all['ec2:DescribeNetworkAcls'].NetworkAcls, 'acl-quay')
      for (const Egress of [true, false])
        acl.Entries.push({
          RuleNumber: 101,
          Egress,
          Protocol: '-1',
          RuleAction: 'allow',
          Ipv6CidrBlock: '::/0',
        })
      cut(all)
    }
    const query: Query = { from: '2001:db8::10', to: '2606:4700::1111' }
    expect(
      answer(
        query,
        sixth(() => {}),
      ).verdict,
    ).toBe('reachable')
    const { verdict, blockers } = answer(query, sixth(blocked([])))
    expect(verdict).toBe('blocked')
    expect(blockers.map((blocker) => blocker.awsExplanationCode)).toEqual(['VPC_BLOCK_PUBLIC_ACCESS_ENABLED'])
    const untold = answer(
      query,
      sixth((all) => {
        delete all['ec2:DescribeVpcBlockPublicAccessOptions']
      }),
    )
    expect(untold.verdict).toBe('unknown')
  })
})

describe('an internet gateway that its list shows detached', () => {
  it.each([
    [],
    [{ VpcId: 'vpc-elsewhere', State: 'available' }],
    [{ VpcId: 'vpc-harbour', State: 'detached' }],
  ])('carries nothing, although the route to it says active: %j', (...attachments) => {
    const outwards: Query = { from: 'eni-crane', to: INTERNET_HOST }
    expect(answer(outwards, () => {}).verdict).toBe('reachable')
    const { verdict, blockers } = answer(outwards, (all) => {
      igw(all).Attachments = attachments
    })
    expect(verdict).toBe('blocked')
    expect(blockers.map(({ awsExplanationCode }) => awsExplanationCode)).toEqual(['BAD_STATE_ATTACHMENT'])
  })
})

describe('a gateway route table', () => {
  const edge = (target: object) => (all: Json) =>
    all['ec2:DescribeRouteTables'].RouteTables.push({
      RouteTableId: 'rtb-edge',
      VpcId: 'vpc-harbour',
      Associations: [{ Main: false, GatewayId: 'igw-harbour' }],
      Routes: [
        { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' },
        { DestinationCidrBlock: '10.0.1.0/24', State: 'active', ...target },
      ],
    })
  const ways: readonly Query[] = [fromInternet, { from: 'eni-crane', to: INTERNET_HOST }]

  it.each(ways)('that inserts a middlebox leaves open what that lets through: $from to $to', (query) => {
    const { verdict, unknown } = answer(query, edge({ GatewayId: 'vpce-firewall' }))
    expect(verdict).toBe('unknown')
    expect(unknown[0]?.because).toContain('rtb-edge of igw-harbour')
  })
  it.each(ways)('that delivers locally changes nothing: $from to $to', (query) => {
    expect(answer(query, edge({ GatewayId: 'local' })).verdict).toBe('reachable')
  })
})
