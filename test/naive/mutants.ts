/** Evaluators that are wrong on purpose, each in one way: a comparison that does not notice them is worth nothing. */
import { contains } from './addresses.ts'
import type { Aws, Permission, Route } from './aws.ts'
import type { Evaluate } from './enumerate.ts'
import { judge, type Packet } from './evaluator.ts'
import { changed, type Mutant, type Mutants, without } from './mutant.ts'
import { natMutants, outletMutants } from './outlet-mutants.ts'
import type { Hop } from './place.ts'
import { transitMutants } from './transit-mutants.ts'

const inRoutes = (change: (routes: readonly Route[]) => readonly Route[]) => (aws: Aws) => ({
  ...aws,
  routeTables: aws.routeTables.map((table) => ({ ...table, Routes: [...change(table.Routes ?? [])] })),
})

const inPermissions = (change: (rule: Permission) => Permission) => (aws: Aws) => ({
  ...aws,
  groups: aws.groups.map((group) => ({
    ...group,
    IpPermissions: (group.IpPermissions ?? []).map(change),
    IpPermissionsEgress: (group.IpPermissionsEgress ?? []).map(change),
  })),
})

/** Of the routes that match, the first in the list instead of the longest prefix. */
const firstRoute: Evaluate = (aws, packet) => {
  const ends = [packet.from, packet.to].map(
    (end) => aws.interfaces.find((item) => item.NetworkInterfaceId === end)?.PrivateIpAddress ?? end,
  )
  const matches = (route: Route, address: string) => {
    const cidr = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock
    return cidr !== undefined && contains(cidr, address)
  }
  const first = inRoutes((routes) => {
    const shortestFirst = [...routes].reverse()
    return ends.flatMap((end) => shortestFirst.find((route) => matches(route, end)) ?? [])
  })
  return judge(first(aws), packet)
}

const plainMutants: Mutants = {
  'skips the return ACLs': without(/^return .*network-acl/),
  'skips the way back': without(/^return route/),
  'skips the egress groups': without(/^forward egress security-group/),
  'takes the first route': firstRoute,
  'passes over blackholes': changed(
    inRoutes((routes) => routes.filter((route) => route.State !== 'blackhole')),
  ),
  'knows no references': changed(inPermissions((rule) => ({ ...rule, UserIdGroupPairs: [] }))),
  'knows no prefix lists': changed((aws) => ({ ...aws, prefixLists: {} })),
  'knows an interface by its first group': changed((aws) => ({
    ...aws,
    interfaces: aws.interfaces.map((item) => ({ ...item, Groups: item.Groups?.slice(0, 1) })),
  })),
  'reads ACL entries from the end': changed((aws) => ({
    ...aws,
    acls: aws.acls.map((acl) => ({
      ...acl,
      Entries: acl.Entries?.map((entry) => ({ ...entry, RuleNumber: 32766 - (entry.RuleNumber % 32766) })),
    })),
  })),
  'believes every subnet has the main table': changed((aws) => ({
    ...aws,
    routeTables: aws.routeTables.map((table) => ({
      ...table,
      Associations: table.Associations?.filter((association) => association.Main),
    })),
  })),
  'follows references into other Regions': changed((aws) => ({
    ...aws,
    peerings: aws.peerings.map((peering) => ({
      ...peering,
      AccepterVpcInfo: { ...peering.AccepterVpcInfo, Region: peering.RequesterVpcInfo?.Region },
    })),
  })),
  'needs no public address': changed((aws) => ({
    ...aws,
    interfaces: aws.interfaces.map((item) => ({ ...item, Association: { PublicIp: '203.0.113.1' } })),
  })),
  'takes an ACL port range one port too far': changed((aws) => ({
    ...aws,
    acls: aws.acls.map((acl) => ({
      ...acl,
      Entries: acl.Entries?.map((entry) =>
        entry.PortRange
          ? { ...entry, PortRange: { ...entry.PortRange, To: (entry.PortRange.To ?? 0) + 1 } }
          : entry,
      ),
    })),
  })),
  'asks the ACLs within a subnet, too': (aws: Aws, packet: Packet) => {
    const subnetOf = (id: string) => aws.interfaces.find((item) => item.NetworkInterfaceId === id)?.SubnetId
    const same = subnetOf(packet.from) !== undefined && subnetOf(packet.from) === subnetOf(packet.to)
    const judged = judge(aws, packet)
    return same ? { ...judged, blocking: new Set(['forward egress network-acl']) } : judged
  },
}

const RARE = [
  'lets transit gateways lead on to peers',
  'lets transit gateways lead on to an egress-only internet gateway',
  'lets what comes over a transit gateway into a gateway endpoint',
  'has two NAT gateways take the same port',
  'serves by NAT gateways that failed',
  'serves peers',
]

const named = (mutants: Mutants, about?: readonly Hop[]): readonly (readonly [string, Mutant])[] =>
  Object.entries(mutants).map(([name, evaluate]) => [
    name,
    { evaluate, ...(about && { about }), ...(RARE.includes(name) && { rare: true }) },
  ])

export const mutants: ReadonlyMap<string, Mutant> = new Map([
  ...named(plainMutants),
  ...named(transitMutants, ['transit']),
  ...named(natMutants, ['nat']),
  ...named(outletMutants, ['endpoint', 'egress-only', 'internet']),
])
