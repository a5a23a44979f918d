import { Duration, Validations } from 'aws-cdk-lib'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'

const shared = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } as const

/** What could not be done stays here for two weeks, the longest that SQS keeps: somebody has to look. */
export function addDeadLetters(scope: Construct, id: string): Queue {
  const queue = new Queue(scope, id, { ...shared, retentionPeriod: Duration.days(14) })
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'it is a dead-letter queue itself, of a rule or a stream, which cdk-nag cannot see',
  })
  return queue
}

export interface EventQueue {
  readonly queue: Queue
  readonly deadLetters: Queue
}

/** SQS -> Lambda: a message is hidden for six runs of the function, as Lambda asks for, and tried five times. */
export function addEventQueue(scope: Construct, name: string, functionSeconds: number): EventQueue {
  const deadLetters = addDeadLetters(scope, `${name}DeadLetters`)
  const queue = new Queue(scope, `${name}Queue`, {
    ...shared,
    retentionPeriod: Duration.days(4),
    visibilityTimeout: Duration.seconds(6 * functionSeconds),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
  })
  return { queue, deadLetters }
}
