/** An interface endpoint that somebody made for a service shows that these tasks call it. */
import { endpointsIn } from '../../../network/in-vpc.ts'
import type { Network } from '../../../network/network.ts'
import { TCP } from '../../../network/protocol.ts'
import { toPort } from '../../../reachability/flow.ts'
import { shortName } from '../../../services/names.ts'
import { reachEndpoint } from '../../../services/to-endpoint.ts'
import { listed } from '../../../snapshot/known.ts'
import type { Scope, VpcEndpoint } from '../../../snapshot/types.ts'
import type { StartPlace } from '../start/places.ts'

const HTTPS = 443

/** In the tasks' VPC, open to them, and made for them: in a subnet of theirs, or with a group that names theirs. */
export const endpointMadeFor = (
  network: Network,
  scope: Scope,
  service: string,
  places: readonly StartPlace[],
): VpcEndpoint | undefined =>
  [...new Set(places.map(({ subnet }) => subnet.vpcId))]
    .flatMap((vpcId) => endpointsIn(network, vpcId))
    .find(
      (endpoint) =>
        endpoint.VpcEndpointType === 'Interface' &&
        shortName(endpoint.ServiceName ?? '') === service &&
        places.some(
          (place) =>
            place.subnet.vpcId === endpoint.VpcId &&
            (isBeside(endpoint, place) || admitsGroup(scope, endpoint, place)) &&
            isOpenTo(network, endpoint, place),
        ),
    )

const isBeside = ({ SubnetIds = [] }: VpcEndpoint, { subnet }: StartPlace): boolean =>
  SubnetIds.includes(subnet.id)

function admitsGroup(scope: Scope, { Groups = [] }: VpcEndpoint, { groupIds }: StartPlace): boolean {
  const groups = listed(scope, 'ec2:DescribeSecurityGroups', 'SecurityGroups')
  const own = (groups.known ? groups.value : []).filter(({ GroupId: id }) =>
    Groups.some(({ GroupId }) => GroupId === id),
  )
  const admitted = own.flatMap(({ IpPermissions = [] }) =>
    IpPermissions.flatMap(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.map(({ GroupId }) => GroupId)),
  )
  return groupIds.some((id) => admitted.includes(id))
}

const isOpenTo = (network: Network, endpoint: VpcEndpoint, { sources }: StartPlace): boolean =>
  sources.some((source) => {
    const way = reachEndpoint(network, source, endpoint, toPort(TCP, HTTPS))
    return 'verdict' in way && way.verdict !== 'blocked'
  })
