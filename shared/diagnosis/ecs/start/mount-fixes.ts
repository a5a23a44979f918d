/** Rules that open NFS between the tasks' group and that of a mount target. */

import type { Blocker } from '../../../reachability/result.ts'
import type { Fix, Patch } from '../../fix.ts'
import type { Incident } from '../../incident.ts'
import { isGroupCode } from '../../path/claims.ts'
import type { Mount } from './mounts.ts'

export function mountFixes({ network, scope }: Incident, mounts: readonly Mount[]): readonly Fix[] {
  const patches = mounts.flatMap(({ explanation, place, need, mountTargetId = '' }) => {
    const groups = scope.responses['efs:DescribeMountTargetSecurityGroups']?.[mountTargetId]?.SecurityGroups
    const target = network.groupIndex.has(groups?.[0] ?? '') ? groups?.[0] : undefined
    return (explanation?.blockers ?? []).map((blocker) =>
      ruleFor(blocker, need.port, blocker.direction === 'ingress' ? place.groupIds[0] : target),
    )
  })
  const known = patches.filter((patch) => patch !== undefined)
  if (known.length === 0 || known.length < patches.length) return []
  const distinct = [...new Map(known.map((patch) => [JSON.stringify(patch), patch])).values()]
  return [{ title: 'Let the tasks reach the mount targets', patches: distinct, verifiable: true }]
}

function ruleFor(
  { awsExplanationCode, component, direction }: Blocker,
  port: number,
  peer: string | undefined,
): Patch | undefined {
  if (!isGroupCode(awsExplanationCode) || component.type !== 'security-group' || peer === undefined)
    return undefined
  const UserIdGroupPairs = [{ GroupId: peer }]
  const permission = { IpProtocol: 'tcp', FromPort: port, ToPort: port, UserIdGroupPairs }
  return { kind: 'security-group-rule', groupId: component.id, direction, permission }
}
