/** When it is worth asking what tasks need to start and to work: some 30 calls that a healthy service does not cost. */
import type { Task } from '../../types.ts'
import type { Session } from '../session.ts'

/** A service that runs fewer tasks than it should, or tasks that stopped by themselves. */
export function tasksAreInTrouble({ responses }: Pick<Session, 'responses'>): boolean {
  const services = Object.values(responses['ecs:DescribeServices'] ?? {}).flatMap((one) => one.services ?? [])
  const tasks = Object.values(responses['ecs:DescribeTasks'] ?? {}).flatMap((one) => one.tasks ?? [])
  return (
    services.some(({ runningCount = 0, desiredCount = 0 }) => runningCount < desiredCount) ||
    tasks.some(failed)
  )
}

/** Scaling, deployments, people and Spot stop tasks too: these are no failures. */
const failed = ({ stopCode = '', stoppedReason = '' }: Task): boolean =>
  ['TaskFailedToStart', 'EssentialContainerExited'].includes(stopCode) ||
  stoppedReason.startsWith('Task failed')
