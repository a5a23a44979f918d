import type { Table } from 'aws-cdk-lib/aws-dynamodb'
import type { CfnRule, EventBus } from 'aws-cdk-lib/aws-events'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { readStream, receiveMessages } from '../access.ts'
import { type FunctionName, type FunctionSpec, functions, resourceName } from '../functions.ts'
import { addFunction, type FunctionContext } from './auditor-function.ts'
import { addEventRules } from './event-rules.ts'
import type { Places } from './places.ts'
import { addDeadLetters, addEventQueue } from './queue.ts'
import { addQueueTrigger, addSchedule, addStreamTrigger } from './triggers.ts'

export interface FunctionsContext extends FunctionContext {
  readonly table: Table
  readonly bus: EventBus
  /** Takes what EventBridge could not deliver. */
  readonly undelivered: Queue
  readonly watchMinutes: number
  readonly maxConcurrentAudits: number
  readonly memberAccounts: readonly string[]
}

export interface AddedFunctions {
  readonly functions: Readonly<Record<FunctionName, LambdaFunction>>
  /** Names of functions and queues, for what watches them. */
  readonly names: Places
  /** What sends to `undelivered` what it cannot deliver. */
  readonly rules: readonly CfnRule[]
}

interface Added {
  readonly target: LambdaFunction
  readonly names?: Places
  readonly rules?: readonly CfnRule[]
}

/** All functions of ../functions.ts, each with what invokes it; the HTTP API's routes are in api.ts, state machines in state-machine.ts. */
export function addFunctions(scope: Construct, context: FunctionsContext): AddedFunctions {
  const added = Object.entries(functions).map(
    ([name, spec]) => [name, add(scope, name, spec, context)] as const,
  )
  return {
    rules: added.flatMap(([, { rules = [] }]) => rules),
    functions: Object.fromEntries(
      added.map(([name, { target }]) => [name, target]),
    ) as AddedFunctions['functions'],
    names: Object.assign(
      {},
      ...added.map(([name, { target, names }]) => ({
        ...names,
        [`${resourceName(name)}FunctionName`]: target.functionName,
      })),
    ),
  }
}

function add(scope: Construct, name: string, spec: FunctionSpec, context: FunctionsContext): Added {
  switch (spec.trigger.kind) {
    case 'schedule':
      return scheduled(scope, name, spec, context)
    case 'queue':
      return queued(scope, name, spec, context)
    case 'stream':
      return streamed(scope, name, spec, context)
    case 'state-machine':
    case 'http':
      return { target: addFunction(scope, name, spec, context) }
  }
}

function scheduled(scope: Construct, name: string, spec: FunctionSpec, context: FunctionsContext): Added {
  const target = addFunction(scope, name, spec, context)
  const { watchMinutes, undelivered } = context
  return { target, rules: [addSchedule(scope, resourceName(name), target, watchMinutes, undelivered)] }
}

function queued(scope: Construct, name: string, spec: FunctionSpec, context: FunctionsContext): Added {
  const id = resourceName(name)
  const { queue, deadLetters } = addEventQueue(scope, id, spec.timeoutSeconds)
  const places = { ...context.places, Queue: queue.queueArn }
  const target = addFunction(scope, name, spec, { ...context, places }, [receiveMessages])
  addQueueTrigger(scope, id, target, queue, context.maxConcurrentAudits)
  return {
    target,
    rules: addEventRules(scope, name, queue, context),
    names: { [`${id}QueueName`]: queue.queueName, [`${id}DeadLettersName`]: deadLetters.queueName },
  }
}

function streamed(scope: Construct, name: string, spec: FunctionSpec, context: FunctionsContext): Added {
  const id = resourceName(name)
  const deadLetters = addDeadLetters(scope, `${id}DeadLetters`)
  const places = { ...context.places, DeadLetters: deadLetters.queueArn }
  const target = addFunction(scope, name, spec, { ...context, places }, readStream)
  addStreamTrigger(scope, id, target, context.table, deadLetters)
  return { target, names: { [`${id}DeadLettersName`]: deadLetters.queueName } }
}
