/**
 * Calls of a service's tasks to AWS services. What they call is known from their role's policies and from the endpoints
 * that somebody made for it; a call is broken where the service's own name leads nowhere from the tasks' subnets.
 */
import { TCP } from '../../../network/protocol.ts'
import { toPort } from '../../../reachability/flow.ts'
import type { Blocker } from '../../../reachability/result.ts'
import { reachService } from '../../../services/reach.ts'
import { resolveService } from '../../../services/resolution.ts'
import type { PublicReason } from '../../../services/resolved.ts'
import type { Known, Missing, TaskDefinition, VpcEndpoint } from '../../../snapshot/types.ts'
import { taskDefinitionOf } from '../../facts/services.ts'
import type { Incident } from '../../incident.ts'
import { absent, type Judgement, notKnown } from '../../judgement.ts'
import { judgeServices, type ServiceTasks } from '../services.ts'
import { instancePlaces } from '../start/instances.ts'
import { type StartPlace, taskPlaces } from '../start/places.ts'
import { endpointMadeFor } from './endpoint-sign.ts'
import { type RoleSign, roleSign } from './role-sign.ts'

const HTTPS = 443

/** From one subnet, where the name means public addresses to which there is no way. */
interface BrokenCall {
  readonly place: StartPlace
  readonly reason: PublicReason
  readonly blockers: readonly Blocker[]
  /** The one that shows that the subnet is isolated. */
  readonly out: Blocker
}

export interface Called {
  readonly tasks: ServiceTasks
  readonly service: string
  readonly definition: TaskDefinition
  readonly sign: RoleSign
  /** The endpoint that somebody made for it. */
  readonly made: VpcEndpoint | undefined
  readonly broken: readonly [BrokenCall, ...BrokenCall[]]
}

/** @param judge of a service that is called for certain or likely, and not reached from some subnet */
export const judgeCalls = (
  incident: Incident,
  service: string,
  judge: (called: Called) => readonly Judgement[],
): readonly Judgement[] =>
  judgeServices(incident, (tasks) => {
    if ((tasks.service.desiredCount ?? 0) === 0) return []
    const definition = taskDefinitionOf(incident.scope, tasks.service.taskDefinition)
    if (!definition.known) return notKnown(definition.missing)
    const role = tasks.running[0]?.overrides?.taskRoleArn ?? definition.value.taskRoleArn
    const sign = roleSign(incident.scope, role, service)
    if (sign.kind === 'excludes') return absent(sign.because)
    return judgeFrom(tasks, service, definition.value, sign, judge)
  })

function judgeFrom(
  tasks: ServiceTasks,
  service: string,
  definition: TaskDefinition,
  sign: RoleSign,
  judge: (called: Called) => readonly Judgement[],
): readonly Judgement[] {
  const { network, scope } = tasks.incident
  const places = placesOf(tasks, definition)
  if (!places.known) return sign.kind === 'silent' ? [] : notKnown(places.missing)
  const made = endpointMadeFor(network, scope, service, places.value)
  if (sign.kind === 'silent' && !made) return []
  const ways = places.value.map((place) => wayTo(tasks.incident, service, place))
  const [first, ...rest] = ways.flatMap((way) => (way.kind === 'broken' ? [way.call] : []))
  const missing = ways.flatMap((way) => (way.kind === 'unknown' ? [way.missing] : [])).slice(0, 1)
  if (!first) return missing.length > 0 ? missing.flatMap(notKnown) : notBroken(ways, service)
  if (sign.kind === 'unknown' && !made) return notKnown(sign.missing)
  return [
    ...judge({ tasks, service, definition, sign, made, broken: [first, ...rest] }),
    ...missing.flatMap(notKnown),
  ]
}

/** A task in awsvpc mode has an interface of its own. */
const placesOf = (tasks: ServiceTasks, { networkMode }: TaskDefinition): Known<readonly StartPlace[]> =>
  networkMode === 'awsvpc' ? taskPlaces(tasks) : instancePlaces(tasks)

type CallWay =
  | { readonly kind: 'open' }
  | { readonly kind: 'broken'; readonly call: BrokenCall }
  /** Closed by something else than the lack of a way out: filters, a route to what is gone. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'unknown'; readonly missing: Missing }

function wayTo({ network, scope }: Incident, service: string, place: StartPlace): CallWay {
  const resolution = resolveService(network, { vpcId: place.subnet.vpcId, scope }, service)
  const ways = place.sources.map((source) => reachService(network, source, service, toPort(TCP, HTTPS)))
  const [way] = ways
  if (!way || ways.some((one) => one?.verdict !== way.verdict)) return unknownFrom(place)
  const [missing] = resolution.kind === 'unknown' ? [resolution.missing] : way.unknown
  if (way.verdict === 'unknown') return missing ? { kind: 'unknown', missing } : unknownFrom(place)
  if (way.verdict !== 'blocked') return { kind: 'open' }
  const { blockers } = way
  const out = blockers.find(isIsolation)
  if (resolution.kind === 'public' && out)
    return { kind: 'broken', call: { place, reason: resolution.reason, blockers, out } }
  return missing ? { kind: 'unknown', missing } : { kind: 'closed' }
}

const unknownFrom = ({ subnet }: StartPlace): CallWay => ({
  kind: 'unknown',
  missing: {
    missing: 'ec2:DescribeNetworkInterfaces',
    because: `whether tasks in ${subnet.id} have a public address is not told`,
  },
})

const isIsolation = ({ awsExplanationCode: code }: Blocker): boolean =>
  code === 'NO_ROUTE_TO_DESTINATION' || code === 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS'

const notBroken = (ways: readonly CallWay[], service: string): readonly Judgement[] =>
  ways.every(({ kind }) => kind === 'open')
    ? absent(`from every subnet of the tasks the way to ${service} is open`)
    : []
