/** What the kernel is told of a network (oracle.py reads it): AWS's rules and routes, nothing of AWS's ways to write them. */

export interface KernelNetwork {
  /** At most 3, of at most 4 subnets and 12 machines each (testbed.py). */
  readonly vpcs: readonly KernelVpc[]
  readonly probes: readonly KernelProbe[]
  /** Seconds to wait for further answers after the last one. */
  readonly patience: number
}

export interface KernelVpc {
  readonly blocks: readonly string[]
  readonly subnets: readonly KernelSubnet[]
  readonly machines: readonly KernelMachine[]
  readonly nat: KernelNat | null
  readonly internetGateway: boolean
}

/** A packet that leaves or enters the subnet asks its rules; the first that matches decides, none: dropped. */
export interface KernelSubnet {
  readonly egress: readonly KernelAclRule[]
  readonly ingress: readonly KernelAclRule[]
  readonly routes: readonly KernelRoute[]
}

/** A machine's rules let connections begin; what belongs to a connection passes. */
export interface KernelMachine {
  readonly id: string
  readonly subnet: number
  /** The IPv4 address first. */
  readonly addresses: readonly string[]
  readonly publicAddress: string | null
  readonly egress: readonly KernelRule[]
  readonly ingress: readonly KernelRule[]
}

interface KernelNat {
  readonly subnet: number
  readonly address: string
  readonly publicAddress: string | null
}

export interface KernelRule {
  readonly protocol: 'tcp' | 'udp' | 'all'
  /** Destination ports, both ends included; without meaning for `all`. */
  readonly ports: readonly [from: number, to: number]
  /** The CIDR block of the other end. */
  readonly peer: string
}

export interface KernelAclRule extends KernelRule {
  readonly allow: boolean
}

export interface KernelRoute {
  readonly to: string
  readonly through: 'local' | 'igw' | 'nat' | 'peering' | 'nowhere'
  /** The VPC that a peering connection leads to. */
  readonly vpc: number | null
  /** Among routes to the same block the least wins. */
  readonly metric: number
}

export interface KernelProbe {
  /** Null: the internet. */
  readonly from: MachineNumber | null
  readonly to: MachineNumber | null
  readonly source: string
  /** The address that is dialled. */
  readonly target: string
  /** The address under which the target's machine knows itself. */
  readonly destination: string
  readonly protocol: 'tcp' | 'udp'
  readonly sourcePort: number
  readonly port: number
  /** The port that a NAT gateway on the way must take. */
  readonly natPort: number
}

export interface MachineNumber {
  readonly vpc: number
  readonly machine: number
}
