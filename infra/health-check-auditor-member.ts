import { CfnRule } from 'aws-cdk-lib/aws-events'
import { AccountPrincipal, PrincipalWithConditions, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { collect, forwardEvents } from './access.ts'
import { undeliveredEventsAlarm } from './alarms.ts'
import { addAlarm, addUnhealthyHostAlarms } from './constructs/alarms.ts'
import { letRulesSend } from './constructs/let-rules-send.ts'
import { acknowledgeWildcards, policyOf } from './constructs/policy.ts'
import { addDeadLetters } from './constructs/queue.ts'
import { forwardedRules } from './event-patterns.ts'
import { resourceName } from './functions.ts'
import { MEMBER_ROLE } from './members.ts'

export interface HealthCheckAuditorMemberProps {
  /** Of the hub's own event bus: its output `EventBusArn`. */
  readonly hubBusArn: string
  /** The hub's `memberExternalId`. */
  readonly externalId: string
  /** Roles are for all Regions: one of an account's stacks makes it, and none in the hub's own account. @default true */
  readonly readRole?: boolean | undefined
  /** As in the hub; they cost the same. @default true */
  readonly unhealthyHostAlarms?: boolean | undefined
  /** Topic of the same Region that hears when events could not be sent on. @default nobody, the alarm shows it */
  readonly alarmTopicArn?: string | undefined
}

/**
 * What an account and Region needs to be audited by a hub elsewhere: a role that may read, and rules that send on what AWS
 * tells. member-template.yaml is the same for StackSets.
 */
export class HealthCheckAuditorMember extends Construct {
  constructor(scope: Construct, id: string, props: HealthCheckAuditorMemberProps) {
    super(scope, id)
    if (props.readRole !== false) addReadRole(this, props)
    addForwarding(this, props)
    if (props.unhealthyHostAlarms !== false) addUnhealthyHostAlarms(this)
  }
}

/** Whom the hub's account lets, and who knows the external id: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
function addReadRole(scope: Construct, { hubBusArn, externalId }: HealthCheckAuditorMemberProps): void {
  const [, , , , hubAccountId] = hubBusArn.split(':')
  const role = new Role(scope, 'ReadRole', {
    roleName: MEMBER_ROLE,
    description: 'The health-check auditor reads how networks, load balancers and tasks are configured',
    assumedBy: new PrincipalWithConditions(new AccountPrincipal(hubAccountId), {
      StringEquals: { 'sts:ExternalId': externalId },
    }),
    inlinePolicies: { Collect: policyOf(collect, {}) },
  })
  acknowledgeWildcards(role, collect)
}

function addForwarding(scope: Construct, { hubBusArn, alarmTopicArn }: HealthCheckAuditorMemberProps): void {
  const undelivered = addDeadLetters(scope, 'UndeliveredEvents')
  const role = new Role(scope, 'ForwardRole', {
    description: "Sends events on to the health-check auditor's bus",
    assumedBy: new ServicePrincipal('events.amazonaws.com'),
    inlinePolicies: { Access: policyOf([forwardEvents], { HubBus: hubBusArn }) },
  })
  const target = {
    id: 'Hub',
    arn: hubBusArn,
    roleArn: role.roleArn,
    deadLetterConfig: { arn: undelivered.queueArn },
  }
  const rules = forwardedRules.map(
    ([name, { pattern }]) =>
      new CfnRule(scope, `${resourceName(name)}Rule`, {
        description: `${name} -> health-check auditor`,
        eventPattern: pattern,
        state: 'ENABLED',
        targets: [target],
      }),
  )
  letRulesSend(undelivered, rules)
  const places = { UndeliveredEventsName: undelivered.queueName }
  addAlarm(scope, 'UndeliveredEventsAlarm', undeliveredEventsAlarm, alarmTopicArn, places)
}
