import type { Scope, VpcEndpoint } from '../../snapshot/types.ts'
import { aws } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { label, terraform } from '../render/terraform.ts'
import { changeListed } from './change.ts'
import { interfaceId, withInterfaces } from './endpoint-interfaces.ts'
import type { PatchKind, PatchOf } from './kind.ts'
import { vpcEndpoint } from './vpc-endpoint.ts'

type NewEndpoint = PatchOf<'new-vpc-endpoint'>

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html */
export const newVpcEndpoint: PatchKind<NewEndpoint> = {
  apply(scope, patch) {
    const endpoint = endpointOf(scope, patch)
    const made = changeListed(scope, 'ec2:DescribeVpcEndpoints', 'VpcEndpoints', (all) => [...all, endpoint])
    if (!made) return undefined
    return patch.place.type === 'Interface'
      ? withInterfaces(made, patch.place, endpoint.VpcEndpointId, endpoint.VpcId)
      : vpcEndpoint.apply(made, {
          kind: 'vpc-endpoint',
          endpointId: endpoint.VpcEndpointId,
          settings: { addRouteTableIds: patch.place.routeTableIds },
        })
  },

  step(patch, { scope }) {
    const { vpcId, service, place } = patch
    const serviceName = serviceNameOf(scope, service)
    const { subnetIds, groupIds, routeTableIds } = partsOf(place)
    const privateDns = place.type === 'Interface' ? true : undefined
    return {
      title: `Make a${place.type === 'Interface' ? 'n interface' : ' gateway'} endpoint for ${service} in ${vpcId}`,
      cli: [
        aws('ec2', 'create-vpc-endpoint', scope.region, {
          'vpc-id': vpcId,
          'service-name': serviceName,
          'vpc-endpoint-type': place.type,
          'subnet-ids': subnetIds,
          'security-group-ids': groupIds,
          'private-dns-enabled': privateDns,
          'route-table-ids': routeTableIds,
        }),
      ],
      cloudformation: cloudformation({
        [logicalId(service, 'endpoint')]: {
          Type: 'AWS::EC2::VPCEndpoint',
          Properties: {
            VpcId: vpcId,
            ServiceName: serviceName,
            VpcEndpointType: place.type,
            SubnetIds: subnetIds,
            SecurityGroupIds: groupIds,
            PrivateDnsEnabled: privateDns,
            RouteTableIds: routeTableIds,
          },
        },
      }),
      terraform: terraform('aws_vpc_endpoint', label(service), {
        values: {
          vpc_id: vpcId,
          service_name: serviceName,
          vpc_endpoint_type: place.type,
          subnet_ids: subnetIds,
          security_group_ids: groupIds,
          private_dns_enabled: privateDns,
          route_table_ids: routeTableIds,
        },
      }),
    }
  },

  opens: ({ vpcId, service }) => `${service} from ${vpcId}, as far as security groups admit it`,
}

/** What AWS gives an endpoint that is made without a policy. */
const FULL_ACCESS = JSON.stringify({
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
})

interface Parts {
  readonly subnetIds?: readonly string[]
  readonly groupIds?: readonly string[]
  readonly routeTableIds?: readonly string[]
}

const partsOf = ({ type: _, ...parts }: NewEndpoint['place']): Parts => parts

const serviceNameOf = ({ region }: Scope, service: string): string =>
  `${region.startsWith('cn-') ? 'cn.com' : 'com'}.amazonaws.${region}.${service}`

function endpointOf(scope: Scope, { vpcId, service, place }: NewEndpoint): VpcEndpoint {
  const { subnetIds = [], groupIds = [] } = partsOf(place)
  const VpcEndpointId = `vpce-new-${service}`
  return {
    VpcEndpointId,
    VpcEndpointType: place.type,
    VpcId: vpcId,
    ServiceName: serviceNameOf(scope, service),
    State: 'available',
    PolicyDocument: FULL_ACCESS,
    PrivateDnsEnabled: place.type === 'Interface',
    RouteTableIds: [],
    SubnetIds: [...subnetIds],
    NetworkInterfaceIds: subnetIds.map((id) => interfaceId(VpcEndpointId, id)),
    Groups: groupIds.map((GroupId) => ({ GroupId })),
  }
}
