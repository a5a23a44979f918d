/** Network interfaces with what `aws ec2 describe-network-interfaces` prints of them, an ECS task's about 1.7 KB. */
import { ACCOUNT, id, type Place, type PlacedSubnet, PUBLIC_TIER, REGION, TIERS, ZONES } from './places.ts'
import type { Random } from './random.ts'

const SERVICES = ['checkout', 'search', 'basket', 'catalogue', 'ledger', 'mailer', 'pictures'] as const
const FIRST_HOST = 16

/** An ECS task's. */
export function taskInterface(random: Random, place: Place, number: number) {
  const subnet = place.subnets[number % place.subnets.length] as PlacedSubnet
  const host = FIRST_HOST + Math.floor(number / place.subnets.length)
  const service = random.pick(SERVICES)
  const association = subnet.tier === PUBLIC_TIER ? associationOf(random, place, host) : {}
  return networkInterface(random, place, subnet, host, {
    association,
    Attachment: {
      AttachTime: '2026-11-02T08:41:17+00:00',
      AttachmentId: `eni-attach-${random.hex(17)}`,
      DeleteOnTermination: false,
      DeviceIndex: 1,
      NetworkCardIndex: 0,
      InstanceOwnerId: '445566778899',
      Status: 'attached',
    },
    Description: `arn:aws:ecs:${REGION}:${ACCOUNT}:attachment/${random.hex(8)}-${random.hex(4)}-${random.hex(12)}`,
    Groups: groupsOf(random, place),
    InterfaceType: 'interface',
    RequesterId: '578734482556',
    SourceDestCheck: true,
    TagSet: [
      { Key: 'aws:ecs:clusterName', Value: `production-${place.vpc}` },
      { Key: 'aws:ecs:serviceName', Value: `${service}-${TIERS[subnet.tier]}` },
      { Key: 'Environment', Value: 'production' },
      { Key: 'CostCenter', Value: String(random.between(1000, 9999)) },
      { Key: 'Owner', Value: `team-${service}@bakery.example` },
    ],
  })
}

interface Kind {
  readonly association?: object
  readonly Attachment: object
  readonly Description: string
  readonly Groups: readonly object[]
  readonly InterfaceType: string
  readonly RequesterId: string
  readonly SourceDestCheck: boolean
  readonly TagSet: readonly object[]
}

/** @param host the how manieth address of the subnet */
export function networkInterface(
  random: Random,
  place: Place,
  subnet: PlacedSubnet,
  host: number,
  { association = {}, ...kind }: Kind,
) {
  const address = `10.${place.vpc}.${subnet.octet + (host >> 8)}.${host & 255}`
  const name = `ip-${address.replaceAll('.', '-')}.${REGION}.compute.internal`
  return {
    ...association,
    ...kind,
    AvailabilityZone: `${REGION}${ZONES[subnet.zone]}`,
    AvailabilityZoneId: `apne1-az${subnet.zone + 1}`,
    Ipv6Addresses: [],
    MacAddress: `06:${[1, 2, 3, 4, 5].map(() => random.hex(2)).join(':')}`,
    NetworkInterfaceId: id('eni', place.vpc, subnet.tier, subnet.zone, host),
    OwnerId: ACCOUNT,
    PrivateDnsName: name,
    PublicIpDnsNameOptions: {
      DnsHostnameType: 'public-ipv4-dns-name',
      PublicIpv4DnsName: '',
      PublicIpv6DnsName: '',
      PublicDualStackDnsName: '',
    },
    PrivateIpAddress: address,
    PrivateIpAddresses: [{ ...association, Primary: true, PrivateDnsName: name, PrivateIpAddress: address }],
    RequesterManaged: true,
    Status: 'in-use',
    SubnetId: subnet.id,
    VpcId: place.vpcId,
    Operator: { Managed: false },
  }
}

/** How AWS's own services attach theirs. */
export const serviceAttachment = (random: Random) => ({
  AttachmentId: `ela-attach-${random.hex(17)}`,
  DeleteOnTermination: false,
  DeviceIndex: 1,
  NetworkCardIndex: 0,
  InstanceOwnerId: 'amazon-aws',
  Status: 'attached',
})

function groupsOf(random: Random, place: Place) {
  const ids = Array.from({ length: random.between(1, 3) }, () => random.pick(place.groupIds))
  return [...new Set(ids)].map((GroupId) => ({ GroupId, GroupName: `service-${GroupId.slice(-12)}` }))
}

function associationOf(random: Random, place: Place, host: number) {
  const PublicIp = `198.${18 + (host >> 8)}.${place.vpc}.${host & 255}`
  return {
    Association: {
      AllocationId: `eipalloc-${random.hex(17)}`,
      AssociationId: `eipassoc-${random.hex(17)}`,
      IpOwnerId: ACCOUNT,
      PublicDnsName: `ec2-${PublicIp.replaceAll('.', '-')}.${REGION}.compute.amazonaws.com`,
      PublicIp,
    },
  }
}
