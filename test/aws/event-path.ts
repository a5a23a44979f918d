/** The rules, queues, topic and table of the deployment made on moto, with the functions between them in this process. */

import { randomUUID } from 'node:crypto'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { localStream } from '../../cli/local/stream.ts'
import { createHandler as auditConfigChange } from '../../functions/audit-config-change.ts'
import { createHandler as auditEcsTask } from '../../functions/audit-ecs-task.ts'
import { createHandler as auditTargetHealth } from '../../functions/audit-target-health.ts'
import { createHandler as notifyFinding } from '../../functions/notify-finding.ts'
import { eventRules } from '../../infra/event-patterns.ts'
import { audit, objectsOf } from '../../shared/audit.ts'
import type { AuditPorts } from '../../shared/auditing/audit-subject.ts'
import { tableOf } from '../../shared/findings/connect.ts'
import { dynamodbDeliveryLog } from '../../shared/findings/dynamodb-delivery-log.ts'
import { dynamodbHandledEvents } from '../../shared/findings/dynamodb-events.ts'
import { dynamodbPathObjects } from '../../shared/findings/dynamodb-path-objects.ts'
import { dynamodbStore } from '../../shared/findings/dynamodb-store.ts'
import { findingsTable } from '../../shared/findings/table.ts'
import type { Channel } from '../../shared/notifications/channel.ts'
import { snsChannel } from '../../shared/notifications/sns.ts'
import { collectForSelection, createClients } from '../../shared/snapshot/collect/index.ts'
import { context, sqsEvent } from '../functions/lambda.ts'

export type RuleName = keyof typeof eventRules
type Target = (typeof eventRules)[RuleName]['target']

/** An event without its envelope: EventBridge makes that. */
export interface BusEvent {
  readonly source: string
  readonly 'detail-type': string
  readonly time?: string
  readonly resources: readonly string[]
  readonly detail: object
}

export interface EventPath {
  readonly ports: AuditPorts
  readonly put: (bus: 'own' | 'default', event: BusEvent) => Promise<void>
  /** Whatever waits in the queues goes through the functions. @returns how many messages that were */
  readonly pump: () => Promise<number>
  /** What a reader of the topic gets: subjects. */
  readonly read: () => Promise<readonly string[]>
}

const OWN_BUS = 'hca-own'

/** @param more channels beside the topic */
export async function createEventPath(
  region: string,
  name: string,
  more: readonly Channel[],
): Promise<EventPath> {
  const events = new EventBridgeClient({ region })
  const sqs = new SQSClient({ region })
  const dynamodb = new DynamoDBClient({ region })
  const topic = await createReader(region, name, sqs)
  await dynamodb.send(new CreateTableCommand(findingsTable(name)))
  const queues = await createRules(events, sqs, name)
  const ports = portsOn(dynamodb, name, region)
  const channels = [snsChannel(new SNSClient({ region }), topic.arn), ...more]
  const table = tableOf(dynamodb, name)
  const notify = notifyFinding({
    channels,
    log: dynamodbDeliveryLog(table),
    now: ports.now,
    newId: randomUUID,
  })
  const stream = localStream(dynamodb, {
    invoke: notify,
    context,
    onGivenUp: (count) => {
      throw new Error(`notify-finding gave up on ${count} records`)
    },
  })
  const functions = {
    'audit-target-health': auditTargetHealth(ports),
    'audit-ecs-task': auditEcsTask(ports),
    'audit-config-change': auditConfigChange(ports),
  } as const satisfies Record<Target, unknown>

  return {
    ports,
    async put(bus, { source, resources, detail, time, ...rest }) {
      const entry = {
        ...(bus === 'own' && { EventBusName: OWN_BUS }),
        Source: source,
        DetailType: rest['detail-type'],
        Resources: [...resources],
        Detail: JSON.stringify(detail),
        ...(time && { Time: new Date(time) }),
      }
      const { FailedEntryCount } = await events.send(new PutEventsCommand({ Entries: [entry] }))
      if (FailedEntryCount) throw new Error('the bus did not take the event')
    },
    async pump() {
      let count = 0
      for (const [target, url] of queues) {
        const messages = await receive(sqs, url)
        count += messages.length
        if (messages.length === 0) continue
        const { batchItemFailures } = await functions[target](
          sqsEvent(messages.map(({ Body }) => Body)),
          context,
        )
        if (batchItemFailures.length > 0) throw new Error(`${target} failed: ${JSON.stringify(messages)}`)
      }
      await stream.drain()
      return count
    },
    read: async () =>
      (await receive(sqs, topic.queueUrl)).map(
        ({ Body = '{}' }) => (JSON.parse(Body) as { Subject: string }).Subject,
      ),
  }
}

function portsOn(dynamodb: DynamoDBClient, name: string, region: string): AuditPorts {
  const now = () => new Date()
  const table = tableOf(dynamodb, name)
  const clients = createClients({ region })
  return {
    collect: (selection) => collectForSelection(clients, selection),
    audit,
    objectsOf,
    store: dynamodbStore(table, { now }),
    pathObjects: dynamodbPathObjects(table, now),
    // moto has no LookupEvents.
    lastChange: async () => undefined,
    handled: dynamodbHandledEvents(table, now),
    now,
  }
}

async function createRules(
  events: EventBridgeClient,
  sqs: SQSClient,
  prefix: string,
): Promise<ReadonlyMap<Target, string>> {
  await events.send(new CreateEventBusCommand({ Name: OWN_BUS })).catch(() => {})
  const queues = new Map<Target, string>()
  for (const [rule, { bus, target, pattern }] of Object.entries(eventRules)) {
    const url = queues.get(target) ?? (await createQueue(sqs, `${prefix}-${target}`))
    queues.set(target, url)
    const EventBusName = bus === 'own' ? OWN_BUS : 'default'
    const Name = `${prefix}-${rule}`
    await events.send(new PutRuleCommand({ Name, EventBusName, EventPattern: JSON.stringify(pattern) }))
    const Arn = await arnOf(sqs, url)
    await events.send(new PutTargetsCommand({ Rule: Name, EventBusName, Targets: [{ Id: 'queue', Arn }] }))
  }
  return queues
}

async function createReader(region: string, name: string, sqs: SQSClient) {
  const sns = new SNSClient({ region })
  const { TopicArn: arn = '' } = await sns.send(new CreateTopicCommand({ Name: name }))
  const queueUrl = await createQueue(sqs, `${name}-reader`)
  await sns.send(
    new SubscribeCommand({ TopicArn: arn, Protocol: 'sqs', Endpoint: await arnOf(sqs, queueUrl) }),
  )
  return { arn, queueUrl }
}

async function createQueue(sqs: SQSClient, QueueName: string): Promise<string> {
  return (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? ''
}

async function arnOf(sqs: SQSClient, QueueUrl: string): Promise<string> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  )
  return Attributes?.QueueArn ?? ''
}

async function receive(sqs: SQSClient, QueueUrl: string): Promise<readonly Message[]> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
  for (const { ReceiptHandle } of Messages)
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
  return Messages
}
