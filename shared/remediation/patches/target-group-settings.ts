import type { TargetGroup } from '../../snapshot/types.ts'
import { aws } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { nameInArn } from '../render/names.ts'
import { label, terraform } from '../render/terraform.ts'
import { changeById, changeListed } from './change.ts'
import type { PatchKind, PatchOf } from './kind.ts'
import { changeTargets } from './target-health.ts'

type Settings = PatchOf<'target-group-settings'>['settings']

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyTargetGroup.html */
const vocabulary = {
  HealthCheckProtocol: { cli: 'health-check-protocol', terraform: 'protocol', says: 'protocol' },
  HealthCheckPort: { cli: 'health-check-port', terraform: 'port', says: 'port' },
  HealthCheckPath: { cli: 'health-check-path', terraform: 'path', says: 'path' },
  HealthCheckIntervalSeconds: {
    cli: 'health-check-interval-seconds',
    terraform: 'interval',
    says: 'interval',
  },
  HealthCheckTimeoutSeconds: { cli: 'health-check-timeout-seconds', terraform: 'timeout', says: 'timeout' },
  UnhealthyThresholdCount: {
    cli: 'unhealthy-threshold-count',
    terraform: 'unhealthy_threshold',
    says: 'unhealthy threshold',
  },
  Matcher: { cli: 'matcher', terraform: 'matcher', says: 'accepted codes' },
} as const satisfies Record<keyof Settings, unknown>

export const targetGroupSettings: PatchKind<PatchOf<'target-group-settings'>> = {
  apply(scope, { targetGroupArn, settings }) {
    const changed = changeListed(
      scope,
      'elasticloadbalancing:DescribeTargetGroups',
      'TargetGroups',
      (groups) =>
        changeById(groups, 'TargetGroupArn', targetGroupArn, (group) => withSettings(group, settings)),
    )
    const port = settings.HealthCheckPort
    if (!changed || port === undefined) return changed
    return changeTargets(changed, targetGroupArn, (target) => ({
      ...target,
      HealthCheckPort: port === 'traffic-port' ? target.Target.Port?.toString() : port,
    }))
  },

  step({ targetGroupArn, settings }, { scope }) {
    const name = nameInArn(targetGroupArn)
    const given = (Object.keys(vocabulary) as (keyof Settings)[]).filter((key) => settings[key] !== undefined)
    const values = given.map((key) => `${vocabulary[key].says} ${settingOf(settings, key)}`)
    const note = `Merge into the resource of target group ${name}`
    return {
      title: `Health check of target group ${name}: ${values.join(', ')}`,
      cli: [
        aws('elbv2', 'modify-target-group', scope.region, {
          'target-group-arn': targetGroupArn,
          ...Object.fromEntries(given.map((key) => [vocabulary[key].cli, settings[key]])),
        }),
      ],
      cloudformation: cloudformation(
        {
          [logicalId(name, 'targets')]: {
            Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
            Properties: settings,
          },
        },
        note,
      ),
      terraform: terraform(
        'aws_lb_target_group',
        label(name),
        {
          values: {},
          blocks: {
            health_check: {
              values: Object.fromEntries(
                given.map((key) => [vocabulary[key].terraform, settingOf(settings, key)]),
              ),
            },
          },
        },
        note,
      ),
    }
  },

  opens: () => undefined,
}

const settingOf = (settings: Settings, key: keyof Settings): string | number | undefined =>
  key === 'Matcher' ? (settings.Matcher?.HttpCode ?? settings.Matcher?.GrpcCode) : settings[key]

/** A TCP check has neither path nor codes. */
function withSettings(group: TargetGroup, settings: Settings): TargetGroup {
  const changed = { ...group, ...settings }
  return changed.HealthCheckProtocol === 'TCP'
    ? { ...changed, HealthCheckPath: undefined, Matcher: undefined }
    : changed
}
