import type { ContainerDefinition, Scope, TaskDefinition } from '../../snapshot/types.ts'
import { aws, quoted, shellWord } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { nameInArn } from '../render/names.ts'
import { label, terraform } from '../render/terraform.ts'
import { changeKeyed, changeOne } from './change.ts'
import { propertiesOf, valuesOf } from './container-properties.ts'
import type { PatchContext, PatchKind, PatchOf } from './kind.ts'

type Definition = PatchOf<'container-definition'>

/** A task definition cannot be changed: a new revision is registered and its services are moved to it. */
export const containerDefinition: PatchKind<Definition> = {
  apply: (scope, patch) =>
    changeKeyed(scope, 'ecs:DescribeTaskDefinition', patch.taskDefinitionArn, (response) => {
      const changed = response.taskDefinition && withChanges(response.taskDefinition, patch)
      return changed && { ...response, taskDefinition: changed }
    }),

  step(patch, context) {
    const { taskDefinitionArn, containerName, container = {}, task = {} } = patch
    const family = familyOf(taskDefinitionArn)
    const note = `Merge into the resource of task definition ${family}`
    const containers =
      Object.keys(container).length > 0 ? [{ name: containerName, ...valuesOf(container) }] : []
    return {
      title: `Task definition ${family}, container ${containerName}: ${changesText(patch)}`,
      cli: [...registration(patch, context), ...updates(patch, context)],
      cloudformation: cloudformation(
        {
          [logicalId(family, 'task')]: {
            Type: 'AWS::ECS::TaskDefinition',
            Properties: {
              Cpu: task.cpu,
              Memory: task.memory,
              ContainerDefinitions: containers.length > 0 ? containers.map(propertiesOf) : undefined,
            },
          },
        },
        note,
      ),
      terraform: terraform(
        'aws_ecs_task_definition',
        label(family),
        {
          values: { cpu: task.cpu, memory: task.memory },
          ...(containers.length > 0 && { json: { container_definitions: containers } }),
        },
        note,
      ),
    }
  },

  opens: () => undefined,
}

const familyOf = (taskDefinitionArn: string): string =>
  nameInArn(taskDefinitionArn).split(':')[0] ?? taskDefinitionArn

function withChanges(
  definition: TaskDefinition,
  { containerName, container, task }: Definition,
): TaskDefinition | undefined {
  const containerDefinitions = changeOne(
    definition.containerDefinitions,
    ({ name }) => name === containerName,
    (found): ContainerDefinition => ({ ...found, ...container }),
  )
  return containerDefinitions && { ...definition, ...task, containerDefinitions }
}

function changesText({ container = {}, task = {} }: Definition): string {
  const own = Object.entries(container).map(([field, value]) =>
    typeof value === 'object' ? `new ${field}` : `${field} ${value}`,
  )
  return [...own, ...Object.entries(task).map(([field, value]) => `task ${field} ${value}`)].join(', ')
}

/** What describe-task-definition tells and register-task-definition does not take. */
const TOLD_ONLY = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
]

/** The definition goes from AWS through a file back to AWS, so that no environment value is shown. */
function registration(
  { taskDefinitionArn, containerName, container, task }: Definition,
  context: PatchContext,
) {
  const family = familyOf(taskDefinitionArn)
  const { region } = context.scope
  const file = shellWord(`${family}.json`)
  const again = context.earlier.some(
    (patch) => patch.kind === 'container-definition' && patch.taskDefinitionArn === taskDefinitionArn,
  )
  const describe = aws('ecs', 'describe-task-definition', region, {
    // An earlier step of the same cure has registered the family's newest revision.
    'task-definition': again ? family : taskDefinitionArn,
    include: ['TAGS'],
    output: 'json',
  })
  const filter = [
    '(.tags // []) as $tags',
    '.taskDefinition',
    ...(container
      ? [
          `(.containerDefinitions[] | select(.name == ${JSON.stringify(containerName)})) += ${JSON.stringify(container)}`,
        ]
      : []),
    ...(task ? [`. += ${JSON.stringify(task)}`] : []),
    `del(${TOLD_ONLY.map((field) => `.${field}`).join(', ')})`,
    'if ($tags | length) > 0 then .tags = $tags else . end',
  ].join(' | ')
  return [
    `(umask 077; ${describe} | jq ${quoted(filter)} > ${file})`,
    aws('ecs', 'register-task-definition', region, {
      'cli-input-json': `file://${family}.json`,
      query: 'taskDefinition.taskDefinitionArn',
    }),
    `rm ${file}`,
  ]
}

const updates = ({ taskDefinitionArn }: Definition, { scope }: PatchContext): readonly string[] =>
  servicesOf(scope, taskDefinitionArn).map(({ clusterArn, serviceName }) =>
    aws('ecs', 'update-service', scope.region, {
      cluster: clusterArn,
      service: serviceName,
      'task-definition': familyOf(taskDefinitionArn),
      query: 'service.deployments[].rolloutState',
    }),
  )

const servicesOf = (scope: Scope, taskDefinitionArn: string) =>
  Object.values(scope.responses['ecs:DescribeServices'] ?? {}).flatMap(({ services = [] }) =>
    services.filter(({ taskDefinition }) => taskDefinition === taskDefinitionArn),
  )
