import type { Scope, Service } from '../../snapshot/types.ts'
import { aws, quoted } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { label, terraform } from '../render/terraform.ts'
import { subnetText } from '../words.ts'
import { changeKeyed, changeOne } from './change.ts'
import type { PatchKind, PatchOf } from './kind.ts'

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
    const { healthCheckGracePeriodSeconds, desiredCount, subnets } = settings
    const vpc = subnets && vpcConfiguration(scope, patch)
    const update = aws('ecs', 'update-service', scope.region, {
      cluster: clusterArn,
      service: serviceName,
      'health-check-grace-period-seconds': healthCheckGracePeriodSeconds,
      'desired-count': desiredCount,
      'network-configuration': vpc && { awsvpcConfiguration: vpc },
      query: 'service.deployments[].rolloutState',
    })
    const asked = subnets && !vpc ? ` --network-configuration ${askConfiguration(patch, scope.region)}` : ''
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
              NetworkConfiguration: subnets && {
                AwsvpcConfiguration: {
                  Subnets: subnets,
                  SecurityGroups: vpc?.securityGroups,
                  AssignPublicIp: vpc?.assignPublicIp,
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
          ...(subnets && {
            blocks: {
              network_configuration: {
                values: {
                  subnets,
                  security_groups: vpc?.securityGroups,
                  assign_public_ip: vpc?.assignPublicIp && vpc.assignPublicIp === 'ENABLED',
                },
              },
            },
          }),
        },
        note,
      ),
    }
  },

  opens: ({ serviceName, settings: { subnets } }, { network }) =>
    subnets && `tasks of ${serviceName} start in ${subnets.map((id) => subnetText(network, id)).join(', ')}`,
}

const isMeant =
  ({ serviceName }: ServicePatch) =>
  (found: Service) =>
    found.serviceName === serviceName

/** @returns undefined when the service's subnets are to change and its network configuration is not known */
function withSettings(
  found: Service,
  { subnets, ...settings }: ServicePatch['settings'],
): Service | undefined {
  if (!subnets) return { ...found, ...settings }
  const vpc = found.networkConfiguration?.awsvpcConfiguration
  return vpc && { ...found, ...settings, networkConfiguration: { awsvpcConfiguration: { ...vpc, subnets } } }
}

/** update-service replaces the whole network configuration, so the groups are given again. */
function vpcConfiguration(scope: Scope, patch: ServicePatch) {
  const found = scope.responses['ecs:DescribeServices']?.[patch.clusterArn]?.services?.find(isMeant(patch))
  const vpc = found?.networkConfiguration?.awsvpcConfiguration
  return vpc?.securityGroups && { ...vpc, subnets: patch.settings.subnets }
}

function askConfiguration({ clusterArn, serviceName, settings }: ServicePatch, region: string): string {
  const describe = aws('ecs', 'describe-services', region, {
    cluster: clusterArn,
    services: [serviceName],
    query: 'services[0].networkConfiguration',
    output: 'json',
  })
  const change = quoted(`.awsvpcConfiguration.subnets = ${JSON.stringify(settings.subnets)}`)
  return `"$(${describe} | jq -c ${change})"`
}

function settingsText({ settings }: ServicePatch, subnet: (id: string) => string): string {
  const { healthCheckGracePeriodSeconds: grace, desiredCount, subnets } = settings
  return [
    ...(grace === undefined ? [] : [`health check grace period ${grace} s`]),
    ...(desiredCount === undefined ? [] : [`desired count ${desiredCount}`]),
    ...(subnets ? [`tasks in ${subnets.map(subnet).join(', ')}`] : []),
  ].join(', ')
}
