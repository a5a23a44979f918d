/** Evaluators that are wrong on purpose, each in one way: a comparison that does not notice them is worth nothing. */
import { contains } from './addresses.ts'
import type { Aws, Permission, Route } from './aws.ts'
import { blockingLayers, type Layer, type Packet } from './evaluator.ts'

type Evaluate = typeof blockingLayers

const without =
  (forgotten: RegExp): Evaluate =>
  (aws, packet) =>
    new Set([...blockingLayers(aws, packet)].filter((layer: Layer) => !forgotten.test(layer)))

/** The right evaluator on a changed account; the change is made once per account. */
function changed(change: (aws: Aws) => Aws): Evaluate {
  const memory = new WeakMap<Aws, Aws>()
  return (aws, packet) => {
    const found = memory.get(aws) ?? change(aws)
    memory.set(aws, found)
    return blockingLayers(found, packet)
  }
}

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
  return blockingLayers(first(aws), packet)
}

export const mutants: Readonly<Record<string, Evaluate>> = {
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
    return same ? new Set(['forward egress network-acl']) : blockingLayers(aws, packet)
  },
}
