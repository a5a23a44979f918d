import { aws } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { nameInArn } from '../render/names.ts'
import { label, terraform } from '../render/terraform.ts'
import { changeListed, changeOne } from './change.ts'
import type { PatchKind, PatchOf } from './kind.ts'

type Enforcement = PatchOf<'private-link-enforcement'>

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html */
export const privateLinkEnforcement: PatchKind<Enforcement> = {
  apply: (scope, { loadBalancerArn, value }) =>
    changeListed(scope, 'elasticloadbalancing:DescribeLoadBalancers', 'LoadBalancers', (balancers) =>
      changeOne(
        balancers,
        (balancer) => balancer.LoadBalancerArn === loadBalancerArn,
        (balancer) => ({ ...balancer, EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: value }),
      ),
    ),

  step({ loadBalancerArn, groupIds, value }, { scope }) {
    const name = nameInArn(loadBalancerArn)
    const note = `Merge into the resource of load balancer ${name}`
    return {
      title: `Turn ${value} inbound rules for PrivateLink traffic on load balancer ${name}`,
      cli: [
        aws('elbv2', 'set-security-groups', scope.region, {
          'load-balancer-arn': loadBalancerArn,
          'security-groups': groupIds,
          'enforce-security-group-inbound-rules-on-private-link-traffic': value,
        }),
      ],
      cloudformation: cloudformation(
        {
          [logicalId(name)]: {
            Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
            Properties: { EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: value },
          },
        },
        note,
      ),
      terraform: terraform(
        'aws_lb',
        label(name),
        { values: { enforce_security_group_inbound_rules_on_private_link_traffic: value } },
        note,
      ),
    }
  },

  opens: ({ loadBalancerArn, value }) =>
    value === 'off'
      ? `the listeners of load balancer ${nameInArn(loadBalancerArn)} from every PrivateLink consumer: VPC links and VPC endpoints that were accepted`
      : undefined,
}
