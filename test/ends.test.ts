/** What people call the two ends of a question: instances, load balancers by name, public addresses, the internet. */
import { describe, expect, it } from 'vitest'
import { compileSnapshot, explainQuery, type Query } from '../shared/explain.ts'
import { parseSnapshot } from '../shared/snapshot/parse.ts'
import { type Harbour, INTERNET_HOST, openHarbour, snapshotOf } from './naive/harbour.ts'

const ARN = 'arn:aws:elasticloadbalancing:ap-northeast-1:111122223333:loadbalancer/app/pier/50dc6c495c0c9188'
const pier = {
  LoadBalancerArn: ARN,
  LoadBalancerName: 'pier',
  Type: 'application',
  VpcId: 'vpc-harbour',
  SecurityGroups: ['sg-crane'],
  State: { Code: 'active' },
  AvailabilityZones: [{ ZoneName: 'ap-northeast-1a', SubnetId: 'subnet-quay' }],
}
const LISTENER = ARN.replace('loadbalancer', 'listener')
const balancers = (...LoadBalancers: object[]) => ({
  'elasticloadbalancing:DescribeLoadBalancers': { LoadBalancers },
  'elasticloadbalancing:DescribeListeners': {
    [ARN]: {
      Listeners: [
        { ListenerArn: LISTENER, Port: 443, Protocol: 'HTTPS', DefaultActions: [{ Type: 'redirect' }] },
      ],
    },
  },
  'elasticloadbalancing:DescribeRules': { [LISTENER]: { Rules: [] } },
})

interface Scene {
  readonly harbour?: Harbour
  readonly more?: object
  readonly coverage?: 'selection'
}

function ask(query: Query, { harbour = openHarbour(), more = {}, coverage }: Scene = {}) {
  const snapshot = snapshotOf(harbour)
  const scopes = snapshot.scopes.map((scope) => ({
    ...scope,
    responses: { ...scope.responses, ...more },
    ...(coverage && { coverage }),
  }))
  const network = compileSnapshot(parseSnapshot({ ...snapshot, scopes }))
  return explainQuery(network, { protocol: 'tcp', port: 443, ...query })
}

/** The store admits these addresses only. */
function storeAdmits(...cidrs: string[]): Harbour {
  const harbour = openHarbour()
  const IpRanges = cidrs.map((CidrIp) => ({ CidrIp }))
  harbour.ingress.store = [{ IpProtocol: '-1', IpRanges }]
  return harbour
}

describe('an instance', () => {
  const instance = (NetworkInterfaces: object[]) => ({
    'ec2:DescribeInstances': {
      Reservations: [{ Instances: [{ InstanceId: 'i-0c4a9e', NetworkInterfaces }] }],
    },
  })
  const query: Query = { from: 'i-0c4a9e', to: 'eni-office' }

  it('is found by its own interfaces where these do not say what they are attached to', () => {
    const second = { NetworkInterfaceId: 'eni-store', Attachment: { DeviceIndex: 1 } }
    const first = { NetworkInterfaceId: 'eni-crane', Attachment: { DeviceIndex: 0 } }
    const { verdict, flow } = ask(query, { more: instance([second, first]) })
    expect({ verdict, source: flow.source }).toEqual({ verdict: 'reachable', source: '10.0.1.10' })
  })
  it('whose interface was not collected is not known', () => {
    const { verdict, unknown } = ask(query, { more: instance([{ NetworkInterfaceId: 'eni-gone' }]) })
    expect(verdict).toBe('unknown')
    expect(unknown[0]?.missing).toBe('ec2:DescribeNetworkInterfaces')
  })
  it('that nothing tells of is a mistake', () => {
    expect(() => ask(query)).toThrow('i-0c4a9e: not in the snapshot')
  })
})

it.each(['aws', 'aws-cn'])('network interfaces and instances may be given as ARNs of %s', (partition) => {
  const arn = (resource: string) => `arn:${partition}:ec2:ap-northeast-1:111122223333:${resource}`
  expect(ask({ from: arn('network-interface/eni-crane'), to: 'eni-office' }).verdict).toBe('reachable')
  expect(() => ask({ from: arn('instance/i-0c4a9e'), to: 'eni-office' })).toThrow(
    'i-0c4a9e: not in the snapshot',
  )
})

describe('a load balancer', () => {
  it.each([ARN, 'app/pier/50dc6c495c0c9188', '50dc6c495c0c9188', 'pier'])('is found as %s', (to) => {
    expect(ask({ from: 'eni-store', to }, { more: balancers(pier) })).toMatchObject({
      verdict: 'reachable',
      unknown: [],
    })
  })
  it('whose name is not its own has to be told apart', () => {
    const twin = { ...pier, LoadBalancerArn: ARN.replace('50dc', '60dc') }
    expect(() => ask({ from: 'pier', to: 'eni-store' }, { more: balancers(pier, twin) })).toThrow(
      /several load balancers are called pier.*60dc/,
    )
  })

  describe('whose nodes were not collected', () => {
    const more = balancers(pier)
    const there = { from: ARN, to: 'eni-store' }
    it('is judged by all addresses of its subnet', () => {
      expect(ask(there, { more, harbour: storeAdmits('10.0.1.0/24') }).verdict).toBe('reachable')
      expect(ask(there, { more, harbour: storeAdmits('10.0.9.0/24') }).verdict).toBe('blocked')
    })
    it('is not known where the address decides', () => {
      const { verdict, unknown } = ask(there, { more, harbour: storeAdmits('10.0.1.0/28') })
      expect(verdict).toBe('unknown')
      expect(unknown).toContainEqual({
        missing: 'ec2:DescribeNetworkInterfaces',
        because: 'which address of subnet-quay the load balancer uses decides, and it was not collected',
      })
    })
    it('is not known towards the internet, where its public address decides', () => {
      const { verdict, unknown } = ask({ from: 'internet', to: ARN }, { more })
      expect({ verdict, missing: unknown[0]?.missing }).toEqual({
        verdict: 'unknown',
        missing: 'ec2:DescribeNetworkInterfaces',
      })
    })
  })
})

describe('a public address of an interface', () => {
  it.each(['internet', INTERNET_HOST])('is that interface for %s', (outside) => {
    const { verdict, flow } = ask({ from: outside, to: '203.0.113.7' })
    expect({ verdict, destination: flow.destination }).toEqual({
      verdict: 'reachable',
      destination: '10.0.1.10',
    })
    expect(ask({ from: '203.0.113.7', to: outside }).verdict).toBe('reachable')
  })
  it('is not analysed from inside: the way leads out and in again', () => {
    const { verdict, unknown } = ask({ from: 'eni-store', to: '203.0.113.7' })
    expect(verdict).toBe('unknown')
    expect(unknown[0]?.because).toContain('the public address of eni-crane')
  })
})

describe('the internet', () => {
  it('names each blocker once, although many addresses stand for it', () => {
    const harbour = openHarbour()
    harbour.publicAddress = {}
    harbour.ingress.crane = []
    harbour.routes.quay = harbour.routes.quay.filter(({ GatewayId }) => GatewayId !== 'igw-harbour')
    const codes = (query: Query) =>
      ask(query, { harbour }).blockers.map(({ component, awsExplanationCode }) => [
        component.id,
        awsExplanationCode,
      ])
    expect(codes({ from: 'internet', to: 'eni-crane' })).toEqual([
      ['internet', 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS'],
      ['sg-crane', 'ENI_SG_RULES_MISMATCH'],
      ['rtb-quay', 'NO_ROUTE_TO_DESTINATION'],
    ])
    expect(codes({ from: 'eni-crane', to: 'internet' })).toEqual([['rtb-quay', 'NO_ROUTE_TO_DESTINATION']])
  })

  it.each(['i-harbour-master', 'i-0c4a9e'])('is not an instance, however that is called: %s', (from) => {
    expect(() => ask({ from, to: 'internet' })).toThrow(`${from}: not in the snapshot`)
  })

  it('is not both ends', () => {
    expect(() => ask({ from: 'internet', to: 'internet' })).toThrow('both internet')
  })

  it('is IPv6 for an interface that has nothing else', () => {
    const harbour = openHarbour()
    harbour.routes.quay.push({ DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-harbour', State: 'active' })
    for (const Egress of [true, false])
      harbour.acls.quay.push({
        RuleNumber: 110,
        Egress,
        Protocol: '-1',
        RuleAction: 'allow',
        Ipv6CidrBlock: '::/0',
      })
    const list = snapshotOf(harbour).scopes[0]?.responses['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces
    const NetworkInterfaces = list?.map(({ PrivateIpAddress, ...nic }) =>
      nic.NetworkInterfaceId === 'eni-crane'
        ? { ...nic, Ipv6Addresses: [{ Ipv6Address: '2001:db8::10' }] }
        : { ...nic, PrivateIpAddress },
    )
    const more = { 'ec2:DescribeNetworkInterfaces': { NetworkInterfaces } }
    expect(ask({ from: 'eni-crane', to: 'internet' }, { harbour, more }).verdict).toBe('reachable')
    harbour.egress.crane = [{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '2606:4700::/32' }] }]
    expect(ask({ from: 'eni-crane', to: 'internet' }, { harbour, more }).verdict).toBe('partial')
  })

  describe('beside a gateway endpoint', () => {
    const endpoint = (VpcEndpointType: string) => ({
      'ec2:DescribeVpcEndpoints': { VpcEndpoints: [{ VpcEndpointId: 'vpce-s3', VpcEndpointType }] },
    })
    function withEndpointRoute(prefixListId: string): Harbour {
      const harbour = openHarbour()
      harbour.prefixList = ['52.218.0.0/17']
      harbour.routes.quay.push({
        DestinationPrefixListId: prefixListId,
        GatewayId: 'vpce-s3',
        State: 'active',
      })
      return harbour
    }
    const queries: readonly Query[] = [
      { from: 'eni-crane', to: 'internet' },
      { from: 'internet', to: 'eni-crane' },
    ]
    it.each(queries)('does not mean S3: $from to $to', (query) => {
      for (const list of ['pl-stores', 'pl-not-collected'])
        expect(ask(query, { harbour: withEndpointRoute(list), more: endpoint('Gateway') }).verdict).toBe(
          'reachable',
        )
    })
    it('does mean what a firewall behind another kind of endpoint may stop', () => {
      const scene = { harbour: withEndpointRoute('pl-stores'), more: endpoint('GatewayLoadBalancer') }
      expect(ask({ from: 'eni-crane', to: 'internet' }, scene).verdict).toBe('unknown')
    })
    it('still leaves open what an address in the list can reach', () => {
      const scene = { harbour: withEndpointRoute('pl-stores'), more: endpoint('Gateway') }
      expect(ask({ from: 'eni-crane', to: '52.218.0.7' }, scene).verdict).toBe('unknown')
    })
  })
})

describe('an interface with addresses of both families', () => {
  const sixth: Record<string, string> = { 'eni-crane': '2001:db8::10', 'eni-store': '2001:db8:0:1::10' }
  const plain = snapshotOf(openHarbour()).scopes[0]?.responses['ec2:DescribeNetworkInterfaces']
  const NetworkInterfaces = plain?.NetworkInterfaces?.map((nic) => ({
    ...nic,
    // The store has no IPv4 address, as in a subnet for IPv6 only.
    ...(nic.NetworkInterfaceId === 'eni-store' && { PrivateIpAddress: undefined, PrivateIpAddresses: [] }),
    Ipv6Addresses: Object.entries(sixth).flatMap(([id, Ipv6Address]) =>
      id === nic.NetworkInterfaceId ? [{ Ipv6Address }] : [],
    ),
  }))
  const more = { 'ec2:DescribeNetworkInterfaces': { NetworkInterfaces } }

  it.each(['eni-store', '2001:db8:0:1::10'])('meets %s, which has IPv6 only, by its IPv6 address', (to) => {
    const { flow } = ask({ from: 'eni-crane', to }, { more })
    expect(flow).toMatchObject({ source: '2001:db8::10', destination: '2001:db8:0:1::10' })
  })
  it('goes by IPv4 where both have that', () => {
    expect(ask({ from: 'eni-crane', to: 'eni-office' }, { more }).flow.source).toBe('10.0.1.10')
  })
})
