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
    case 'ecs-service':
      return { ...everything, services: [trigger.serviceArn] }
    case 'configuration-change':
      return subjectsAmong(trigger.objects)
    case 'schedule':
      return everything
  }
}

/**
 * Changed objects that are subjects themselves. Of any other (a security group, a route table) only who knows the paths
 * can tell whom it concerns: that is everything, until it is looked up.
 */
const subjectsAmong = (objects: readonly string[]): Selection => ({
  ...everything,
  targetGroups: objects.filter((object) => object.includes(':targetgroup/')),
  services: objects.filter((object) => /:ecs:[^:]*:\d+:service\//.test(object)),
})
