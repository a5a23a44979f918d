/** Entries of network ACLs for the way of a start: what tasks ask, and what is answered. */
import type { Network } from '../../../network/network.ts'
import type { Fix } from '../../fix.ts'
import type { Incident } from '../../incident.ts'
import { entryFixes } from '../../path/acl-fixes.ts'
import type { StartBreach } from './claims.ts'
import type { StartBreaches } from './rule.ts'

export const startAclFixes = (breaches: StartBreaches, { network }: Incident): readonly Fix[] =>
  entryFixes(
    network,
    breaches.flatMap((breach) => {
      const { explanation } = breach.way
      return explanation ? [{ blocker: breach.blocker, explanation, peers: peersOf(network, breach) }] : []
    }),
  )

/** What goes out, and comes back in, is the service's; what comes in, and goes back out, is the task's. */
function peersOf(network: Network, { blocker, way }: StartBreach): readonly string[] {
  const ofService = (blocker.leg === 'forward') === (blocker.direction === 'egress')
  return ofService ? servicePeers(network, way) : [way.place.subnet.cidr?.text ?? []].flat()
}

/** ACLs know no prefix lists: public addresses of a service may be any. */
const servicePeers = (network: Network, { resolution }: StartBreach['way']): readonly string[] =>
  resolution?.kind === 'endpoints'
    ? resolution.endpoints
        .flatMap(({ SubnetIds = [] }) => SubnetIds)
        .flatMap((id) => network.subnets.get(id)?.cidr?.text ?? [])
    : ['0.0.0.0/0']
