/**
 * The image is made for another processor than the task runs on. Manifest lists hold an image for each: then ECS finds
 * the right one. An exit code alone does not say so.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html
 */
import { definitionEvidence, stopEvidence, taskEvidence } from '../ecs/evidence.ts'
import { parseImage } from '../ecs/image-reference.ts'
import { otherProcessor } from '../ecs/other-processor.ts'
import { judgeServices, otherStops, type ServiceTasks, targetsOfTasks } from '../ecs/services.ts'
import { deployAnew } from '../ecs/start/commands.ts'
import type { Recognised } from '../ecs/stop-reasons/classify.ts'
import type { Stop } from '../ecs/stops.ts'
import { countOf, familyName, subjectName } from '../ecs/words.ts'
import type { TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement } from '../judgement.ts'

export const ecsImageArch: CauseRule = {
  code: 'ecs.image-arch',
  judge: (incident, suspects) => judgeServices(incident, (tasks) => judge(tasks, suspects)),
}

interface Told {
  readonly stop: Stop
  readonly saying: Recognised
}

function judge(tasks: ServiceTasks, suspects: readonly TargetFacts[]): readonly Judgement[] {
  const told = tasks.stops.flatMap((stop) => {
    const saying = otherProcessor(stop.task)
    return saying ? [{ stop, saying }] : []
  })
  const [first] = told
  if (!first) return absent(`ECS names no other processor; ${otherStops(tasks.stops)}`)
  return [present(tasks, told, first, suspects)]
}

function present(
  tasks: ServiceTasks,
  told: readonly Told[],
  first: Told,
  suspects: readonly TargetFacts[],
): Judgement {
  const { stop, saying } = first
  const definition = tasks.definitionOf(stop.task)
  const { cpuArchitecture, operatingSystemFamily } =
    (definition.known && definition.value.runtimePlatform) || {}
  const wanted = cpuArchitecture ?? 'X86_64, if nothing else is said'
  const { source, text, facts } = saying
  const family = familyName(stop.task.taskDefinitionArn)
  return {
    kind: 'present',
    // A script without its first line ends with the same words.
    confidence: saying.id === 'pull-architecture' ? 'proven' : 'likely',
    title: `An image of ${subjectName(tasks.service)} does not run on ${facts.platform ?? wanted} (${countOf(told.length)})`,
    component: { type: 'task-definition', id: family, name: family },
    evidence: [
      ...stopEvidence([stop], 'the task starts'),
      ...(source.kind === 'container'
        ? [taskEvidence(stop.task, `containers[${source.name}].reason`, text, 'the container runs')]
        : []),
      definitionEvidence(
        stop.task.taskDefinitionArn,
        'runtimePlatform',
        { cpuArchitecture, operatingSystemFamily },
        'the processor that the image is built for',
      ),
    ],
    targets: targetsOfTasks(
      suspects,
      told.map((one) => one.stop.task),
    ),
    fixes: [
      {
        title: `Build the image for ${cpuArchitecture === 'ARM64' ? 'linux/arm64' : 'linux/amd64'}, or for both`,
        patches: [],
        verifiable: false,
        manual: {
          cli: [...buildCommands(tasks, first), ...deployAnew(tasks)],
        },
      },
    ],
  }
}

/** A tag is built anew; in place of a digest, or where several containers may be meant, somebody has to name one. */
function buildCommands(
  { definitionOf }: ServiceTasks,
  { stop, saying: { source } }: Told,
): readonly string[] {
  const definition = definitionOf(stop.task)
  const containers = (definition.known && definition.value.containerDefinitions) || []
  const meant = containers.filter(({ name }) => source.kind !== 'container' || source.name === name)
  const image = meant.length === 1 ? (meant[0]?.image ?? '') : ''
  const build = (tag: string) =>
    `docker buildx build --platform linux/amd64,linux/arm64 --tag ${tag} --push .`
  const isTag = image !== '' && parseImage(image)?.digest === undefined
  return isTag ? [build(image)] : ['IMAGE=… # a tag that the task definition names', build('"$IMAGE"')]
}
