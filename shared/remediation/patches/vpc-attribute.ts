import { aws } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { label, terraform } from '../render/terraform.ts'
import { changeKeyed } from './change.ts'
import type { PatchKind, PatchOf } from './kind.ts'

/** https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html */
export const vpcAttribute: PatchKind<PatchOf<'vpc-attribute'>> = {
  apply: (scope, { vpcId, attribute }) =>
    changeKeyed(scope, 'ec2:DescribeVpcAttribute', vpcId, (found) => ({
      ...found,
      [attribute]: { Value: true },
    })),

  step: ({ vpcId }, { scope }) => ({
    title: `Enable DNS host names in ${vpcId}`,
    cli: [
      aws('ec2', 'modify-vpc-attribute', scope.region, {
        'vpc-id': vpcId,
        'enable-dns-hostnames': { Value: true },
      }),
    ],
    cloudformation: cloudformation(
      { [logicalId(vpcId)]: { Type: 'AWS::EC2::VPC', Properties: { EnableDnsHostnames: true } } },
      `Merge into the resource of ${vpcId}`,
    ),
    terraform: terraform(
      'aws_vpc',
      label(vpcId),
      { values: { enable_dns_hostnames: true } },
      `Merge into the resource of ${vpcId}`,
    ),
  }),

  opens: ({ vpcId }) => `the names of AWS’s services lead to the endpoints of ${vpcId} that have private DNS`,
}
