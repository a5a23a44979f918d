/** Where a route table sends what has no other route. */
import type { Route } from '../../../snapshot/types.ts'
import type { Patch } from '../../fix.ts'
import type { Incident } from '../../incident.ts'
import { routeTableOf } from './evidence.ts'

export const ANYWHERE = '0.0.0.0/0'

export const defaultRoute = (incident: Incident, routeTableId: string): Route | undefined =>
  routeTableOf(incident, routeTableId)?.Routes?.find(
    ({ DestinationCidrBlock }) => DestinationCidrBlock === ANYWHERE,
  )

/** A route to the same destination, a blackhole too, can only be replaced. */
export const leadsSomewhere = (incident: Incident, routeTableId: string): boolean =>
  defaultRoute(incident, routeTableId) !== undefined

export const defaultRouteTo = (incident: Incident, routeTableId: string, target: Partial<Route>): Patch => ({
  kind: 'route',
  routeTableId,
  route: { DestinationCidrBlock: ANYWHERE, ...target, State: 'active', Origin: 'CreateRoute' },
  replaces: leadsSomewhere(incident, routeTableId),
})
