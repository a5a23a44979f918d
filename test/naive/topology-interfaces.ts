import { ACCOUNT, ids, wrap } from './topology-ids.ts'
import type { NetworkPlan, VpcPlan } from './topology-plan.ts'

export const interfacesOf = (_: NetworkPlan, vpc: VpcPlan, index: number) =>
  vpc.subnets.flatMap((subnet, position) =>
    subnet.interfaces.map((plan, host) => {
      const address = ids.address(vpc, index, position, host)
      // AWS does not detach an internet gateway from a VPC with mapped public addresses.
      const association =
        plan.publicAddress && vpc.internetGateway
          ? { Association: { PublicIp: `203.0.${index * 16 + position}.${10 + host}`, IpOwnerId: 'amazon' } }
          : {}
      return {
        NetworkInterfaceId: ids.networkInterface(index, position, host),
        VpcId: ids.vpc(index),
        SubnetId: ids.subnet(index, position),
        InterfaceType: 'interface',
        OwnerId: ACCOUNT,
        Status: 'in-use',
        SourceDestCheck: true,
        PrivateIpAddress: address,
        PrivateIpAddresses: [{ PrivateIpAddress: address, Primary: true, ...association }],
        Ipv6Addresses: vpc.ipv6 ? [{ Ipv6Address: ids.ipv6Address(index, position, host) }] : [],
        ...association,
        Groups: [...new Set(plan.groups.map((group) => wrap(vpc.groups, group)[1]))].map((group) => ({
          GroupId: ids.group(index, group),
          GroupName: `group-${index}-${group}`,
        })),
      }
    }),
  )
