/**
 * Environment files in S3, and EFS file systems.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html
 */
import { arnOf } from './arns.ts'
import { type Context, containerField, HTTPS, type Part } from './context.ts'
import { type Finding, notUnderstood } from './need.ts'
import type { Volume } from './starting.ts'

export const environmentFileNeeds: Part = (context, container) =>
  (container.environmentFiles ?? []).flatMap(({ value = '' }, i) => {
    const field = containerField(container, `environmentFiles[${i}].value`)
    const [, bucket] = /^(arn:[\w-]+:s3:::[\w.-]+)\/.+$/.exec(value) ?? []
    if (bucket === undefined) return [notUnderstood(`${field} (${value}) is no ARN of an object in S3`)]
    const { platform, from, starting } = context
    const doubt = platform.doubt === undefined ? {} : { doubt: platform.doubt }
    const common = { field, observed: value, why: 'reads an environment file', ...doubt }
    const permission = { ...common, kind: 'permission', by: 'execution-role', through: 's3' } as const
    const to = { kind: 'aws-service', service: 's3', region: starting.region } as const
    return [
      { ...common, kind: 'path', to, port: HTTPS, from, blocksStart: true },
      { ...permission, action: 's3:GetObject', resource: value },
      { ...permission, action: 's3:GetBucketLocation', resource: bucket },
    ]
  })

const NFS = 2049

/** A definition always tells its volumes, if only that there are none. */
export function volumeNeeds(context: Context): readonly Finding[] {
  const { volumes } = context.starting.definition
  if (!volumes) return [notUnderstood('the volumes of the task definition are not told')]
  return volumes.flatMap((volume) => fileSystemNeeds(context, volume))
}

function fileSystemNeeds({ starting, platform, from }: Context, volume: Volume): readonly Finding[] {
  const efs = volume.efsVolumeConfiguration
  if (!efs) return []
  const field = `volumes[${volume.name}].efsVolumeConfiguration`
  const { fileSystemId, authorizationConfig } = efs
  if (fileSystemId === undefined) return [notUnderstood(`${field} names no file system`)]
  const doubt = platform.doubt === undefined ? {} : { doubt: platform.doubt }
  const common = { field, observed: fileSystemId, why: `mounts the file system ${fileSystemId}`, ...doubt }
  const resource = arnOf(
    'elasticfilesystem',
    starting.region,
    starting.accountId,
    `file-system/${fileSystemId}`,
  )
  return [
    {
      ...common,
      kind: 'path',
      to: { kind: 'file-system', fileSystemId },
      port: NFS,
      from,
      blocksStart: true,
    },
    ...(authorizationConfig?.iam === 'ENABLED'
      ? [
          {
            ...common,
            kind: 'permission',
            by: 'task-role',
            action: 'elasticfilesystem:ClientMount',
            resource,
          } as const,
        ]
      : []),
  ]
}
