/**
 * The ports that the task behind a target says it serves. In awsvpc and host mode port mappings are documentation
 * (any port can be listened on); in bridge mode only mapped ports exist on the instance.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 */

import type { Evidence } from '../../findings/finding.ts'
import { remembered } from '../../network/remembered.ts'
import { known } from '../../snapshot/known.ts'
import type { Known, Missing, Task, TaskDefinition } from '../../snapshot/types.ts'
import { definitionEvidence, taskEvidence } from '../ecs/evidence.ts'
import { taskDefinitionOf } from '../facts/services.ts'
import type { Incident, TargetFacts } from '../incident.ts'

export interface ServedPort {
  readonly from: number
  readonly to: number
  readonly protocol: string
  readonly container: string
  /** What the container says it speaks (http, http2, grpc); for Service Connect. */
  readonly appProtocol: string | undefined
}

export interface Served {
  readonly ports: readonly ServedPort[]
  readonly definition: TaskDefinition
  /** Only these ports can be reached: bridge mode. */
  readonly exact: boolean
  readonly evidence: (expected: string) => Evidence
}

/** Undefined where no running ECS task is known behind the target: then its ports are nobody's to tell. */
export function servedPorts(incident: Incident, { task }: TargetFacts): Known<Served> | undefined {
  const { services, scope } = incident
  if (!services.known) return services
  const untold = services.value.find(({ runningTasks }) => !runningTasks.known)?.runningTasks
  if (!task) return untold && !untold.known ? untold : undefined
  const definition = taskDefinitionOf(scope, task.taskDefinitionArn)
  if (!definition.known) return definition
  const found = servedBy(task, definition.value)
  return found.ports.length > 0 ? known(found) : undefined
}

function servedBy(task: Task, definition: TaskDefinition): Served {
  const bound = task.containers?.flatMap(({ networkBindings }) => networkBindings ?? []) ?? []
  if (isOnInstance(definition) && bound.length > 0) return boundPorts(task, definition)
  return {
    ports: mappedPorts(definition),
    definition,
    exact: false,
    evidence: (expected) =>
      definitionEvidence(
        definition.taskDefinitionArn,
        'containerDefinitions[].portMappings',
        definition.containerDefinitions?.map(({ name, portMappings }) => ({ name, portMappings })),
        expected,
      ),
  }
}

/** Without a network mode, ECS takes bridge on Linux. */
const isOnInstance = ({ networkMode = 'bridge' }: TaskDefinition): boolean =>
  networkMode !== 'awsvpc' && networkMode !== 'host'

/** Host ports, dynamic ones as the agent bound them. */
const boundPorts = (task: Task, definition: TaskDefinition): Served => ({
  ports: (task.containers ?? []).flatMap(({ name = '', networkBindings = [] }) =>
    networkBindings.flatMap(({ hostPort, protocol = 'tcp' }) =>
      hostPort === undefined
        ? []
        : [{ from: hostPort, to: hostPort, protocol, container: name, appProtocol: undefined }],
    ),
  ),
  definition,
  exact: true,
  evidence: (expected) =>
    taskEvidence(
      task,
      'containers[].networkBindings',
      task.containers?.map(({ name, networkBindings }) => ({ name, networkBindings })),
      expected,
    ),
})

/** Most targets have the same task definition. */
const mappedPorts = remembered(({ containerDefinitions = [] }: TaskDefinition): readonly ServedPort[] =>
  containerDefinitions.flatMap(({ name = '', portMappings = [] }) =>
    portMappings.flatMap(({ containerPort, containerPortRange, protocol = 'tcp', appProtocol }) => {
      const [from, to = from] = (containerPortRange ?? String(containerPort)).split('-').map(Number)
      return from === undefined || to === undefined || Number.isNaN(from)
        ? []
        : [{ from, to, protocol, container: name, appProtocol }]
    }),
  ),
)

export const portsAt = ({ ports }: Served, port: number): readonly ServedPort[] =>
  ports.filter(({ from, to }) => from <= port && port <= to)

export const serves = (served: Served, port: number, protocol: string): boolean =>
  portsAt(served, port).some((item) => item.protocol === protocol)

/** "tcp 8000, udp 53" */
export const portsText = ({ ports }: Served): string =>
  ports.map(({ from, to, protocol }) => `${protocol} ${from === to ? from : `${from}-${to}`}`).join(', ')

/** The port to check instead, where there is just one. */
export function onlyTcpPort({ ports }: Served): number | undefined {
  const [first, second] = ports.filter(({ protocol }) => protocol === 'tcp')
  return first && !second && first.from === first.to ? first.from : undefined
}

export interface AskedPort {
  readonly target: TargetFacts
  readonly checkPort: number
  readonly served: Served
}

/** Targets with the port that is asked and those that their task serves; `missing` where either is not told. */
export function askedPorts(
  incident: Incident,
  targets: readonly TargetFacts[],
): { readonly asked: readonly AskedPort[]; readonly missing: readonly Missing[] } {
  const asked: AskedPort[] = []
  const missing: Missing[] = []
  for (const target of targets) {
    const { checkPort } = target
    const served = servedPorts(incident, target)
    if (served && !served.known) missing.push(served.missing)
    else if (served && checkPort === undefined) missing.push(portMissing(target))
    else if (served && checkPort !== undefined) asked.push({ target, checkPort, served: served.value })
  }
  return { asked, missing }
}

const portMissing = ({ id }: TargetFacts): Missing => ({
  missing: 'elasticloadbalancing:DescribeTargetHealth',
  because: `the health-check port of ${id} is not told`,
})
