/** Routes that lead a start out of its subnet: through a NAT gateway of the VPC, or for public tasks its internet gateway. */
import { internetGatewayOf } from '../../../network/internet-gateways.ts'
import type { Network } from '../../../network/network.ts'
import type { NatGateway, Route } from '../../../snapshot/types.ts'
import type { Fix } from '../../fix.ts'
import type { Incident } from '../../incident.ts'
import type { StartBreach } from './claims.ts'
import { ANYWHERE, defaultRoute, defaultRouteTo } from './default-route.ts'
import { natToMake } from './new-nat.ts'
import { servesPublic } from './public-neighbours.ts'
import type { StartBreaches } from './rule.ts'
import { distinct } from './words.ts'

/** Of the tasks' own subnets. */
export const tableIds = (breaches: readonly StartBreach[], network: Network): readonly string[] =>
  distinct(breaches.flatMap(({ way }) => network.routeTables[way.place.subnet.routeTable]?.id ?? []))

export function outFixes(breaches: StartBreaches, incident: Incident): readonly Fix[] {
  const tables = tableIds(breaches, incident.network)
  const beyond = beyondNat(breaches, incident, tables)
  if (beyond) return [beyond]
  const target = targetFor(breaches, incident)
  if (!target) return [natToMake(breaches[0], incident, tables)]
  return [routed(incident, tables, target)]
}

/** For who cannot have a public address. */
export function natFix(breaches: StartBreaches, incident: Incident): Fix {
  const tables = tableIds(breaches, incident.network)
  const nat = natBeside(breaches, incident)
  return nat ? routed(incident, tables, nat) : natToMake(breaches[0], incident, tables)
}

function routed(incident: Incident, tables: readonly string[], target: Partial<Route>): Fix {
  const patches = tables.map((id) => defaultRouteTo(incident, id, target))
  const name = target.NatGatewayId ?? target.GatewayId
  return { title: `Route ${ANYWHERE} of ${tables.join(', ')} to ${name}`, patches, verifiable: true }
}

/** The tasks' tables lead to a NAT gateway, and the table of the NAT gateway's own subnet leads no further. */
function beyondNat(
  [{ blocker, way }]: StartBreaches,
  incident: Incident,
  tables: readonly string[],
): Fix | undefined {
  const { id } = blocker.component
  const ofNat = natsOf(incident, way.place.subnet.vpcId).some((nat) => tableOf(incident, nat) === id)
  if (!ofNat || tables.includes(id)) return undefined
  const gateway = internetGatewayOf(incident.network, {
    scope: incident.scope,
    vpcId: way.place.subnet.vpcId,
  })
  return gateway.known && gateway.value !== undefined
    ? routed(incident, [id], { GatewayId: gateway.value })
    : undefined
}

/** Tasks with public addresses are meant to leave by the internet gateway. */
function targetFor(breaches: StartBreaches, incident: Incident): Partial<Route> | undefined {
  const { publicIp, sources } = breaches[0].way.place
  const nic = sources[0]?.nic
  const gateway = nic && internetGatewayOf(incident.network, nic)
  if (publicIp && gateway?.known && gateway.value !== undefined) return { GatewayId: gateway.value }
  return natBeside(breaches, incident)
}

/** A public NAT gateway of the VPC whose own subnet keeps its routes, as do public neighbours; none that the tables lead to in vain. */
function natBeside(breaches: StartBreaches, incident: Incident): Partial<Route> | undefined {
  const { subnet } = breaches[0].way.place
  const tables = tableIds(breaches, incident.network)
  if (tables.some((id) => servesPublic(incident, id))) return undefined
  const nat = natsOf(incident, subnet.vpcId).find(
    (one) =>
      incident.network.subnets.get(one.SubnetId ?? '')?.routeTable !== subnet.routeTable &&
      !tables.every((id) => leadsTo(defaultRoute(incident, id), one)),
  )
  return nat && { NatGatewayId: nat.NatGatewayId }
}

const leadsTo = (route: Route | undefined, { NatGatewayId }: NatGateway): boolean =>
  route?.NatGatewayId === NatGatewayId && route.State === 'active'

const natsOf = ({ network }: Incident, vpcId: string | undefined): readonly NatGateway[] =>
  [...network.natGateways.values()].filter(
    ({ VpcId, State, ConnectivityType }) =>
      VpcId === vpcId && State === 'available' && ConnectivityType !== 'private',
  )

const tableOf = ({ network }: Incident, { SubnetId = '' }: NatGateway): string | undefined => {
  const subnet = network.subnets.get(SubnetId)
  return subnet && network.routeTables[subnet.routeTable]?.id
}
