/** Can X reach an AWS service: the name is resolved as DNS would, then the way to what it means is walked. */
import type { Endpoint, Network } from '../network/network.ts'
import { explainAnywhere, type Somewhere } from '../reachability/anywhere.ts'
import { combine } from '../reachability/combine.ts'
import type { Flow } from '../reachability/flow.ts'
import type { End, Inside } from '../reachability/layers.ts'
import type { Explanation, Hop, MissingKnowledge } from '../reachability/result.ts'
import { walk } from '../reachability/walk.ts'
import { publicSideOf } from './public-addresses.ts'
import { resolveService } from './resolution.ts'
import type { Resolution } from './resolved.ts'
import { resolutionText } from './words.ts'

type Source = Inside | (Inside & Somewhere)

/** @returns undefined where nothing can be asked: no address of a common family */
export function reachService(
  network: Network,
  source: Source,
  service: string,
  flow: Flow,
): Explanation | undefined {
  const { scope } = source.nic
  const resolution = resolveService(network, source.nic, service)
  const way = wayOf(network, source, service, flow, resolution)
  if (!way) return undefined
  const explanation = resolutionText(service, scope.region, resolution)
  const hop: Hop = {
    sequence: 1,
    component: { type: 'aws-service', id: service },
    verdict: resolution.kind === 'unknown' ? 'unknown' : 'pass',
    explanation,
  }
  const forward = [hop, ...way.forward.map((item) => ({ ...item, sequence: item.sequence + 1 }))]
  return { ...way, forward, flow: { ...way.flow, destination: service } }
}

function wayOf(
  network: Network,
  source: Source,
  service: string,
  flow: Flow,
  resolution: Resolution,
): Explanation | undefined {
  switch (resolution.kind) {
    case 'endpoints':
      return toEndpoints(network, source, flow, resolution.endpoints)
    case 'public':
      return toPublic(network, source, service, flow)
    case 'unknown':
      return toEither(network, source, service, flow, resolution)
  }
}

/** Where the endpoints that may answer were not listed, there is a way that cannot be walked. */
function toEither(
  network: Network,
  source: Source,
  service: string,
  flow: Flow,
  { endpoints, missing }: Extract<Resolution, { kind: 'unknown' }>,
): Explanation | undefined {
  const outside = toPublic(network, source, service, flow)
  const inside = toEndpoints(network, source, flow, endpoints)
  if (outside && inside) return doubted([outside, inside], missing)
  const only = outside ?? inside
  return only && { ...only, verdict: 'unknown', unknown: [missing, ...only.unknown] }
}

/** Blocked whichever way the name resolves, or not known. */
function doubted(ways: readonly [Explanation, ...Explanation[]], missing: MissingKnowledge): Explanation {
  const together = combine(ways)
  const verdict = ways.every((way) => way.verdict === 'blocked') ? 'blocked' : 'unknown'
  return { ...together, verdict, unknown: [missing, ...together.unknown] }
}

/** DNS names all interfaces of an endpoint; any may be used. */
export function toEndpoints(
  network: Network,
  source: Source,
  flow: Flow,
  endpoints: readonly Endpoint[],
): Explanation | undefined {
  const ways = endpoints.flatMap((endpoint) =>
    (endpoint.NetworkInterfaceIds ?? []).flatMap((id) => {
      const nic = network.interfaceById.get(id)
      const address = nic?.addresses.find((one) => typeof one === typeof source.address)
      return nic && address !== undefined ? [explainAnywhere(network, source, { nic, address }, flow)] : []
    }),
  )
  const hidden = endpoints.find(
    ({ NetworkInterfaceIds: ids }) => !ids?.length || ids.some((id) => !network.interfaceById.has(id)),
  )
  const [first, ...rest] = ways
  if (!first) return undefined
  const together = combine([first, ...rest])
  return hidden ? doubted([together], notCollected(hidden)) : together
}

const notCollected = ({ VpcEndpointId }: Endpoint): MissingKnowledge => ({
  missing: 'ec2:DescribeNetworkInterfaces',
  because: `the interfaces of ${VpcEndpointId} were not collected`,
})

/** Which of its addresses AWS answers from cannot be chosen: what depends on it is not known. */
export function toPublic(
  network: Network,
  source: Source,
  service: string,
  flow: Flow,
): Explanation | undefined {
  const side = publicSideOf(network, source.nic.scope, service)
  const at = (address: End['address']): End => ({ nic: undefined, address, label: service })
  const addresses = side.addresses(source, flow.protocol, (address, visitor) =>
    walk(side.network, source, at(address), visitor),
  )
  const ways = addresses.map((address) => explainAnywhere(side.network, source, at(address), flow))
  const [first, ...rest] = ways
  if (!first) return undefined
  const together = combine([first, ...rest])
  if (ways.every(({ verdict }) => verdict === first.verdict)) return together
  return { ...together, verdict: 'unknown', unknown: [...together.unknown, side.missing] }
}
