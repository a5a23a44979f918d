/** What a trigger asks to look at: of a service's task its service, which outlives the task and keeps its findings' ids. */
import { everything, type Selection } from '../selection.ts'
import type { Trigger } from './trigger.ts'

export function triggerSelection(trigger: Trigger): Selection {
  switch (trigger.kind) {
    case 'target-health':
      return { ...everything, targetGroups: [trigger.targetGroupArn] }
    case 'alarm':
      return { ...everything, targetGroups: trigger.targetGroupArns }
    case 'ecs-task':
      return trigger.serviceName === undefined
        ? { ...everything, tasks: [trigger.taskArn] }
        : { ...everything, services: [`${trigger.clusterArn.split('/').at(-1)}/${trigger.serviceName}`] }
    case 'schedule':
      return everything
  }
}
