/**
 * A file system cannot be mounted: nothing leads to a mount target of the tasks’ zone, or the server refuses. What the
 * server answers proves that the way is open.
 * https://docs.aws.amazon.com/efs/latest/ug/troubleshooting-efs-mounting.html
 */
import { definitionEvidence } from '../ecs/evidence.ts'
import { groupBy } from '../ecs/group-by.ts'
import { definitionArn } from '../ecs/start/containers.ts'
import { judgeStarts, type StartFacts } from '../ecs/start/facts.ts'
import { mountFixes } from '../ecs/start/mount-fixes.ts'
import { type Mount, mountsOf } from '../ecs/start/mounts.ts'
import { presentStart, shown } from '../ecs/start/present.ts'
import { pointingAt } from '../ecs/start/trouble.ts'
import { distinct, listText, tasksText } from '../ecs/start/words.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

export const ecsEfsMount: CauseRule = {
  code: 'ecs.efs-mount',
  judge: (incident) => judgeStarts(incident, judge),
}

type Mounts = readonly [Mount, ...Mount[]]

function judge(facts: StartFacts): readonly Judgement[] {
  if (!facts.needs.known) return notKnown(facts.needs.missing)
  const asked = mountsOf(facts)
  if (asked.length === 0) return []
  const mounts = asked.flatMap((mount) => (mount.known ? [mount.value] : []))
  const told = refused(facts, mounts)
  if (told.length > 0) return told
  const found = groupBy(mounts.filter(isBroken), ({ fileSystemId }) => fileSystemId).map((own) =>
    closed(facts, own),
  )
  const missing = [
    ...asked.flatMap((mount) => (mount.known ? [] : [mount.missing])),
    ...mounts.flatMap(({ explanation }) => (explanation?.verdict === 'unknown' ? explanation.unknown : [])),
  ].slice(0, 1)
  if (found.length > 0 || missing.length > 0) return [...found, ...missing.flatMap(notKnown)]
  return absent('from every subnet of the tasks a mount target of the same zone is reached')
}

const isBroken = ({ explanation }: Mount): boolean =>
  explanation === undefined || explanation.verdict === 'blocked' || explanation.verdict === 'partial'

function closed(facts: StartFacts, mounts: Mounts): Judgement {
  const [{ fileSystemId, explanation, place }] = mounts
  const told = pointingAt(
    facts.trouble,
    ['network', 'file-system'],
    ({ facts: said }) => said.service === 'efs',
  )
  const [blocker] = explanation?.blockers ?? []
  const why = blocker?.explanation ?? `it has no mount target in the zone of ${place.subnet.id}`
  return presentStart(facts, {
    confidence: shown(facts.trouble, told),
    title: `The ${tasksText(facts, [])} cannot reach the file system ${fileSystemId}: ${why}`,
    ...(blocker && { component: blocker.component }),
    told,
    evidence: [...volumeEvidence(facts, mounts), ...targetEvidence(facts, mounts)],
    fixes: mountFixes(facts.tasks.incident, mounts),
  })
}

/** The server has answered: its policy or a missing directory. */
function refused(facts: StartFacts, mounts: readonly Mount[]): readonly Judgement[] {
  const told = pointingAt(facts.trouble, ['authorization', 'file-system'], ({ id }) =>
    Object.hasOwn(ANSWERS, id),
  )
  const said = told[0]?.sayings[0]
  const [first, ...rest] = mounts
  if (said?.kind !== 'recognised' || !first) return []
  const ids = distinct(mounts.map(({ fileSystemId }) => fileSystemId))
  const names = listText(ids)
  const policy = facts.tasks.incident.scope.responses['efs:DescribeFileSystemPolicy']?.[first.fileSystemId]
  return [
    presentStart(facts, {
      // Which of several it was ECS does not say.
      confidence: ids.length === 1 ? 'proven' : 'likely',
      title: `The file system ${names} of the ${tasksText(facts, [])} is reached and cannot be mounted: ${ANSWERS[said.id]}`,
      told,
      evidence: [
        ...volumeEvidence(facts, [first, ...rest]),
        {
          operation: 'efs:DescribeFileSystemPolicy',
          resource: first.fileSystemId,
          field: 'Policy',
          observed: policy?.Policy,
          expected: 'elasticfilesystem:ClientMount for the task role, and a root directory that is there',
        },
      ],
    }),
  ]
}

const ANSWERS: Readonly<Record<string, string>> = {
  'efs-denied': 'its policy, or that of the task role, refuses',
  'efs-directory-missing': 'its rootDirectory is not there',
}

function volumeEvidence(facts: StartFacts, [{ need }]: Mounts) {
  const { definition } = facts
  const volumes = definition.known ? definition.value.volumes : undefined
  return [definitionEvidence(definitionArn(facts), need.field, volumes, `the task ${need.why}`)]
}

function targetEvidence({ tasks: { incident } }: StartFacts, mounts: Mounts) {
  const { responses } = incident.scope
  const ids = distinct(mounts.flatMap(({ mountTargetId }) => mountTargetId ?? []))
  const all = responses['efs:DescribeMountTargets']?.MountTargets ?? []
  return [
    {
      operation: 'efs:DescribeMountTargets',
      resource: mounts[0].fileSystemId,
      field: 'MountTargets',
      observed: all.filter(({ FileSystemId }) => FileSystemId === mounts[0].fileSystemId),
      expected: 'one in each zone of the tasks',
    },
    ...ids.map((id) => ({
      operation: 'efs:DescribeMountTargetSecurityGroups',
      resource: id,
      field: 'SecurityGroups',
      observed: responses['efs:DescribeMountTargetSecurityGroups']?.[id]?.SecurityGroups,
      expected: 'a group that admits tcp 2049 from the tasks',
    })),
  ]
}
