/**
 * A secret or parameter that a container names is not there, has no such version, or does not hold what is selected of it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-not-found-error.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
import { definitionEvidence } from '../ecs/evidence.ts'
import { aws } from '../ecs/start/commands.ts'
import { containersOf, definitionArn } from '../ecs/start/containers.ts'
import { judgeStarts, type StartFacts } from '../ecs/start/facts.ts'
import { eachOrAbsent, presentStart, shown } from '../ecs/start/present.ts'
import { type Fault, faultOf, type SecretUse, secretUses } from '../ecs/start/secrets.ts'
import { type FailedStart, pointingAt } from '../ecs/start/trouble.ts'
import { tasksText } from '../ecs/start/words.ts'
import type { Recognised } from '../ecs/stop-reasons/classify.ts'
import type { Fix } from '../fix.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

export const ecsSecretMissingOrMalformed: CauseRule = {
  code: 'ecs.secret-missing-or-malformed',
  judge: (incident) => judgeStarts(incident, judge),
}

function judge(facts: StartFacts): readonly Judgement[] {
  if (!facts.definition.known) return notKnown(facts.definition.missing)
  const uses = secretUses(containersOf(facts))
  if (uses.length === 0) return absent('no container asks for a secret or parameter')
  const judged = uses.flatMap((use) => judgeUse(facts, use))
  const found = judged.filter(({ kind }) => kind === 'present')
  if (found.length > 0) return judged
  return eachOrAbsent(
    [...malformed(facts, uses), ...judged],
    absent('every secret and parameter of the containers is there'),
  )
}

function judgeUse(facts: StartFacts, use: SecretUse): readonly Judgement[] {
  const { scope, network } = facts.tasks.incident
  const fault = faultOf(scope, network.snapshot.scopes, use.valueFrom)
  const told = pointingAt(facts.trouble, ['secret'], (saying) => mayMean(saying, use))
  if (!fault.known) {
    // ECS names it and says that it is not there.
    if (told.some((one) => says(one, MISSING) && names(one, use)))
      return [present(facts, use, NOT_TOLD, told, 'likely')]
    return notKnown(fault.missing)
  }
  return fault.value ? [present(facts, use, fault.value, told, shown(facts.trouble, told))] : []
}

const MISSING: readonly string[] = ['secret-not-found', 'secret-without-value', 'parameter-not-found']
const NOT_TOLD: Fault = {
  what: 'is not found',
  operation: 'ecs:DescribeTaskDefinition',
  observed: undefined,
  expected: '',
}

const says = ({ sayings }: FailedStart, ids: readonly string[]): boolean =>
  sayings.some((saying) => saying.kind === 'recognised' && ids.includes(saying.id))

const names = ({ sayings }: FailedStart, { valueFrom }: SecretUse): boolean =>
  sayings.some(
    ({ facts }) =>
      (facts.secretArn !== undefined && valueFrom.startsWith(facts.secretArn)) ||
      facts.parameters?.some((name) => valueFrom.endsWith(name)),
  )

function mayMean({ facts }: Recognised, { valueFrom }: SecretUse): boolean {
  if (facts.secretArn !== undefined) return valueFrom.startsWith(facts.secretArn)
  if (facts.parameters !== undefined) return facts.parameters.some((name) => valueFrom.endsWith(name))
  const isSecret = valueFrom.includes(':secretsmanager:')
  return facts.service === undefined || (facts.service === 'secretsmanager') === isSecret
}

/** The secret is there, and ECS could not select a key of it: what it holds is no JSON, or another one. */
function malformed(facts: StartFacts, uses: readonly SecretUse[]): readonly Judgement[] {
  const told = pointingAt(facts.trouble, ['secret'], ({ id }) => id === 'secret-without-key')
  const key = told[0]?.sayings[0]?.facts.jsonKey
  const keyed = uses.filter(
    ({ valueFrom }) => valueFrom.includes(':secretsmanager:') && valueFrom.split(':').length > 7,
  )
  const use = keyed.find(({ valueFrom }) => key === undefined || valueFrom.split(':')[7] === key)
  if (told.length === 0 || !use) return []
  const what = key === undefined ? 'does not hold, as JSON, what is selected of it' : `holds no key ${key}`
  return [present(facts, use, { ...NOT_TOLD, what }, told, 'proven')]
}

function present(
  facts: StartFacts,
  { container, field, valueFrom }: SecretUse,
  { what, operation, observed, expected, restorable }: Fault,
  told: readonly FailedStart[],
  confidence: 'proven' | 'likely',
): Judgement {
  const kind = valueFrom.includes(':secretsmanager:') ? 'secret' : 'parameter'
  const own = definitionEvidence(
    definitionArn(facts),
    `containerDefinitions[${container}].${field}`,
    valueFrom,
    `a ${kind} that exists in its Region`,
  )
  return presentStart(facts, {
    confidence,
    title: `The ${kind} ${valueFrom} of container ${container} of the ${tasksText(facts, [])} ${what}`,
    told,
    evidence:
      operation === 'ecs:DescribeTaskDefinition'
        ? [own]
        : [own, { operation, resource: valueFrom, field: 'response', observed, expected }],
    fixes: restorable === undefined ? [] : [restore(restorable)],
  })
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_restore-secret.html */
const restore = (arn: string): Fix => ({
  title: `Restore ${arn}`,
  patches: [],
  verifiable: false,
  manual: { cli: [aws(`secretsmanager restore-secret --secret-id ${arn}`, arn.split(':')[3] ?? '')] },
})
