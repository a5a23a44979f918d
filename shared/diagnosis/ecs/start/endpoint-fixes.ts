/** Endpoints that are made, or made to answer. */
import type { Fix, Patch } from '../../fix.ts'
import type { StartBreach } from './claims.ts'
import type { StartFacts } from './facts.ts'
import { tableIds } from './route-fixes.ts'
import type { StartBreaches } from './rule.ts'
import type { StartWay } from './ways.ts'
import { distinct, listText, waysOf } from './words.ts'

/** The endpoint that does not answer for its service's name, and whether that is its VPC's doing. */
export function silentEndpoint({ resolution }: StartWay): {
  readonly id: string
  readonly hostNames: boolean
} {
  const reason = resolution?.kind === 'public' ? resolution.reason : undefined
  const id = reason && 'endpointId' in reason ? reason.endpointId : ''
  return { id, hostNames: reason?.kind === 'dns-host-names-off' }
}

export function privateDnsFixes(breaches: StartBreaches): readonly Fix[] {
  const { id, hostNames } = silentEndpoint(breaches[0].way)
  const { vpcId = '' } = breaches[0].way.place.subnet
  const patch: Patch = hostNames
    ? { kind: 'vpc-attribute', vpcId, attribute: 'EnableDnsHostnames' }
    : { kind: 'vpc-endpoint', endpointId: id, settings: { privateDns: true } }
  const title = hostNames ? `Enable DNS host names in ${vpcId}` : `Enable private DNS of ${id}`
  return [{ title, patches: [patch], verifiable: true }]
}

/** Beside the endpoints that are there, with their groups. */
export function newEndpointFixes(breaches: StartBreaches, facts: StartFacts): readonly Fix[] {
  const { vpcId = '' } = breaches[0].way.place.subnet
  const services = distinct(breaches.map(({ way }) => way.name))
  const neighbour = waysOf(facts).flatMap(({ resolution }) =>
    resolution?.kind === 'endpoints' ? resolution.endpoints : [],
  )[0]
  const groupIds = (neighbour?.Groups ?? []).map(({ GroupId }) => GroupId)
  const subnetIds = neighbour?.SubnetIds ?? []
  const patches = services.map(
    (service): Patch => ({
      kind: 'new-vpc-endpoint',
      vpcId,
      service,
      place:
        service === 's3'
          ? {
              type: 'Gateway',
              routeTableIds: tableIds(ofService(breaches, service), facts.tasks.incident.network),
            }
          : { type: 'Interface', subnetIds, groupIds },
    }),
  )
  return [{ title: `Make endpoints for ${listText(services)} in ${vpcId}`, patches, verifiable: true }]
}

const ofService = (breaches: StartBreaches, name: string): readonly StartBreach[] =>
  breaches.filter(({ way }) => way.name === name)
