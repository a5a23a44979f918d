/**
 * The endpoint is there, but the service’s own name does not lead to it: private DNS is off, or the VPC’s DNS host names.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 */

import type { Component } from '../../reachability/result.ts'
import type { StartBreach } from '../ecs/start/claims.ts'
import { privateDnsFixes, silentEndpoint } from '../ecs/start/endpoint-fixes.ts'
import { endpointEvidence } from '../ecs/start/evidence.ts'
import { startPathRule } from '../ecs/start/rule.ts'
import type { StartWay } from '../ecs/start/ways.ts'
import { distinct, listText, servicesText, tasksText } from '../ecs/start/words.ts'

export const ecsPrivateDnsOff = startPathRule({
  code: 'ecs.private-dns-off',
  key: ({ way }) => componentOf(way).id,
  tell(breaches, { tasks, ...facts }) {
    const { network } = tasks.incident
    const { id, hostNames } = silentEndpoint(breaches[0].way)
    const endpoint = network.vpcEndpoints.get(id)
    const { vpcId = '' } = breaches[0].way.place.subnet
    const why = hostNames ? `the DNS host names of ${vpcId} are off` : 'its private DNS is off'
    return {
      title: `${endpointsText(breaches)} not answer for the name of ${servicesText(breaches)}: ${why}, so that the ${tasksText({ tasks, ...facts }, breaches)} are sent to public addresses, to which there is no way`,
      component: componentOf(breaches[0].way),
      evidence: [
        ...(endpoint ? [endpointEvidence(endpoint, 'PrivateDnsEnabled', 'true')] : []),
        {
          operation: 'ec2:DescribeVpcAttribute',
          resource: vpcId,
          field: 'EnableDnsHostnames',
          observed: tasks.incident.scope.responses['ec2:DescribeVpcAttribute']?.[vpcId]?.EnableDnsHostnames,
          expected: 'true',
        },
      ],
      fixes: privateDnsFixes(breaches),
    }
  },
})

/** What is to be changed: the VPC's DNS host names are off for all of its endpoints. */
function componentOf(way: StartWay): Component {
  const { id, hostNames } = silentEndpoint(way)
  return hostNames ? { type: 'vpc', id: way.place.subnet.vpcId ?? '' } : { type: 'vpc-endpoint', id }
}

function endpointsText(breaches: readonly StartBreach[]): string {
  const ids = distinct(breaches.map(({ way }) => silentEndpoint(way).id))
  return `${ids.length === 1 ? 'Endpoint' : 'Endpoints'} ${listText(ids)} do${ids.length === 1 ? 'es' : ''}`
}
