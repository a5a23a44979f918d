/**
 * The image is not in its registry: a tag that was not pushed, a wrong prefix, or a digest that a deployment pinned and a
 * lifecycle policy has expired since.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
 */

import type { ContainerDefinition } from '../../snapshot/types.ts'
import { definitionEvidence } from '../ecs/evidence.ts'
import { type ImageReference, parseImage } from '../ecs/image-reference.ts'
import { deployAnew } from '../ecs/start/commands.ts'
import { containersOf, definitionArn } from '../ecs/start/containers.ts'
import { judgeStarts, type StartFacts } from '../ecs/start/facts.ts'
import { imageExists, imageText } from '../ecs/start/images.ts'
import { eachOrAbsent, presentStart, shown } from '../ecs/start/present.ts'
import { type FailedStart, pointingAt } from '../ecs/start/trouble.ts'
import { tasksText } from '../ecs/start/words.ts'
import type { Fix } from '../fix.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

export const ecsImageNotFound: CauseRule = {
  code: 'ecs.image-not-found',
  judge: (incident) => judgeStarts(incident, judge),
}

interface Wanted {
  readonly container: ContainerDefinition
  readonly image: ImageReference
  /** Failed starts that speak of this image, or of no image in particular. */
  readonly told: readonly FailedStart[]
}

function judge(facts: StartFacts): readonly Judgement[] {
  if (!facts.definition.known) return notKnown(facts.definition.missing)
  const judged = containersOf(facts)
    .flatMap((container) => wantedBy(facts, container))
    .flatMap((wanted) => judgeImage(facts, wanted))
  return eachOrAbsent(judged, absent('every image is in its registry, as far as it is the account’s own'))
}

/** What the definition names, and the digest to which ECS resolved it when the deployment began. */
function wantedBy(facts: StartFacts, container: ContainerDefinition): readonly Wanted[] {
  const image = parseImage(container.image ?? '')
  if (!image) return []
  const told = pointingAt(facts.trouble, ['image'], ({ facts: said, source }) =>
    said.image
      ? said.image.repository === image.repository
      : source.kind !== 'container' || source.name === container.name,
  )
  const pinned = told
    .flatMap(({ sayings }) => sayings.flatMap(({ facts: said }) => said.image ?? []))
    .find(({ digest }) => digest !== undefined && digest !== image.digest)
  return [{ container, image: pinned ?? image, told }]
}

function judgeImage(facts: StartFacts, wanted: Wanted): readonly Judgement[] {
  const exists = imageExists(facts.tasks.incident.scope, wanted.image)
  if (exists.known) return exists.value ? [] : [present(facts, wanted, shown(facts.trouble, wanted.told))]
  const certain = wanted.told.some(({ sayings }) =>
    sayings.some((one) => one.kind === 'recognised' && one.id === NOT_FOUND),
  )
  if (certain) return [present(facts, wanted, 'likely')]
  if (wanted.told.length > 0) return [present(facts, wanted, 'possible')]
  return wanted.image.registry === 'ecr' ? notKnown(exists.missing) : []
}

/** The registry says so; other words may mean a missing login as well. */
const NOT_FOUND = 'pull-image-not-found'

function present(
  facts: StartFacts,
  { container, image, told }: Wanted,
  confidence: 'proven' | 'likely' | 'possible',
): Judgement {
  const { scope } = facts.tasks.incident
  const observed = scope.responses['ecr:DescribeImages']?.[image.repository]?.imageDetails
  return presentStart(facts, {
    confidence,
    title: `The image ${imageText(image)} of container ${container.name} of the ${tasksText(facts, [])} is not in its registry`,
    told,
    evidence: [
      definitionEvidence(
        definitionArn(facts),
        `containerDefinitions[${container.name}].image`,
        container.image,
        'an image that exists',
      ),
      ...(confidence === 'possible' || !observed
        ? []
        : [
            {
              operation: 'ecr:DescribeImages',
              resource: image.repository,
              field: 'imageDetails',
              observed: observed.map(({ imageTags, imageDigest }) => ({ imageTags, imageDigest })),
              expected: image.digest ?? image.tag ?? '',
            },
          ]),
    ],
    fixes: pushFix(facts, container, image),
  })
}

/** What is named by its digest is there again when the same image is pushed under any tag: none is pushed by its digest. */
function pushFix(
  { tasks }: StartFacts,
  { image: text = '' }: ContainerDefinition,
  image: ImageReference,
): readonly Fix[] {
  const { digest } = parseImage(text) ?? image
  const push =
    digest === undefined
      ? [`docker push ${text}`]
      : [
          `TAG=… # any free tag, of the image with the digest ${digest}`,
          `docker push "${image.host}/${image.repository}:$TAG"`,
        ]
  return [
    {
      title: `Push ${imageText(image)}, and deploy anew`,
      patches: [],
      verifiable: false,
      manual: { cli: [...push, ...deployAnew(tasks)] },
    },
  ]
}
