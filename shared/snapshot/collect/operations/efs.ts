/** EFS's part of the table. https://docs.aws.amazon.com/efs/latest/ug/api-reference.html */
import type { Clients } from '../clients.ts'
import { all, answer, further, orNone } from '../fetch.ts'
import { type Json, merge } from '../json.ts'
import { idsOf, type KeyedTable, type KeySource } from '../keyed.ts'
import { fileSystemsOf } from './named.ts'

const NO_FILE_SYSTEM = 'FileSystemNotFound'

const ofFileSystem = orNone(
  further('efs', (efs, FileSystemId: string) => efs.paginateDescribeMountTargets({ FileSystemId })),
  [NO_FILE_SYSTEM],
  {},
)

/** @param input without file systems: those of all */
async function mountTargets(
  clients: Clients,
  input: { readonly fileSystems?: readonly string[] },
): Promise<Json> {
  const fileSystems = input.fileSystems ?? (await everyFileSystem(clients))
  const found = await Promise.all(fileSystems.map((id) => ofFileSystem(clients, id)))
  return answer([merge(found)], { MountTargets: {} })
}

async function everyFileSystem(clients: Clients): Promise<string[]> {
  const pages = await all((await clients.further('efs')).paginateDescribeFileSystems())
  return pages.flatMap((page) => page.FileSystems ?? []).flatMap(({ FileSystemId }) => FileSystemId ?? [])
}

export const efsUnkeyed = {
  'efs:DescribeMountTargets': mountTargets,
} as const

const targets = idsOf('efs:DescribeMountTargets', 'MountTargets', 'MountTargetId')
const groupsOfTarget = further(
  'efs',
  (efs, MountTargetId: string) => efs.describeMountTargetSecurityGroups({ MountTargetId }),
  { SecurityGroups: {} },
)
const policy = orNone(
  further('efs', (efs, FileSystemId: string) => efs.describeFileSystemPolicy({ FileSystemId })),
  ['PolicyNotFound', NO_FILE_SYSTEM],
  {},
)
/** Also of file systems that a task definition names and that are not there: no policy is the answer then. */
const fileSystems: KeySource = {
  from: ['efs:DescribeMountTargets', 'ecs:DescribeTaskDefinition'],
  keys: (responses) => [
    ...new Set([
      ...idsOf('efs:DescribeMountTargets', 'MountTargets', 'FileSystemId').keys(responses),
      ...fileSystemsOf(responses),
    ]),
  ],
}

export const efsKeyed = {
  'efs:DescribeMountTargetSecurityGroups': { ...targets, fetch: groupsOfTarget },
  'efs:DescribeFileSystemPolicy': { ...fileSystems, fetch: policy },
} as const satisfies KeyedTable
