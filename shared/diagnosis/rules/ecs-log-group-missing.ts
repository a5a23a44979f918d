/**
 * The log group that a container writes to does not exist, and the driver is not told to make it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
 */
import { listed } from '../../snapshot/known.ts'
import type { ContainerDefinition, Scope } from '../../snapshot/types.ts'
import { definitionEvidence } from '../ecs/evidence.ts'
import { containersOf, definitionArn } from '../ecs/start/containers.ts'
import { judgeStarts, type StartFacts } from '../ecs/start/facts.ts'
import { presentStart, shown } from '../ecs/start/present.ts'
import { type FailedStart, pointingAt } from '../ecs/start/trouble.ts'
import { tasksText } from '../ecs/start/words.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

const GROUPS = 'logs:DescribeLogGroups'

export const ecsLogGroupMissing: CauseRule = {
  code: 'ecs.log-group-missing',
  judge: (incident) => judgeStarts(incident, judge),
}

function judge(facts: StartFacts): readonly Judgement[] {
  if (!facts.definition.known) return notKnown(facts.definition.missing)
  const asked = containersOf(facts).filter(
    ({ logConfiguration }) => logConfiguration?.logDriver === 'awslogs',
  )
  const judged = asked.flatMap((container) => judgeContainer(facts, container))
  const found = judged.filter(({ kind }) => kind !== 'absent')
  if (found.length > 0) return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()]
  return absent('every log group of the containers is there, or is made with the first stream')
}

function judgeContainer(facts: StartFacts, container: ContainerDefinition): readonly Judgement[] {
  const options = container.logConfiguration?.options ?? {}
  const { 'awslogs-group': group, 'awslogs-create-group': create } = options
  if (group === undefined || create === 'true') return []
  const { incident } = facts.tasks
  const region = options['awslogs-region'] ?? incident.scope.region
  const told = pointingAt(facts.trouble, ['log-group'], ({ facts: said, id }) =>
    CERTAIN.includes(id) ? said.logGroup === undefined || said.logGroup === group : false,
  )
  const scope = incident.network.snapshot.scopes.find(
    (one) => one.accountId === incident.scope.accountId && one.region === region,
  )
  const there = scope && isThere(scope, group)
  if (there === true) return []
  if (there === false) return [present(facts, { container, group, region, told, sure: true })]
  // The list does not tell; ECS may have.
  if (told.some(saysMissing)) return [present(facts, { container, group, region, told, sure: false })]
  return notKnown({ missing: GROUPS, because: `whether ${group} is in ${region} is not told` })
}

/** Sayings that speak of the group rather than of the way to it. */
const CERTAIN: readonly string[] = [
  'log-group-missing',
  'log-driver',
  'log-arguments',
  'log-stream-not-created',
]

const saysMissing = ({ sayings }: FailedStart): boolean =>
  sayings.some((saying) => saying.kind === 'recognised' && saying.id === 'log-group-missing')

/** A list of a selection holds what was asked for: what is not among it may be there. */
function isThere(scope: Scope, group: string): boolean | undefined {
  const groups = listed(scope, GROUPS, 'logGroups')
  if (!groups.known) return undefined
  if (groups.value.some(({ logGroupName }) => logGroupName === group)) return true
  return scope.coverage === 'region' ? false : undefined
}

interface Gone {
  readonly container: ContainerDefinition
  readonly group: string
  readonly region: string
  readonly told: readonly FailedStart[]
  readonly sure: boolean
}

function present(facts: StartFacts, { container, group, region, told, sure }: Gone): Judgement {
  const { accountId } = facts.tasks.incident.scope
  return presentStart(facts, {
    confidence: told.some(saysMissing) ? 'proven' : shown(facts.trouble, told),
    title: `The log group ${group} of container ${container.name} of the ${tasksText(facts, [])} does not exist in ${region}`,
    told,
    evidence: [
      definitionEvidence(
        definitionArn(facts),
        `containerDefinitions[${container.name}].logConfiguration.options`,
        container.logConfiguration?.options,
        'an awslogs-group that exists, or awslogs-create-group',
      ),
      ...(sure
        ? [
            {
              operation: GROUPS,
              resource: region,
              field: 'logGroups',
              observed: `no ${group}`,
              expected: group,
            },
          ]
        : []),
    ],
    fixes: [
      {
        title: `Make the log group ${group}`,
        patches: [{ kind: 'log-group', name: group, accountId, region }],
        verifiable: true,
      },
    ],
  })
}
