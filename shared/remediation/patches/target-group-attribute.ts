import { aws } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { nameInArn } from '../render/names.ts'
import { label, terraform } from '../render/terraform.ts'
import { changeKeyed, changeOne } from './change.ts'
import type { PatchKind, PatchOf } from './kind.ts'

export const targetGroupAttribute: PatchKind<PatchOf<'target-group-attribute'>> = {
  apply: (scope, { targetGroupArn, key, value }) =>
    changeKeyed(scope, 'elasticloadbalancing:DescribeTargetGroupAttributes', targetGroupArn, (response) => {
      const changed = changeOne(
        response.Attributes,
        ({ Key }) => Key === key,
        (attribute) => ({ ...attribute, Value: value }),
      )
      return changed && { ...response, Attributes: changed }
    }),

  step({ targetGroupArn, key, value }, { scope }) {
    const name = nameInArn(targetGroupArn)
    const attributes = [{ Key: key, Value: value }]
    const note = `Merge into the resource of target group ${name}`
    const argument = terraformArguments[key]
    return {
      title: `Set ${key} of target group ${name} to ${value}`,
      cli: [
        aws('elbv2', 'modify-target-group-attributes', scope.region, {
          'target-group-arn': targetGroupArn,
          attributes,
        }),
      ],
      cloudformation: cloudformation(
        {
          [logicalId(name, 'targets')]: {
            Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
            Properties: { TargetGroupAttributes: attributes },
          },
        },
        note,
      ),
      ...(argument && {
        terraform: terraform(
          'aws_lb_target_group',
          label(name),
          { values: { [argument]: literal(value) } },
          note,
        ),
      }),
    }
  },

  opens: () => undefined,
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_target_group */
const terraformArguments: Readonly<Record<string, string>> = {
  'deregistration_delay.timeout_seconds': 'deregistration_delay',
  'deregistration_delay.connection_termination.enabled': 'connection_termination',
  'load_balancing.algorithm.type': 'load_balancing_algorithm_type',
  'preserve_client_ip.enabled': 'preserve_client_ip',
  'proxy_protocol_v2.enabled': 'proxy_protocol_v2',
  'slow_start.duration_seconds': 'slow_start',
}

function literal(value: string): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true'
  return /^\d+$/.test(value) ? Number(value) : value
}
