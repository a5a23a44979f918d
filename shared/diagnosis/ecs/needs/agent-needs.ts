/**
 * What ECS itself asks for: the agent on EC2, ECS Exec, Service Connect.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
import { type Context, HTTPS } from './context.ts'
import type { AwsService, Finding, PathNeed } from './need.ts'

export const agentNeeds = (context: Context): readonly Finding[] => [
  ...(context.platform.kind === 'ec2' ? controlNeeds(context) : []),
  ...execNeeds(context),
  ...serviceConnectNeeds(context),
]

const path = (
  { starting }: Context,
  service: AwsService,
  more: Omit<PathNeed, 'kind' | 'to' | 'port'>,
): PathNeed => ({
  kind: 'path',
  to: { kind: 'aws-service', service, region: starting.region },
  port: HTTPS,
  ...more,
})

const CONTROL = [
  ['ecs-agent', true],
  ['ecs-telemetry', false],
  ['ecs', true],
] as const

const controlNeeds = (context: Context): readonly Finding[] =>
  CONTROL.map(([service, blocksStart]) =>
    path(context, service, {
      field: 'launchType',
      observed: 'EC2',
      from: 'instance',
      why: 'is controlled by the agent on its instance',
      blocksStart,
    }),
  )

const CHANNELS = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
] as const

function execNeeds(context: Context): readonly Finding[] {
  if (context.starting.executeCommand !== true) return []
  const origin = { field: 'enableExecuteCommand', observed: true, why: 'lets people in by ECS Exec' }
  return [
    path(context, 'ssmmessages', { ...origin, from: insideFrom(context), blocksStart: false }),
    ...CHANNELS.map((action) => ({
      ...origin,
      kind: 'permission' as const,
      by: 'task-role' as const,
      action,
      resource: '*',
      through: 'ssmmessages' as const,
    })),
  ]
}

const serviceConnectNeeds = (context: Context): readonly Finding[] =>
  context.starting.serviceConnect === true
    ? [
        path(context, 'ecs-agent', {
          field: 'serviceConnectConfiguration.enabled',
          observed: true,
          from: insideFrom(context),
          why: 'gets the configuration of its Service Connect proxy',
          blocksStart: true,
        }),
      ]
    : []

/** What runs inside the task leaves by the task's interface, if it has one. */
const insideFrom = ({ starting }: Context): 'task' | 'instance' =>
  starting.definition.networkMode === 'awsvpc' ? 'task' : 'instance'
