/** A service's network configuration: update-service replaces it as a whole, so that what stays is given again. */
import type { Scope, Service } from '../../snapshot/types.ts'
import { aws, quoted } from '../render/cli.ts'
import type { PatchOf } from './kind.ts'

type ServicePatch = PatchOf<'service'>
type Settings = ServicePatch['settings']

/** What of the settings stands in the network configuration; undefined where nothing does. */
export function networkSettings({ subnets, assignPublicIp }: Settings) {
  if (!subnets && !assignPublicIp) return undefined
  return { ...(subnets && { subnets }), ...(assignPublicIp && { assignPublicIp }) }
}

export const isMeant =
  ({ serviceName }: ServicePatch) =>
  (found: Service): boolean =>
    found.serviceName === serviceName

/** The whole configuration after the change; undefined where the present one is not known. */
export function wholeConfiguration(scope: Scope, patch: ServicePatch) {
  const found = scope.responses['ecs:DescribeServices']?.[patch.clusterArn]?.services?.find(isMeant(patch))
  const vpc = found?.networkConfiguration?.awsvpcConfiguration
  return vpc?.securityGroups && { ...vpc, ...networkSettings(patch.settings) }
}

/** For a shell, which asks for the present configuration. */
export function askConfiguration(
  { clusterArn, serviceName, settings }: ServicePatch,
  region: string,
): string {
  const describe = aws('ecs', 'describe-services', region, {
    cluster: clusterArn,
    services: [serviceName],
    query: 'services[0].networkConfiguration',
    output: 'json',
  })
  const changes = Object.entries(networkSettings(settings) ?? {}).map(
    ([field, value]) => `.awsvpcConfiguration.${field} = ${JSON.stringify(value)}`,
  )
  return `"$(${describe} | jq -c ${quoted(changes.join(' | '))})"`
}
