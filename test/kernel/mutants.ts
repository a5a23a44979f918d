/** Kernels that are set up wrong on purpose, each in one way: an oracle that does not notice them is worth nothing. */
import type {
  KernelMachine,
  KernelNetwork,
  KernelRoute,
  KernelRule,
  KernelSubnet,
  KernelVpc,
} from './plan.ts'

type Mutant = (network: KernelNetwork) => KernelNetwork

const inVpcs =
  (change: (vpc: KernelVpc, index: number) => KernelVpc): Mutant =>
  (network) => ({ ...network, vpcs: network.vpcs.map(change) })

const inSubnets = (change: (subnet: KernelSubnet) => KernelSubnet) =>
  inVpcs((vpc) => ({ ...vpc, subnets: vpc.subnets.map(change) }))

const inMachines = (change: (machine: KernelMachine) => KernelMachine) =>
  inVpcs((vpc) => ({ ...vpc, machines: vpc.machines.map(change) }))

const inRoutes = (change: (routes: readonly KernelRoute[]) => readonly KernelRoute[]) =>
  inSubnets((subnet) => ({ ...subnet, routes: change(subnet.routes) }))

const withoutLastAllow = <T extends { readonly allow: boolean }>(rules: readonly T[]): readonly T[] => {
  const last = rules.findLastIndex(({ allow }) => allow)
  return rules.filter((_, index) => index !== last)
}

const onePortMore = <T extends KernelRule>(rule: T): T => {
  const [from, to] = rule.ports
  return { ...rule, ports: [from, Math.min(to + 1, 65535)] }
}

export const mutants: Readonly<Record<string, Mutant>> = {
  'lacks one ingress rule of each ACL': inSubnets((subnet) => ({
    ...subnet,
    ingress: withoutLastAllow(subnet.ingress),
  })),
  'takes an ACL port range one port too far': inSubnets((subnet) => ({
    ...subnet,
    ingress: subnet.ingress.map(onePortMore),
    egress: subnet.egress.map(onePortMore),
  })),
  'reads ACL rules from the end': inSubnets((subnet) => ({
    ...subnet,
    ingress: subnet.ingress.toReversed(),
    egress: subnet.egress.toReversed(),
  })),
  'takes a port range of a group one port too far': inMachines((machine) => ({
    ...machine,
    ingress: machine.ingress.map(onePortMore),
  })),
  'lacks the egress rules of groups': inMachines((machine) => ({ ...machine, egress: [] })),
  'takes UDP rules for TCP rules': inMachines((machine) => ({
    ...machine,
    ingress: machine.ingress.map((rule) =>
      rule.protocol === 'udp' ? { ...rule, protocol: 'tcp' as const } : rule,
    ),
  })),
  'knows no IPv6 rules': inMachines((machine) => ({
    ...machine,
    ingress: machine.ingress.filter(({ peer }) => !peer.includes(':')),
  })),
  'passes over blackholes': inRoutes((routes) => routes.filter(({ through }) => through !== 'nowhere')),
  'leads peering nowhere': inRoutes((routes) => routes.filter(({ through }) => through !== 'peering')),
  'has no route to the NAT gateway': inRoutes((routes) => routes.filter(({ through }) => through !== 'nat')),
  'lets a NAT gateway take another port': (network) => ({
    ...network,
    probes: network.probes.map((probe) => ({
      ...probe,
      natPort: 1024 + ((probe.natPort + 30000) % (65536 - 1024)),
    })),
  }),
  'gives every machine a public address': inVpcs((vpc, index) => ({
    ...vpc,
    machines: vpc.machines.map((machine, number) => ({
      ...machine,
      publicAddress: machine.publicAddress ?? `203.0.113.${index * 16 + number}`,
    })),
  })),
}
