import type { Service } from '../../snapshot/types.ts'
import { aws } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { label, terraform } from '../render/terraform.ts'
import { subnetText } from '../words.ts'
import { changeKeyed, changeOne } from './change.ts'
import type { PatchKind, PatchOf } from './kind.ts'
import { askConfiguration, isMeant, networkSettings, wholeConfiguration } from './service-network.ts'

type ServicePatch = PatchOf<'service'>

export const service: PatchKind<ServicePatch> = {
  apply: (scope, patch) =>
    changeKeyed(scope, 'ecs:DescribeServices', patch.clusterArn, (response) => {
      const changed = changeOne(response.services, isMeant(patch), (found) =>
        withSettings(found, patch.settings),
      )
      return changed && { ...response, services: changed }
    }),

  step(patch, { scope, network }) {
    const { clusterArn, serviceName, settings } = patch
    const { healthCheckGracePeriodSeconds, desiredCount } = settings
    const changed = networkSettings(settings)
    const vpc = changed && wholeConfiguration(scope, patch)
    const update = aws('ecs', 'update-service', scope.region, {
      cluster: clusterArn,
      service: serviceName,
      'health-check-grace-period-seconds': healthCheckGracePeriodSeconds,
      'desired-count': desiredCount,
      'network-configuration': vpc && { awsvpcConfiguration: vpc },
      query: 'service.deployments[].rolloutState',
    })
    const asked = changed && !vpc ? ` --network-configuration ${askConfiguration(patch, scope.region)}` : ''
    const note = `Merge into the resource of service ${serviceName}`
    return {
      title: `Service ${serviceName}: ${settingsText(patch, (id) => subnetText(network, id))}`,
      cli: [update + asked],
      cloudformation: cloudformation(
        {
          [logicalId(serviceName, 'service')]: {
            Type: 'AWS::ECS::Service',
            Properties: {
              HealthCheckGracePeriodSeconds: healthCheckGracePeriodSeconds,
              DesiredCount: desiredCount,
              NetworkConfiguration: changed && {
                AwsvpcConfiguration: {
                  Subnets: vpc?.subnets ?? changed.subnets,
                  SecurityGroups: vpc?.securityGroups,
                  AssignPublicIp: vpc?.assignPublicIp ?? changed.assignPublicIp,
                },
              },
            },
          },
        },
        note,
      ),
      terraform: terraform(
        'aws_ecs_service',
        label(serviceName),
        {
          values: {
            health_check_grace_period_seconds: healthCheckGracePeriodSeconds,
            desired_count: desiredCount,
          },
          ...(changed && {
            blocks: {
              network_configuration: {
                values: {
                  subnets: vpc?.subnets ?? changed.subnets,
                  security_groups: vpc?.securityGroups,
                  assign_public_ip: publicIp(vpc?.assignPublicIp ?? changed.assignPublicIp),
                },
              },
            },
          }),
        },
        note,
      ),
    }
  },

  opens: ({ serviceName, settings: { subnets, assignPublicIp } }, { network }) =>
    [
      subnets &&
        `tasks of ${serviceName} start in ${subnets.map((id) => subnetText(network, id)).join(', ')}`,
      assignPublicIp &&
        `the internet from tasks of ${serviceName}, and they from it as far as their security groups admit it`,
    ]
      .filter(Boolean)
      .join('; ') || undefined,
}

const publicIp = (value: string | undefined): boolean | undefined =>
  value === undefined ? undefined : value === 'ENABLED'

/** @returns undefined when the network configuration is to change and is not known */
function withSettings(found: Service, settings: ServicePatch['settings']): Service | undefined {
  const { subnets, assignPublicIp, ...rest } = settings
  const changed = networkSettings({ ...(subnets && { subnets }), ...(assignPublicIp && { assignPublicIp }) })
  if (!changed) return { ...found, ...rest }
  const vpc = found.networkConfiguration?.awsvpcConfiguration
  return vpc && { ...found, ...rest, networkConfiguration: { awsvpcConfiguration: { ...vpc, ...changed } } }
}

function settingsText({ settings }: ServicePatch, subnet: (id: string) => string): string {
  const { healthCheckGracePeriodSeconds: grace, desiredCount, subnets, assignPublicIp } = settings
  return [
    ...(grace === undefined ? [] : [`health check grace period ${grace} s`]),
    ...(desiredCount === undefined ? [] : [`desired count ${desiredCount}`]),
    ...(subnets ? [`tasks in ${subnets.map(subnet).join(', ')}`] : []),
    ...(assignPublicIp ? ['tasks with public addresses'] : []),
  ].join(', ')
}
