/** The paths that a start needs, each walked from every subnet in which tasks start. */
import { TCP } from '../../../network/protocol.ts'
import { combine } from '../../../reachability/combine.ts'
import { toPort } from '../../../reachability/flow.ts'
import type { Explanation, Verdict } from '../../../reachability/result.ts'
import { reachService, toPublic } from '../../../services/reach.ts'
import { resolveService } from '../../../services/resolution.ts'
import type { Resolution } from '../../../services/resolved.ts'
import { known } from '../../../snapshot/known.ts'
import type { Known, Missing } from '../../../snapshot/types.ts'
import type { Incident } from '../../incident.ts'
import type { Destination, PathNeed, StartNeeds } from '../needs/need.ts'
import type { StartPlace } from './places.ts'

export interface StartWay {
  readonly need: PathNeed
  readonly place: StartPlace
  /** `ecr.api`, `registry-1.docker.io` */
  readonly name: string
  /** Of a service in the task's own Region; others are reached over the internet only. */
  readonly resolution: Resolution | undefined
  readonly verdict: Verdict
  readonly explanation: Explanation | undefined
  readonly missing: readonly Missing[]
}

const nameOf = (to: Destination): string => {
  if (to.kind === 'aws-service') return to.service
  return to.kind === 'internet' ? to.host : to.fileSystemId
}

/** Of tasks with interfaces of their own, and of the instances below them. */
export interface StartPlaces {
  readonly task: Known<readonly StartPlace[]>
  readonly instance: Known<readonly StartPlace[]>
}

export function startWays(
  incident: Incident,
  { paths }: StartNeeds,
  places: StartPlaces,
): Known<readonly StartWay[]> {
  const needs = distinctNeeds(paths.filter(({ to, blocksStart }) => blocksStart && to.kind !== 'file-system'))
  const from = [...new Set(needs.map((need) => need.from))]
  const untold = from.map((one) => places[one]).find((found) => !found.known)
  if (untold && !untold.known) return untold
  return known(
    needs.flatMap((need) => {
      const found = places[need.from]
      return (found.known ? found.value : []).map((place) => wayTo(incident, need, place))
    }),
  )
}

/** One for each destination: the one that is needed for certain, if any is. */
function distinctNeeds(needs: readonly PathNeed[]): readonly PathNeed[] {
  const found = new Map<string, PathNeed>()
  for (const need of needs) {
    const key = JSON.stringify([need.to, need.port, need.from])
    const other = found.get(key)
    if (!other || (other.doubt !== undefined && need.doubt === undefined)) found.set(key, need)
  }
  return [...found.values()]
}

function wayTo({ network, scope }: Incident, need: PathNeed, place: StartPlace): StartWay {
  const near = need.to.kind === 'aws-service' && need.to.region === scope.region
  const name =
    need.to.kind === 'aws-service' && !near ? `${nameOf(need.to)} in ${need.to.region}` : nameOf(need.to)
  const flow = toPort(TCP, need.port)
  const explanations = place.sources.map((source) =>
    near ? reachService(network, source, name, flow) : toPublic(network, source, name, flow),
  )
  const resolution = near ? resolveService(network, { vpcId: place.subnet.vpcId, scope }, name) : undefined
  return { need, place, name, resolution, ...together(explanations, place) }
}

type Answer = Pick<StartWay, 'verdict' | 'explanation' | 'missing'>

function together(explanations: readonly (Explanation | undefined)[], { subnet }: StartPlace): Answer {
  const [first, ...rest] = explanations.filter((one) => one !== undefined)
  if (!first || explanations.includes(undefined)) {
    const missing = {
      missing: 'ec2:DescribeNetworkInterfaces',
      because: `no interface of an endpoint has an address of the family of ${subnet.id}`,
    }
    return { verdict: 'unknown', explanation: undefined, missing: [missing] }
  }
  const explanation = combine([first, ...rest])
  if (rest.every(({ verdict }) => verdict === first.verdict))
    return { verdict: first.verdict, explanation, missing: explanation.unknown }
  const because = `whether tasks in ${subnet.id} have a public address is not told`
  const missing = [{ missing: 'ec2:DescribeNetworkInterfaces', because }, ...explanation.unknown]
  return { verdict: 'unknown', explanation, missing }
}
