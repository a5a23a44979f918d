import { CfnEventBusPolicy, type EventBus } from 'aws-cdk-lib/aws-events'
import type { Construct } from 'constructs'

/** The members' accounts may put events on our bus; what each puts there says whose it is. */
export const letMembersPutEvents = (scope: Construct, bus: EventBus, accounts: readonly string[]) =>
  new CfnEventBusPolicy(scope, 'EventBusPolicy', {
    eventBusName: bus.eventBusName,
    statementId: 'Members',
    statement: {
      Effect: 'Allow',
      Principal: { AWS: accounts },
      Action: 'events:PutEvents',
      Resource: bus.eventBusArn,
    },
  })
