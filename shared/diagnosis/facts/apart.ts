/**
 * Ids of AWS are unique; ids that somebody wrote by hand may not be. Where two scopes each describe a VPC of their own
 * under one id, each is looked at by itself, lest what one says is taken for the other's.
 * A VPC that is shared has one owner, and lies in one Region: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html
 */
import { compileNetwork } from '../../network/network.ts'
import { remembered } from '../../network/remembered.ts'
import { listed } from '../../snapshot/known.ts'
import type { Scope, Snapshot } from '../../snapshot/types.ts'
import type { Incident } from '../incident.ts'
import { incidentOfSubject } from './index.ts'

export function apartWhereIdsCollide(
  snapshot: Snapshot,
  incidents: readonly Incident[],
): readonly Incident[] {
  if (!idsCollide(snapshot.scopes)) return incidents
  const alone = remembered((scope: Scope) => compileNetwork({ ...snapshot, scopes: [scope] }))
  return incidents.map((incident) => incidentOfSubject(alone(incident.scope), incident.subject) ?? incident)
}

interface Origin {
  readonly region: string
  readonly owner: string | undefined
}

function idsCollide(scopes: readonly Scope[]): boolean {
  const origins = new Map<string, Origin>()
  for (const scope of scopes.length > 1 ? scopes : []) {
    const vpcs = listed(scope, 'ec2:DescribeVpcs', 'Vpcs')
    for (const { VpcId, OwnerId } of vpcs.known ? vpcs.value : []) {
      const origin = { region: scope.region, owner: OwnerId }
      const other = origins.get(VpcId)
      if (other && areDifferent(origin, other)) return true
      if (other?.owner === undefined) origins.set(VpcId, origin)
    }
  }
  return false
}

/** An owner that is not told may be the same. */
const areDifferent = (one: Origin, other: Origin): boolean =>
  one.region !== other.region ||
  (one.owner !== undefined && other.owner !== undefined && one.owner !== other.owner)
