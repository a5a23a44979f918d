/** An endpoint of OpenSearch Serverless' own API, in one of the tasks' subnets per zone. */
import { endpointsIn } from '../../../network/in-vpc.ts'
import type { Network } from '../../../network/network.ts'
import type { VpcEndpoint } from '../../../snapshot/types.ts'
import type { Fix } from '../../fix.ts'
import type { Called } from './calls.ts'

export function openSearchFixes({ broken, made, tasks: { incident } }: Called): readonly Fix[] {
  const { vpcId = '' } = broken[0].place.subnet
  const byZone = new Map(broken.map(({ place: { subnet } }) => [subnet.availabilityZone, subnet.id]))
  const like = made ?? neighbourIn(incident.network, vpcId)
  const groupIds = (like?.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? [])
  return [
    {
      title: `Make an endpoint of OpenSearch Serverless in ${vpcId}, to be named in the collection’s network policy`,
      patches: [
        {
          kind: 'open-search-endpoint',
          vpcId,
          name: `collections-${vpcId.slice(-SUFFIX)}`,
          subnetIds: [...byZone.values()],
          groupIds: groupIds.length > 0 ? groupIds : ['<group that admits tcp 443 from the tasks>'],
        },
      ],
      verifiable: groupIds.length > 0,
    },
  ]
}

/** Names are unique in an account and Region. */
const SUFFIX = 8

/** Whose groups admit the tasks to other services. */
const neighbourIn = (network: Network, vpcId: string): VpcEndpoint | undefined =>
  endpointsIn(network, vpcId).find((one) => one.VpcEndpointType === 'Interface')
