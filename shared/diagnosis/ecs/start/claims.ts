/** Which cause each broken way belongs to. The more specific ones come first. */

import { endpointsIn } from '../../../network/in-vpc.ts'
import type { Network } from '../../../network/network.ts'
import type { Blocker } from '../../../reachability/result.ts'
import { shortName } from '../../../services/names.ts'
import type { PublicReason } from '../../../services/resolved.ts'
import { isGroupCode } from '../../path/claims.ts'
import type { StartWay } from './ways.ts'

export type StartPathCode =
  | 'ecs.no-egress-route'
  | 'ecs.task-sg-egress'
  | 'ecs.vpce-missing'
  | 'ecs.vpce-sg-443'
  | 'ecs.private-dns-off'
  | 'ecs.s3-gateway-route-missing'
  | 'ecs.public-ip-disabled'
  | 'net.nacl'
  | 'net.public-access-blocked'

export interface StartBreach {
  readonly code: StartPathCode
  readonly way: StartWay
  readonly blocker: Blocker
}

export const isBroken = ({ verdict }: StartWay): boolean => verdict === 'blocked' || verdict === 'partial'

export function startBreaches(network: Network, ways: readonly StartWay[]): readonly StartBreach[] {
  const served = ways.some(({ resolution }) => resolution?.kind === 'endpoints')
  return ways.filter(isBroken).flatMap((way) => breachesOf(network, way, served))
}

/** @param served an endpoint of the VPC answers for another service that the start needs: no way out is meant to be */
function breachesOf(network: Network, way: StartWay, served: boolean): readonly StartBreach[] {
  const blockers = way.explanation?.blockers ?? []
  const out = blockers.find(isOut)
  const elsewhere = out && nameCode(way, served)
  // With an endpoint that answers, packets would go elsewhere: what else lies on this way does not matter.
  if (out && elsewhere) return [{ code: elsewhere, way, blocker: out }]
  return blockers.map((blocker) => ({ code: codeOf(network, blocker, way, served), way, blocker }))
}

/** Routes, gateways and addresses: anything but filters. */
const isOut = ({ awsExplanationCode: code }: Blocker): boolean =>
  !isGroupCode(code) && !FILTERS.includes(code)

const FILTERS = ['SUBNET_ACL_RESTRICTION', 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED']

/** Where the name ought to mean an endpoint. */
function nameCode({ resolution, name }: StartWay, served: boolean): StartPathCode | undefined {
  if (resolution?.kind !== 'public') return undefined
  const { reason } = resolution
  if (SILENT.includes(reason.kind)) return 'ecs.private-dns-off'
  const byRoute = name === 's3'
  return served && !byRoute ? 'ecs.vpce-missing' : undefined
}

/** An endpoint is there, and the service's own name does not lead to it. */
const SILENT: readonly PublicReason['kind'][] = ['private-dns-off', 'dns-host-names-off']

function codeOf(network: Network, blocker: Blocker, way: StartWay, served: boolean): StartPathCode {
  const { awsExplanationCode: code, direction } = blocker
  if (isGroupCode(code)) return direction === 'egress' ? 'ecs.task-sg-egress' : 'ecs.vpce-sg-443'
  if (code === 'SUBNET_ACL_RESTRICTION') return 'net.nacl'
  if (code === 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED') return 'net.public-access-blocked'
  if (served && way.name === 's3')
    return s3Gateway(network, way.place.subnet.vpcId) ? 'ecs.s3-gateway-route-missing' : 'ecs.vpce-missing'
  // Whether an instance gets a public address is no setting of ECS.
  const own = way.need.from === 'task' && isWithoutAddress(blocker, way)
  return own ? 'ecs.public-ip-disabled' : 'ecs.no-egress-route'
}

/** The internet gateway is right behind the task's own interface, which has no public address. */
const isWithoutAddress = ({ awsExplanationCode }: Blocker, { explanation }: StartWay): boolean =>
  awsExplanationCode === 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS' &&
  !explanation?.forward.some(({ component: { type } }) => BETWEEN.includes(type))

const BETWEEN: readonly string[] = ['nat-gateway', 'transit-gateway']

export const s3Gateway = (network: Network, vpcId: string | undefined) =>
  endpointsIn(network, vpcId).find(
    (one) =>
      one.VpcEndpointType === 'Gateway' &&
      shortName(one.ServiceName ?? '') === 's3' &&
      one.State?.toLowerCase() === 'available',
  )
