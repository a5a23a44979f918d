/** What a trigger asks to look at. */
import { everything, type Selection } from '../selection.ts'
import type { Trigger } from './trigger.ts'

export function triggerSelection(trigger: Trigger): Selection {
  switch (trigger.kind) {
    case 'target-health':
      return { ...everything, targetGroups: [trigger.targetGroupArn] }
    case 'alarm':
      return { ...everything, targetGroups: trigger.targetGroupArns }
    case 'ecs-task':
      return { ...everything, tasks: [trigger.taskArn] }
    case 'schedule':
      return everything
  }
}
