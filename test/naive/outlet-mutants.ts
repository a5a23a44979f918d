/** Wrong about NAT gateways between private addresses, and about gateway endpoints and egress-only gateways. */
import { contains } from './addresses.ts'
import { type Aws, type Interface, type Permission, vpcContains } from './aws.ts'
import { judge } from './evaluator.ts'
import { changed, changedFor, type Mutants, without } from './mutant.ts'

const isOutside = (aws: Aws, address: string): boolean =>
  !aws.interfaces.some(
    ({ NetworkInterfaceId, Ipv6Addresses }) =>
      NetworkInterfaceId === address || (Ipv6Addresses ?? []).some((own) => own.Ipv6Address === address),
  )

const addressesOf = ({ PrivateIpAddress, Ipv6Addresses }: Interface): readonly string[] =>
  [PrivateIpAddress, ...(Ipv6Addresses ?? []).map(({ Ipv6Address }) => Ipv6Address)].flatMap(
    (one) => one ?? [],
  )

/** With what the references of a rule stand for as addresses. */
function withAddresses(rule: Permission, addresses: readonly string[]): Permission {
  return {
    ...rule,
    IpRanges: [
      ...(rule.IpRanges ?? []),
      ...addresses.filter((one) => !one.includes(':')).map((one) => ({ CidrIp: `${one}/32` })),
    ],
    Ipv6Ranges: [
      ...(rule.Ipv6Ranges ?? []),
      ...addresses.filter((one) => one.includes(':')).map((one) => ({ CidrIpv6: `${one}/128` })),
    ],
  }
}

const membersOf = (aws: Aws, rule: Permission): readonly Interface[] =>
  aws.interfaces.filter(({ Groups }) =>
    (rule.UserIdGroupPairs ?? []).some((pair) =>
      (Groups ?? []).some(({ GroupId }) => GroupId === pair.GroupId),
    ),
  )

export const natMutants: Mutants = {
  'does not translate': changedFor((aws, from) => ({
    ...aws,
    natGateways: aws.natGateways.map((nat) => ({
      ...nat,
      NatGatewayAddresses: nat.NatGatewayAddresses?.map((address) => ({
        ...address,
        PrivateIp: from.address,
      })),
    })),
  })),
  'has replies come to a NAT gateway on the port of the sender': (aws, packet) =>
    judge(aws, { ...packet, natPort: packet.sourcePort, farNatPort: packet.sourcePort }),
  'has two NAT gateways take the same port': (aws, packet) =>
    judge(aws, { ...packet, farNatPort: packet.natPort }),
  'serves nobody from another VPC': changedFor((aws, from) => ({
    ...aws,
    natGateways: aws.natGateways.filter(({ VpcId }) => VpcId === from.subnet?.VpcId),
  })),
  'serves peers': without(
    / route$/,
    ({ hops }, aws, packet) => hops[0] === 'peering' && isOutside(aws, packet.to),
  ),
  'serves by NAT gateways that failed': changed((aws) => ({
    ...aws,
    natGateways: aws.natGateways.map((nat) => ({ ...nat, State: 'available' })),
  })),
  'lets private NAT gateways out': changed((aws) => ({
    ...aws,
    natGateways: aws.natGateways.map((nat) => ({
      ...nat,
      ConnectivityType: 'public',
      NatGatewayAddresses: nat.NatGatewayAddresses?.map((address) => ({
        PublicIp: '198.51.100.1',
        ...address,
      })),
    })),
  })),
  'needs no route back to a NAT gateway': without(/^return route/, ({ nats }) => nats > 0),
  'never leaves the local route': changed((aws) => ({
    ...aws,
    routeTables: aws.routeTables.map((table) => ({
      ...table,
      Routes: table.Routes?.filter(
        ({ NatGatewayId, DestinationCidrBlock }) =>
          !NatGatewayId ||
          !DestinationCidrBlock ||
          !vpcContains(aws, table.VpcId, DestinationCidrBlock.replace(/\/.*/, '')),
      ),
    })),
  })),
  'takes outbound references for addresses': changed((aws) => ({
    ...aws,
    groups: aws.groups.map((group) => ({
      ...group,
      IpPermissionsEgress: group.IpPermissionsEgress?.map((rule) =>
        withAddresses(rule, membersOf(aws, rule).flatMap(addressesOf)),
      ),
    })),
  })),
  'knows who is behind a NAT gateway': changed((aws) => ({
    ...aws,
    groups: aws.groups.map((group) => ({
      ...group,
      IpPermissions: group.IpPermissions?.map((rule) => {
        const vpcs = membersOf(aws, rule).map(({ VpcId }) => VpcId)
        const nats = aws.natGateways.filter(({ VpcId }) => vpcs.includes(VpcId))
        const addresses = nats.flatMap(({ NatGatewayAddresses }) => NatGatewayAddresses ?? [])
        return withAddresses(
          rule,
          addresses.flatMap(({ PrivateIp }) => PrivateIp ?? []),
        )
      }),
    })),
  })),
}

export const outletMutants: Mutants = {
  'knows no gateway endpoints': changed((aws) => ({ ...aws, endpoints: [] })),
  'lets everything into a gateway endpoint': without(/^forward route/, ({ hops }) => hops[0] === 'endpoint'),
  'lets what comes over a transit gateway into a gateway endpoint': without(
    / route$/,
    ({ hops }) => hops[0] === 'transit' && hops[1] === 'endpoint',
  ),
  'asks no ACL on the way to a gateway endpoint': without(
    /network-acl/,
    ({ hops }) => hops[0] === 'endpoint',
  ),
  'knows no egress-only internet gateways': changed((aws) => ({ ...aws, egressOnlyGateways: [] })),
  'lets the internet in by an egress-only internet gateway': without(
    / route$/,
    (_, aws, packet) => isOutside(aws, packet.from) && contains('::/0', packet.from),
  ),
}
