/** A gateway endpoint in the route tables of the tasks' subnets, and their way out to it. */
import { endpointsIn } from '../../../network/in-vpc.ts'
import { shortName } from '../../../services/names.ts'
import { listed } from '../../../snapshot/known.ts'
import type { Scope, VpcEndpoint } from '../../../snapshot/types.ts'
import type { Fix, Patch } from '../../fix.ts'
import type { Incident } from '../../incident.ts'
import { isGroupCode } from '../../path/claims.ts'
import { distinct, listText } from '../start/words.ts'
import type { Called } from './calls.ts'

export const tablesOf = ({ broken, tasks: { incident } }: Called): readonly string[] =>
  distinct(broken.flatMap(({ place }) => incident.network.routeTables[place.subnet.routeTable]?.id ?? []))

export function gatewayFixes(called: Called): readonly Fix[] {
  const { incident } = called.tasks
  const { service, broken } = called
  const tables = tablesOf(called)
  const { vpcId = '' } = broken[0].place.subnet
  if (tables.length === 0) return []
  const found = gatewayOf(incident, service, vpcId)
  const gateway: Patch = found
    ? { kind: 'vpc-endpoint', endpointId: found.VpcEndpointId, settings: { addRouteTableIds: tables } }
    : { kind: 'new-vpc-endpoint', vpcId, service, place: { type: 'Gateway', routeTableIds: tables } }
  const title = found
    ? `Add ${listText(tables)} to ${found.VpcEndpointId}`
    : `Make a gateway endpoint for ${service} in ${listText(tables)}`
  return [{ title, patches: [gateway, ...egress(called)], verifiable: true }]
}

/** Of the VPC, available. */
const gatewayOf = ({ network }: Incident, service: string, vpcId: string): VpcEndpoint | undefined =>
  endpointsIn(network, vpcId).find(
    (one) =>
      one.VpcEndpointType === 'Gateway' &&
      one.State?.toLowerCase() === 'available' &&
      shortName(one.ServiceName ?? '') === service,
  )

const HTTPS = 443

/** Groups that let the tasks out to interface endpoints only do not let them out to the service's addresses. */
function egress({ broken, service, tasks: { incident } }: Called): readonly Patch[] {
  const list = listOf(incident.scope, service)
  if (list === undefined) return []
  const closed = broken.flatMap(({ blockers }) =>
    blockers
      .filter(
        ({ awsExplanationCode: code, direction, component }) =>
          isGroupCode(code) && direction === 'egress' && component.type === 'security-group',
      )
      .map(({ component }) => component.id),
  )
  return distinct(closed).map((groupId) => ({
    kind: 'security-group-rule',
    groupId,
    direction: 'egress',
    permission: {
      IpProtocol: 'tcp',
      FromPort: HTTPS,
      ToPort: HTTPS,
      PrefixListIds: [{ PrefixListId: list }],
    },
  }))
}

function listOf(scope: Scope, service: string): string | undefined {
  const lists = listed(scope, 'ec2:DescribeManagedPrefixLists', 'PrefixLists')
  return (lists.known ? lists.value : []).find(
    ({ PrefixListName: name }) => name?.startsWith('com.amazonaws.') && shortName(name) === service,
  )?.PrefixListId
}
