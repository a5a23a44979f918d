/** The public addresses of an AWS service, as far as they are known, and the network as these addresses meet it. */
import { type Address, parseCidr } from '../network/address.ts'
import { withoutGatewayEndpoints } from '../network/gateway-endpoints.ts'
import type { Interval } from '../network/intervals.ts'
import { compileNetwork, type Network } from '../network/network.ts'
import { remembered, rememberedFor } from '../network/remembered.ts'
import type { Inside } from '../reachability/layers.ts'
import { internetAddresses, representatives, type WayTo } from '../reachability/ranges.ts'
import { keyedResponse, listed } from '../snapshot/known.ts'
import type { Missing, RouteTable, Scope } from '../snapshot/types.ts'
import { shortName } from './names.ts'

const ENTRIES = 'ec2:GetManagedPrefixListEntries'

export interface PublicSide {
  /** Without the gateway endpoints of other services. */
  readonly network: Network
  readonly addresses: (end: Inside, protocol: number, wayTo: WayTo<Address>) => readonly Address[]
  /** What would tell the addresses where they decide. */
  readonly missing: Missing
}

const sides = new WeakMap<Network, Map<string, PublicSide>>()

/** The service's own list of addresses where AWS has one and it was collected; else any public address. */
export function publicSideOf(network: Network, scope: Scope, service: string): PublicSide {
  const ofNetwork = sides.get(network) ?? new Map<string, PublicSide>()
  sides.set(network, ofNetwork)
  const key = `${scope.accountId} ${scope.region} ${service}`
  const side = ofNetwork.get(key) ?? findSide(network, scope, service)
  ofNetwork.set(key, side)
  return side
}

function findSide(network: Network, scope: Scope, service: string): PublicSide {
  const own = withoutGatewayEndpoints(network, service)
  const list = prefixListOf(network, scope, service)
  const entries = list === undefined ? undefined : cidrsOf(scope, list)
  const missing = { missing: ENTRIES, because: `the addresses of ${service} decide, and they are not known` }
  if (entries) return { network: own, missing, addresses: amongst(own, entries) }
  const side = list === undefined ? own : assuming(network, scope, list, service)
  const addresses: PublicSide['addresses'] = (end, protocol, wayTo) =>
    internetAddresses(side, end, protocol, wayTo)
  return { network: side, addresses, missing }
}

/** By its name, or by the routes that lead to the service's gateway endpoints. */
function prefixListOf(network: Network, scope: Scope, service: string): string | undefined {
  const lists = listed(scope, 'ec2:DescribeManagedPrefixLists', 'PrefixLists')
  const named = (lists.known ? lists.value : []).find(
    ({ PrefixListName: name }) => name?.startsWith('com.amazonaws.') && shortName(name) === service,
  )
  if (named) return named.PrefixListId
  const endpoints = gatewaysTo(network.vpcEndpoints, service)
  const tables = listed(scope, 'ec2:DescribeRouteTables', 'RouteTables')
  if (endpoints.size === 0 || !tables.known) return undefined
  return routesIn(tables.value).find(({ GatewayId }) => endpoints.has(GatewayId ?? ''))
    ?.DestinationPrefixListId
}

/** By short name of the service. */
const gatewaysTo = rememberedFor(
  (endpoints: Network['vpcEndpoints'], service: string): ReadonlySet<string> =>
    new Set(
      [...endpoints.values()]
        .filter((one) => one.VpcEndpointType === 'Gateway' && shortName(one.ServiceName ?? '') === service)
        .map((one) => one.VpcEndpointId),
    ),
)

const routesIn = remembered((tables: readonly RouteTable[]) => tables.flatMap(({ Routes }) => Routes ?? []))

function cidrsOf(scope: Scope, list: string): readonly string[] | undefined {
  const found = keyedResponse(scope, ENTRIES, list)
  const cidrs = found.known ? found.value.Entries?.map(({ Cidr }) => Cidr) : undefined
  return cidrs && cidrs.length > 0 && !cidrs.includes(undefined) ? (cidrs as readonly string[]) : undefined
}

/** Addresses of the list's blocks of the sender's family that rules or routes tell apart. */
const amongst =
  (network: Network, cidrs: readonly string[]): PublicSide['addresses'] =>
  (end, protocol, wayTo) => {
    const ranges = cidrs.flatMap((cidr) => parseCidr(cidr)?.range ?? [])
    return ranges.flatMap((range) =>
      typeof range.from === typeof end.address
        ? representatives(network, range as Interval<Address>, end, protocol, wayTo)
        : [],
    )
  }

/** Both halves of IPv4 are longer than a default route, so that the route to the endpoint wins over it. */
const EVERYTHING = ['0.0.0.0/1', '128.0.0.0/1']

/** Whatever the service's addresses are, they are in its list: as if the list held every address. */
function assuming(network: Network, scope: Scope, list: string, service: string): Network {
  const variants = assumed.get(network) ?? new Map<string, Network>()
  assumed.set(network, variants)
  const found = variants.get(list) ?? compileAssuming(network, scope, list, service)
  variants.set(list, found)
  return found
}

const assumed = new WeakMap<Network, Map<string, Network>>()

function compileAssuming(network: Network, scope: Scope, list: string, service: string): Network {
  const told = { Entries: EVERYTHING.map((Cidr) => ({ Cidr })) }
  const responses = { ...scope.responses, [ENTRIES]: { ...scope.responses[ENTRIES], [list]: told } }
  const scopes = network.snapshot.scopes.map((one) => (one === scope ? { ...scope, responses } : one))
  return withoutGatewayEndpoints(compileNetwork({ ...network.snapshot, scopes }), service)
}
