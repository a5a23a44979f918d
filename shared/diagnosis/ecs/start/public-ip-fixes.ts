/** Public addresses for tasks whose subnet leads to an internet gateway; on EC2 they cannot have any. */
import type { Fix } from '../../fix.ts'
import { isService } from '../words.ts'
import type { StartFacts } from './facts.ts'
import { natFix } from './route-fixes.ts'
import type { StartBreaches } from './rule.ts'

export function publicIpFixes(breaches: StartBreaches, { tasks, trouble }: StartFacts): readonly Fix[] {
  const { service, incident } = tasks
  const launchType = trouble.failed[0]?.stop.task.launchType ?? service.launchType
  const { clusterArn = '', serviceName = '' } = service
  if (launchType !== 'FARGATE') return [natFix(breaches, incident)]
  if (!isService(service)) return []
  return [
    {
      title: `Give the tasks of ${serviceName} public addresses`,
      patches: [{ kind: 'service', clusterArn, serviceName, settings: { assignPublicIp: 'ENABLED' } }],
      verifiable: true,
    },
  ]
}
