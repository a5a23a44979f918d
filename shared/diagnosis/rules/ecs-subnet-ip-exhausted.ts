/**
 * The tasks’ subnets have no free address for another interface. A low count for a moment is normal while a deployment
 * runs old and new tasks side by side.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/failed-to-start-error.html
 */
import { grouped } from '../../network/grouped.ts'
import { remembered } from '../../network/remembered.ts'
import type { Subnet } from '../../network/subnets.ts'
import { listed } from '../../snapshot/known.ts'
import type { UnkeyedResponse } from '../../snapshot/operations.ts'
import { judgeStarts, type StartFacts } from '../ecs/start/facts.ts'
import { presentStart } from '../ecs/start/present.ts'
import { spareSubnetFixes } from '../ecs/start/subnet-fixes.ts'
import { type FailedStart, pointingAt } from '../ecs/start/trouble.ts'
import { listText, tasksText } from '../ecs/start/words.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

const SUBNETS = 'ec2:DescribeSubnets'

export const ecsSubnetIpExhausted: CauseRule = {
  code: 'ecs.subnet-ip-exhausted',
  judge: (incident) => judgeStarts(incident, judge),
}

interface Free {
  readonly subnet: Subnet
  readonly count: number | undefined
}

function judge(facts: StartFacts): readonly Judgement[] {
  const { task: places } = facts.places
  const told = pointingAt(facts.trouble, ['addresses'], ({ id }) => id === 'subnet-without-addresses')
  const slow = pointingAt(facts.trouble, ['addresses'])
  if (!places.known) return told.length > 0 || facts.trouble.silent ? notKnown(places.missing) : []
  const all = places.value.map(({ subnet }): Free => ({ subnet, count: freeIn(facts, subnet) }))
  const full = all.filter(({ count }) => count === 0)
  const named = full.filter(({ subnet }) => isNamed(told, subnet))
  if (named.length > 0) return [present(facts, named, all, told, 'proven')]
  if (full.length === all.length && (facts.trouble.silent || slow.length > 0))
    return [present(facts, full, all, slow, facts.trouble.silent ? 'proven' : 'likely')]
  const untold = all.find(({ count }) => count === undefined)
  if (untold)
    return notKnown({ missing: SUBNETS, because: `the free addresses of ${untold.subnet.id} are not told` })
  // ECS had none a while ago, and there are some now: they were taken for a moment.
  const past = all.filter(({ subnet }) => isNamed(told, subnet))
  if (past.length > 0) return [present(facts, past, all, told, 'likely')]
  return absent(
    `there are free addresses: ${listText(all.map(({ subnet, count }) => `${count} in ${subnet.id}`))}`,
  )
}

const isNamed = (told: readonly FailedStart[], { id }: Subnet): boolean =>
  told.some(({ sayings }) =>
    sayings.some(({ facts: { subnetId } }) => subnetId === undefined || subnetId === id),
  )

function freeIn({ tasks }: StartFacts, { id, scope }: Subnet): number | undefined {
  const subnets = listed(scope, SUBNETS, 'Subnets')
  const [found] = (subnets.known && subnetsById(subnets.value).get(id)) || []
  return tasks.incident.network.subnets.has(id) ? found?.AvailableIpAddressCount : undefined
}

type Subnets = NonNullable<UnkeyedResponse<typeof SUBNETS>['Subnets']>

const subnetsById = remembered((subnets: Subnets) => grouped(subnets, ({ SubnetId }) => [SubnetId]))

function present(
  facts: StartFacts,
  full: readonly Free[],
  all: readonly Free[],
  told: readonly FailedStart[],
  confidence: 'proven' | 'likely',
): Judgement {
  const ids = full.map(({ subnet }) => subnet.id)
  const when = full.every(({ count }) => count === 0) ? 'has no free address' : 'had no free address'
  return presentStart(facts, {
    confidence,
    title: `${listText(ids)} ${when} for the ${tasksText(facts, [])}`,
    component: { type: 'subnet', id: ids[0] ?? '' },
    told,
    evidence: all.map(({ subnet, count }) => ({
      operation: SUBNETS,
      resource: subnet.id,
      field: 'AvailableIpAddressCount',
      observed: count,
      expected: `more than the tasks need: up to ${mostTasks(facts)} at once`,
    })),
    fixes: spareSubnetFixes(facts, ids),
  })
}

/** While a deployment runs. */
function mostTasks({ tasks: { service } }: StartFacts): number {
  const { desiredCount = 1, deploymentConfiguration } = service
  return Math.ceil((desiredCount * (deploymentConfiguration?.maximumPercent ?? 200)) / 100)
}
