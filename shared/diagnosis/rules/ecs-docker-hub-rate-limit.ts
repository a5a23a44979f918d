/**
 * Docker Hub counts the pulls of each address, and tasks behind one NAT gateway share theirs.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
 */
import type { ContainerDefinition } from '../../snapshot/types.ts'
import { definitionEvidence } from '../ecs/evidence.ts'
import { parseImage } from '../ecs/image-reference.ts'
import { aws } from '../ecs/start/commands.ts'
import { containersOf, definitionArn } from '../ecs/start/containers.ts'
import { judgeStarts, type StartFacts } from '../ecs/start/facts.ts'
import { presentStart } from '../ecs/start/present.ts'
import { type FailedStart, pointingAt } from '../ecs/start/trouble.ts'
import { listText, tasksText } from '../ecs/start/words.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

export const ecsDockerHubRateLimit: CauseRule = {
  code: 'ecs.docker-hub-rate-limit',
  judge: (incident) => judgeStarts(incident, judge),
}

function judge(facts: StartFacts): readonly Judgement[] {
  const told = pointingAt(facts.trouble, ['rate-limit'], ({ aims }) => aims[0] === 'rate-limit')
  if (told.length === 0) return absent('ECS speaks of no limit of pulls')
  if (!facts.definition.known) return notKnown(facts.definition.missing)
  const images = containersOf(facts).filter(({ image }) => parseImage(image ?? '')?.registry === 'docker-hub')
  if (images.length === 0) return absent('ECS speaks of a limit of pulls, but no image comes from Docker Hub')
  const names = listText(images.map(({ image }) => image ?? ''))
  return [
    presentStart(facts, {
      confidence: told.some(isCertain) ? 'proven' : 'possible',
      title: `Docker Hub lets the ${tasksText(facts, [])} pull no more: ${names}`,
      told,
      evidence: images.map(({ name, image }) =>
        definitionEvidence(
          definitionArn(facts),
          `containerDefinitions[${name}].image`,
          image,
          'an image from a registry without limit',
        ),
      ),
      fixes: [
        {
          title: 'Pull through a cache in ECR, with a login of Docker Hub',
          patches: [],
          verifiable: false,
          manual: {
            cli: cacheCommands(facts, images),
          },
        },
      ],
    }),
  ]
}

const isCertain = ({ sayings }: FailedStart): boolean =>
  sayings.some((saying) => saying.kind === 'recognised' && saying.id === 'pull-rate-limit')

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-creating-rule.html */
function cacheCommands(
  { tasks: { incident } }: StartFacts,
  images: readonly ContainerDefinition[],
): readonly string[] {
  const { accountId, region } = incident.scope
  const cached = images.flatMap(({ name, image = '' }) => {
    const { repository, tag } = parseImage(image) ?? {}
    return tag === undefined
      ? []
      : [`${name}: ${accountId}.dkr.ecr.${region}.amazonaws.com/docker-hub/${repository}:${tag}`]
  })
  return [
    `SECRET_ARN=$(${aws('secretsmanager create-secret --name ecr-pullthroughcache/docker-hub --secret-string file://docker-hub.json --query ARN --output text', region)}) # {"username": …, "accessToken": …}`,
    aws(
      'ecr create-pull-through-cache-rule --ecr-repository-prefix docker-hub --upstream-registry-url registry-1.docker.io --credential-arn "$SECRET_ARN"',
      region,
    ),
    `# Let the execution role do ecr:CreateRepository and ecr:BatchImportUpstreamImage, and register and deploy a revision with ${cached.join(', ') || 'the images of that registry'}`,
  ]
}
