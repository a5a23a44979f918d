/** What tells one healthy system from another. */
import type { Random } from '../bench/random.ts'

const axes = {
  balancer: ['application', 'network', 'network with groups'],
  /** `nodes`: Kubernetes’, asked on a NodePort; `peered`: plain instances of a peered VPC, registered by address. */
  launch: ['fargate', 'host', 'bridge', 'nodes', 'peered'],
  /** Where targets stand: behind a NAT gateway, with public addresses, or with endpoints only. */
  place: ['nat', 'public', 'isolated'],
  scheme: ['internal', 'internet-facing'],
  /** Zones with targets. */
  zones: [1, 2],
  services: [1, 2, 3],
  /** Who calls the load balancer: clients by its own name or by one of Route 53's, or API Gateway over a VPC link. */
  caller: ['clients', 'names', 'gateway'],
} as const

export type Traits = { readonly [Axis in keyof typeof axes]: (typeof axes)[Axis][number] }

/** What AWS allows, and somebody would build. */
const exists = ({ place, scheme, caller, launch }: Traits): boolean =>
  !(scheme === 'internet-facing' && (place === 'isolated' || caller === 'gateway')) &&
  !(launch === 'peered' && place === 'public')

const combined = Object.entries(axes).reduce<readonly object[]>(
  (made, [axis, values]) => made.flatMap((one) => values.map((value) => ({ ...one, [axis]: value }))),
  [{}],
) as readonly Traits[]

const allTraits: readonly Traits[] = combined.filter(exists)

export const textOf = (traits: Traits): string => Object.values(traits).join(', ')

export const isEcs = ({ launch }: Traits): boolean => launch !== 'peered' && launch !== 'nodes'
export const isNodes = ({ launch }: Traits): boolean => launch === 'nodes'
export const isFargate = ({ launch }: Traits): boolean => launch === 'fargate'
export const isApplication = ({ balancer }: Traits): boolean => balancer === 'application'
export const hasGroups = ({ balancer }: Traits): boolean => balancer !== 'network'

/** One of the systems to which something applies. */
export function drawn(fits: (traits: Traits) => boolean, random: Random): Traits {
  const list = allTraits.filter(fits)
  if (list.length === 0) throw new Error('a fault that fits no system')
  return random.pick(list)
}
