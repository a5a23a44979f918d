/**
 * The awslogs driver: the stream is made before the container starts.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
 */
import { anything, arnOf } from './arns.ts'
import { type Context, containerField, HTTPS, type Part } from './context.ts'
import { type Finding, notUnderstood, type PermissionNeed } from './need.ts'

export const logNeeds: Part = (context, container) => {
  const { logDriver, options = {} } = container.logConfiguration ?? {}
  if (logDriver !== 'awslogs') return []
  const field = containerField(container, 'logConfiguration.options')
  const group = options['awslogs-group']
  if (group === undefined) return [notUnderstood(`${field} names no awslogs-group`)]
  const { starting, platform, from } = context
  const region = options['awslogs-region'] ?? starting.region
  const why = `writes the logs of the container ${container.name}`
  const endpoint = options['awslogs-endpoint']
  const elsewhere = endpoint === undefined ? undefined : `awslogs-endpoint names another host: ${endpoint}`
  const doubt = platform.doubt ?? elsewhere
  const origin = { field, observed: options, why }
  const path = { ...origin, kind: 'path', port: HTTPS, from, ...(doubt !== undefined && { doubt }) } as const
  const log = arnOf('logs', region, starting.accountId, `log-group:${group}:log-stream:`)
  const stream = `${log}${streamOf(options, container.name)}`
  const asked = { ...origin, kind: 'permission', through: 'logs', ...writer(context) } as const
  return [
    { ...path, to: { kind: 'aws-service', service: 'logs', region }, blocksStart: true },
    { ...asked, action: 'logs:CreateLogStream', resource: stream },
    { ...asked, action: 'logs:PutLogEvents', resource: stream },
    ...(options['awslogs-create-group'] === 'true' ? [groupMade(asked, log)] : []),
  ]
}

type Asked = Omit<PermissionNeed, 'action' | 'resource'>

/** AWS's refusals name the resource like this, with nothing behind the last colon. */
const groupMade = (asked: Asked, log: string): Finding => ({
  ...asked,
  why: 'makes the log group (awslogs-create-group)',
  action: 'logs:CreateLogGroup',
  resource: log,
})

const TASK_ID = 32
const CONTAINER_ID = 64

/** `prefix/container/task-id`; on EC2 without a prefix the id that Docker gives. */
const streamOf = (options: Readonly<Record<string, string>>, container: string | undefined): string => {
  const prefix = options['awslogs-stream-prefix']
  return prefix === undefined ? anything(CONTAINER_ID) : `${prefix}/${container}/${anything(TASK_ID)}`
}

/** On EC2 the driver is Docker's, which uses the execution role where the agent is told so. */
function writer({ starting, platform }: Context): Pick<PermissionNeed, 'by' | 'doubt'> {
  const doubt = platform.doubt === undefined ? {} : { doubt: platform.doubt }
  if (platform.kind !== 'ec2') return { by: 'execution-role', ...doubt }
  if (starting.definition.executionRoleArn === undefined) return { by: 'instance-role' }
  return {
    by: 'execution-role',
    doubt: 'without ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE it is the role of the instance',
  }
}
