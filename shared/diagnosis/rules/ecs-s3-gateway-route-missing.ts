/**
 * The layers of ECR’s images are in S3, and the subnet’s route table does not lead to the VPC’s gateway endpoint. With
 * another way out that is no fault; endpoints of other VPCs cannot be used.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
import { s3Gateway } from '../ecs/start/claims.ts'
import { endpointEvidence, routesEvidence } from '../ecs/start/evidence.ts'
import { tableIds } from '../ecs/start/route-fixes.ts'
import { startPathRule } from '../ecs/start/rule.ts'
import { listText, subnetIds, tasksText } from '../ecs/start/words.ts'

export const ecsS3GatewayRouteMissing = startPathRule({
  code: 'ecs.s3-gateway-route-missing',
  key: ({ way }) => way.place.subnet.vpcId ?? '',
  tell(breaches, facts) {
    const { incident } = facts.tasks
    const { subnet } = breaches[0].way.place
    const endpoint = s3Gateway(incident.network, subnet.vpcId)
    const tables = tableIds(breaches, incident.network)
    const id = endpoint?.VpcEndpointId ?? ''
    return {
      title: `${listText(tables)} of ${listText(subnetIds(breaches))} has no route to ${id}, the gateway endpoint of S3: the ${tasksText(facts, breaches)} cannot fetch the layers of their images`,
      component: { type: 'vpc-endpoint', id },
      evidence: [
        ...(endpoint ? [endpointEvidence(endpoint, 'RouteTableIds', `${listText(tables)} among them`)] : []),
        ...tables.map((table) => routesEvidence(incident, table, `a route of S3’s prefix list to ${id}`)),
      ],
      fixes: [
        {
          title: `Add ${listText(tables)} to ${id}`,
          patches: [{ kind: 'vpc-endpoint', endpointId: id, settings: { addRouteTableIds: tables } }],
          verifiable: true,
        },
      ],
    }
  },
})
