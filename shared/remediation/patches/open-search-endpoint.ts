import { aws } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { label, terraform } from '../render/terraform.ts'
import { changeListed } from './change.ts'
import { withInterfaces } from './endpoint-interfaces.ts'
import type { PatchKind, PatchOf } from './kind.ts'

const ID = 'vpce-new-aoss'

/** https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/API_CreateVpcEndpoint.html */
export const openSearchEndpoint: PatchKind<PatchOf<'open-search-endpoint'>> = {
  apply(scope, { vpcId, name, subnetIds, groupIds }) {
    const endpoint = {
      id: ID,
      name,
      status: 'ACTIVE',
      vpcId,
      subnetIds: [...subnetIds],
      securityGroupIds: [...groupIds],
    }
    const made = changeListed(
      scope,
      'opensearchserverless:ListVpcEndpoints',
      'vpcEndpointSummaries',
      (all) => [...all, endpoint],
    )
    return made && withInterfaces(made, { subnetIds, groupIds }, ID, vpcId)
  },

  step: ({ vpcId, name, subnetIds, groupIds }, { scope }) => ({
    title: `Make an endpoint of OpenSearch Serverless in ${vpcId}`,
    cli: [
      aws('opensearchserverless', 'create-vpc-endpoint', scope.region, {
        name,
        'vpc-id': vpcId,
        'subnet-ids': subnetIds,
        'security-group-ids': groupIds,
      }),
    ],
    cloudformation: cloudformation({
      [logicalId(name, 'endpoint')]: {
        Type: 'AWS::OpenSearchServerless::VpcEndpoint',
        Properties: { Name: name, VpcId: vpcId, SubnetIds: subnetIds, SecurityGroupIds: groupIds },
      },
    }),
    terraform: terraform('aws_opensearchserverless_vpc_endpoint', label(name), {
      values: { name, vpc_id: vpcId, subnet_ids: subnetIds, security_group_ids: groupIds },
    }),
  }),

  opens: ({ vpcId }) =>
    `collections of OpenSearch Serverless from ${vpcId}, as far as security groups and their network policies admit it`,
}
