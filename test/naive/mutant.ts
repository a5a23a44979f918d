/** How an evaluator is made wrong: it answers rightly for another account, or forgets a part of its answer. */
import type { Aws } from './aws.ts'
import type { Layer } from './checks.ts'
import type { Evaluate } from './enumerate.ts'
import { type Judgement, judge, type Packet } from './evaluator.ts'
import type { Hop } from './place.ts'

export interface Mutant {
  readonly evaluate: Evaluate
  /** It is wrong only where one of these is on the way. */
  readonly about?: readonly Hop[]
  /** Random networks seldom have what it is wrong about; the hand-made cases do. */
  readonly rare?: true
}
export type Mutants = Readonly<Record<string, Evaluate>>

/** Forgets layers, where it has reason to. */
export const without =
  (
    forgotten: RegExp,
    where: (judged: Judgement, aws: Aws, packet: Packet) => boolean = () => true,
  ): Evaluate =>
  (aws, packet) => {
    const judged = judge(aws, packet)
    const kept = [...judged.blocking].filter((layer: Layer) => !forgotten.test(layer))
    return where(judged, aws, packet) ? { ...judged, blocking: new Set(kept) } : judged
  }

/** The right evaluator on a changed account; the change is made once per account. */
export function changed(change: (aws: Aws) => Aws): Evaluate {
  const memory = new WeakMap<Aws, Aws>()
  return (aws, packet) => {
    const found = memory.get(aws) ?? change(aws)
    memory.set(aws, found)
    return judge(found, packet)
  }
}

/** The right evaluator on an account that is changed for the two ends of the packet. */
export function changedFor(change: (aws: Aws, from: End, to: End) => Aws): Evaluate {
  const memory = new WeakMap<Aws, Map<string, Aws>>()
  return (aws, packet) => {
    const known = memory.get(aws) ?? new Map<string, Aws>()
    memory.set(aws, known)
    const key = `${packet.from} ${packet.to}`
    const found = known.get(key) ?? change(aws, endOf(aws, packet.from), endOf(aws, packet.to))
    known.set(key, found)
    return judge(found, packet)
  }
}

export interface End {
  readonly address: string
  readonly subnet?: Aws['subnets'][number]
}

function endOf(aws: Aws, idOrAddress: string): End {
  const nic = aws.interfaces.find(
    ({ NetworkInterfaceId, Ipv6Addresses }) =>
      NetworkInterfaceId === idOrAddress ||
      (Ipv6Addresses ?? []).some(({ Ipv6Address }) => Ipv6Address === idOrAddress),
  )
  const subnet = aws.subnets.find(({ SubnetId }) => SubnetId === nic?.SubnetId)
  const address = idOrAddress.includes(':') ? idOrAddress : (nic?.PrivateIpAddress ?? idOrAddress)
  return { address, ...(subnet ? { subnet } : {}) }
}
