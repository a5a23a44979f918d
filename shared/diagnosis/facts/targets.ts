/** The registered targets of a group, with what stands behind each. */
import { instanceOf, targetEnd } from '../../network/load-balancing/target-ends.ts'
import type { Network } from '../../network/network.ts'
import { parsePort } from '../../network/ports.ts'
import type { End, Inside } from '../../reachability/layers.ts'
import { keyedResponse, known, mapKnown, notListed, unknown } from '../../snapshot/known.ts'
import type {
  Known,
  LoadBalancer,
  Scope,
  TargetGroup,
  TargetHealthDescription,
  Task,
} from '../../snapshot/types.ts'
import { taskAt } from '../checks/task-places.ts'
import { type Probe, type ServiceFacts, STATE_NOT_TOLD, type TargetFacts } from '../incident.ts'
import { balancerEnds } from './balancer-ends.ts'
import { type Nodes, probesOf } from './probes.ts'

const HEALTH = 'elasticloadbalancing:DescribeTargetHealth'

export interface TargetContext extends Nodes {
  readonly network: Network
  readonly scope: Scope
  readonly targetGroup: TargetGroup
  readonly loadBalancers: Known<readonly LoadBalancer[]>
  readonly services: Known<readonly ServiceFacts[]>
}

export function targetsOf(context: TargetContext): Known<readonly TargetFacts[]> {
  const found = keyedResponse(context.scope, HEALTH, context.targetGroup.TargetGroupArn)
  if (!found.known) return found
  const list = found.value.TargetHealthDescriptions
  const tasks = runningTasks(context)
  return list
    ? known(list.map((item) => targetFacts(context, tasks, item)))
    : unknown(HEALTH, 'the response holds no list')
}

function targetFacts(
  context: TargetContext,
  tasks: readonly Task[],
  item: TargetHealthDescription,
): TargetFacts {
  const { Id: id, Port: port, AvailabilityZone: zone } = item.Target
  const ends = endsOf(context, id)
  const end = mapKnown(ends, ([first]) => first)
  const checkPort = checkPortOf(context.targetGroup, item)
  const isOnePlace = ends.known && ends.value.length === 1
  const availabilityZone =
    zone ?? (isOnePlace && end.known ? end.value.nic?.source.AvailabilityZone : undefined)
  const walked = once(() => probes(context, ends, port, checkPort, availabilityZone))
  return {
    id,
    port,
    availabilityZone,
    state: item.TargetHealth?.State ?? STATE_NOT_TOLD,
    reason: item.TargetHealth?.Reason,
    description: item.TargetHealth?.Description,
    checkPort,
    end: insideOf(end, context.scope, id),
    instance: instanceOf(context.scope, id),
    task: taskAt(context.scope, tasks, { id, port }),
    get probes() {
      return walked()
    },
  }
}

type Ends = readonly [End, ...End[]]

const endsOf = ({ network, scope, targetGroup }: TargetContext, id: string): Known<Ends> =>
  targetGroup.TargetType === 'alb'
    ? balancerEnds(network, scope, id)
    : mapKnown(targetEnd(network, scope, targetGroup, id), (end): Ends => [end])

/** Nobody asks for the paths of a service whose tasks do well. */
function once<T>(work: () => T): () => T {
  let done: { readonly result: T } | undefined
  return () => {
    done ??= { result: work() }
    return done.result
  }
}

function probes(
  context: TargetContext,
  ends: Known<Ends>,
  port: number | undefined,
  checkPort: number | undefined,
  availabilityZone: string | undefined,
): Known<readonly Probe[]> {
  const { network, targetGroup, loadBalancers } = context
  if (targetGroup.TargetType === 'lambda') return known([])
  if (!loadBalancers.known) return loadBalancers
  if (!ends.known) return ends
  if (checkPort === undefined) return unknown(HEALTH, 'the health-check port is not told')
  const checked = { ends: ends.value, port, checkPort, availabilityZone }
  return probesOf(network, targetGroup, loadBalancers.value, checked, context)
}

/** AWS tells the port it really uses; otherwise the group's setting, where "traffic-port" is the target's own. */
function checkPortOf(group: TargetGroup, item: TargetHealthDescription): number | undefined {
  const setting = item.HealthCheckPort ?? group.HealthCheckPort
  if (setting === 'traffic-port') return item.Target.Port
  return setting === undefined ? undefined : parsePort(setting)
}

function insideOf(end: Known<End>, scope: Scope, id: string): Known<Inside> {
  if (!end.known) return end
  if (end.value.nic) return known({ nic: end.value.nic, address: end.value.address })
  return {
    known: false,
    missing: notListed(scope, 'ec2:DescribeNetworkInterfaces', `an interface with ${id}`),
  }
}

const runningTasks = ({ services }: TargetContext): readonly Task[] =>
  (services.known ? services.value : []).flatMap((one) =>
    one.runningTasks.known ? one.runningTasks.value : [],
  )
