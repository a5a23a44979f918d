import type { Scope } from '../../snapshot/types.ts'
import { aws } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { label, terraform } from '../render/terraform.ts'
import { counted, inSubnets } from '../words.ts'
import { changeListed } from './change.ts'
import type { PatchContext, PatchKind, PatchOf } from './kind.ts'

type Exclusion = PatchOf<'public-access-exclusion'>

/** https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html */
export const publicAccessExclusion: PatchKind<Exclusion> = {
  apply: (scope, { resourceId, mode }) =>
    isHere(scope, resourceId)
      ? changeListed(
          scope,
          'ec2:DescribeVpcBlockPublicAccessExclusions',
          'VpcBlockPublicAccessExclusions',
          (exclusions) => [
            ...exclusions,
            {
              ExclusionId: `vpcbpa-exclude-${resourceId}`,
              InternetGatewayExclusionMode: mode,
              ResourceArn: `arn:aws:ec2:${scope.region}:${scope.accountId}:${isVpc(resourceId) ? 'vpc' : 'subnet'}/${resourceId}`,
              State: 'create-complete',
            },
          ],
        )
      : undefined,

  step({ resourceId, mode }, { scope }) {
    const vpc = isVpc(resourceId)
    return {
      title: `Exclude ${resourceId} from VPC Block Public Access (${mode})`,
      cli: [
        aws('ec2', 'create-vpc-block-public-access-exclusion', scope.region, {
          [vpc ? 'vpc-id' : 'subnet-id']: resourceId,
          'internet-gateway-exclusion-mode': mode,
        }),
      ],
      cloudformation: cloudformation({
        [logicalId('exclusion', resourceId)]: {
          Type: 'AWS::EC2::VPCBlockPublicAccessExclusion',
          Properties: { [vpc ? 'VpcId' : 'SubnetId']: resourceId, InternetGatewayExclusionMode: mode },
        },
      }),
      terraform: terraform('aws_vpc_block_public_access_exclusion', label(resourceId), {
        values: { [vpc ? 'vpc_id' : 'subnet_id']: resourceId, internet_gateway_exclusion_mode: mode },
      }),
    }
  },

  opens(patch, context) {
    const who = `${patch.resourceId} (${counted(context.network, interfacesOf(patch, context))})`
    const out = `the internet from ${who}`
    const both = patch.mode === 'allow-bidirectional' ? `, and ${who} from the internet` : ''
    return `${out}${both}, as far as routes and security groups admit it`
  },
}

const isVpc = (resourceId: string): boolean => resourceId.startsWith('vpc-')

const interfacesOf = ({ resourceId }: Exclusion, { network }: PatchContext) =>
  isVpc(resourceId)
    ? network.interfaces.filter(({ vpcId }) => vpcId === resourceId)
    : inSubnets(network, [resourceId])

const isHere = ({ responses }: Scope, resourceId: string): boolean =>
  [
    ...(responses['ec2:DescribeVpcs']?.Vpcs ?? []).map(({ VpcId }) => VpcId),
    ...(responses['ec2:DescribeSubnets']?.Subnets ?? []).map(({ SubnetId }) => SubnetId),
  ].includes(resourceId)
