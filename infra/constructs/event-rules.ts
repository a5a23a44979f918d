import { Aws } from 'aws-cdk-lib'
import { CfnRule, type EventBus } from 'aws-cdk-lib/aws-events'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { eventRules, memberPatterns } from '../event-patterns.ts'
import { resourceName } from '../functions.ts'
import { letRulesSend } from './let-rules-send.ts'

interface EventRulesContext {
  readonly bus: EventBus
  /** Takes what EventBridge could not deliver within a day. */
  readonly undelivered: Queue
  /** Accounts that send their events on to our bus. */
  readonly memberAccounts: readonly string[]
}

/** The rules of event-patterns.ts that lead to one function, by way of its queue. */
export function addEventRules(
  scope: Construct,
  target: string,
  queue: Queue,
  { bus, undelivered, memberAccounts }: EventRulesContext,
): readonly CfnRule[] {
  const add = (id: string, description: string, eventPattern: object, eventBusName?: string) =>
    new CfnRule(scope, id, {
      ...{ description, eventPattern, state: 'ENABLED' },
      ...(eventBusName !== undefined && { eventBusName }),
      targets: [{ id: 'Queue', arn: queue.queueArn, deadLetterConfig: { arn: undelivered.queueArn } }],
    })
  const rules = Object.entries(eventRules)
    .filter(([, rule]) => rule.target === target)
    .map(([name, { bus: busName, pattern }]) => {
      const [id, description] = [`${resourceName(name)}Rule`, `${name} -> ${target}`]
      return busName === 'own'
        ? // What we tell ourselves nobody else can tell us.
          add(id, description, { ...pattern, account: [Aws.ACCOUNT_ID] }, bus.eventBusName)
        : add(id, description, pattern)
    })
  const ofMembers = memberPatterns(memberAccounts)[target]
  if (memberAccounts.length > 0 && ofMembers)
    rules.push(add(`Members${resourceName(target)}Rule`, `members -> ${target}`, ofMembers, bus.eventBusName))
  letRulesSend(queue, rules)
  return rules
}
