/** Paths that lead over transit gateways. */
import type { Interface } from '../../network/interfaces.ts'
import type { Network } from '../../network/network.ts'
import { remembered } from '../../network/remembered.ts'
import type { CompiledRouteTable } from '../../network/route-tables.ts'
import type { Incident, TargetFacts } from '../incident.ts'
import type { Breach } from './breaches.ts'

const TRANSIT = 'transit-gateway'

export const crossesTransit = ({ network }: Incident, targets: readonly TargetFacts[]): boolean =>
  anyLeadsOver(network.routeTables) &&
  targets.some(
    ({ probes }) =>
      probes.known &&
      probes.value.some(
        ({ node, explanation }) =>
          mayLeadOver(network, node.nic) &&
          explanation.forward.some(({ component }) => component.type === TRANSIT),
      ),
  )

/** Only a route leads there, the sender's own or that of a NAT gateway to which it leads: other proofs need not be read. */
function mayLeadOver({ routeTables }: Network, { subnet }: Interface): boolean {
  const table = routeTables[subnet?.routeTable ?? -1]
  return table === undefined || kindsIn(table).has(TRANSIT) || kindsIn(table).has('nat-gateway')
}

const kindsIn = remembered(
  ({ v4, v6, unclear }: CompiledRouteTable) =>
    new Set(
      [...v4.values, ...v6.values, ...unclear.map(({ route }) => route)].map(({ target }) => target.kind),
    ),
)

const anyLeadsOver = remembered((tables: Network['routeTables']) =>
  tables.some((table) => kindsIn(table).has(TRANSIT)),
)

export const transitGatewaysOn = ({ paths }: Breach): readonly string[] => [
  ...new Set(
    paths.flatMap(({ probe }) =>
      probe.explanation.forward.flatMap(({ component }) =>
        component.type === TRANSIT ? [component.id] : [],
      ),
    ),
  ),
]
