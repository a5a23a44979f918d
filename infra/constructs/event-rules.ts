import { CfnRule, type EventBus } from 'aws-cdk-lib/aws-events'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { eventRules } from '../event-patterns.ts'
import { resourceName } from '../functions.ts'
import { letRulesSend } from './let-rules-send.ts'

/**
 * The rules of event-patterns.ts that lead to one function, by way of its queue.
 * @param undelivered takes what EventBridge could not deliver within a day
 */
export function addEventRules(
  scope: Construct,
  target: string,
  queue: Queue,
  { bus, undelivered }: { readonly bus: EventBus; readonly undelivered: Queue },
): readonly CfnRule[] {
  const rules = Object.entries(eventRules)
    .filter(([, rule]) => rule.target === target)
    .map(
      ([name, { bus: busName, pattern }]) =>
        new CfnRule(scope, `${resourceName(name)}Rule`, {
          description: `${name} -> ${target}`,
          ...(busName === 'own' && { eventBusName: bus.eventBusName }),
          eventPattern: pattern,
          state: 'ENABLED',
          targets: [{ id: 'Queue', arn: queue.queueArn, deadLetterConfig: { arn: undelivered.queueArn } }],
        }),
    )
  letRulesSend(queue, rules)
  return rules
}
