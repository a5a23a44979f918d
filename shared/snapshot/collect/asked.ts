/** Of a question "can X reach Y" what its two ends can touch, however large their Region. */
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import type { NamedEnd } from '../../question-ends.ts'
import type { NetworkInterface, Snapshot } from '../types.ts'
import type { Clients } from './clients.ts'
import { type FoundEnd, findEnd } from './selection/found-ends.ts'
import { addressesOf, collectEnds, type Ends } from './selection/interfaces.ts'
import { involvedIn, present, vpcsOfGroups } from './selection/involved.ts'
import { type Journey, nothing, type Place } from './selection/journey.ts'
import { collectBehind } from './selection/load-balancing.ts'
import { collectNeighbours } from './selection/neighbours.ts'
import { askBy, collectNetwork, collectRouteTables } from './selection/network.ts'
import { follow } from './selection/outside.ts'
import { type CollectOptions, type Session, startSession } from './session.ts'

const NO_ENDS: Ends = { interfaces: [], missing: [] }

/**
 * About ten calls between two interfaces, some more for a load balancer with what is behind it, and for each gateway on
 * the way. Its lists are no whole lists: what is not in it is not known.
 * @returns undefined when an end is not found
 * @throws what STS answers when nobody may ask at all
 */
export async function collectForQuestion(
  clients: Clients,
  [from, to]: readonly [NamedEnd, NamedEnd],
  options: CollectOptions = {},
): Promise<Snapshot | undefined> {
  const session = startSession(clients, options)
  const { Account = '' } = await session.clients.sts.send(new GetCallerIdentityCommand({}))
  const [source, target] = await Promise.all([findEnd(session, from), findEnd(session, to)])
  if (!source || !target) return undefined
  const behind = target.balancer ? await targetsOf(session, target.balancer.LoadBalancerArn) : NO_ENDS

  const vpcs = present([
    ...[...source.interfaces, ...target.interfaces].map(({ VpcId }) => VpcId),
    ...vpcsOfGroups(session),
  ])
  await Promise.all([
    collectRouteTables(session, [...vpcs]),
    // Whether a rule's reference to a group of another VPC holds hangs on what joins the two, routed to or not.
    vpcs.size > 1 && collectNeighbours(session, vpcs, []),
  ])
  const passed = { ...nothing(), vpcs: new Set(vpcs) }
  await follow(session, behind, passed, thereAndBack(source, target, behind))
  await askBy(session, 'ec2:DescribeInternetGateways', 'attachment.vpc-id', passed.vpcs)
  await collectNetwork(session, involvedIn(session, passed))
  return session.finish(Account, 'selection')
}

async function targetsOf(session: Session, balancerArn: string): Promise<Ends> {
  await collectBehind(session, balancerArn)
  return collectEnds(session, [...vpcsOfGroups(session)])
}

/** A load balancer may hand on the sender's own address: then the targets answer to that. */
function thereAndBack(source: FoundEnd, target: FoundEnd, behind: Ends): readonly Journey[] {
  const targets = behind.interfaces.flatMap(addressesOf).filter((address) => address !== undefined)
  return [
    { from: source.interfaces.map(placeOf), to: [...target.addresses, ...targets, ...behind.missing] },
    { from: [...target.interfaces, ...behind.interfaces].map(placeOf), to: source.addresses },
  ]
}

const placeOf = ({ SubnetId, VpcId }: NetworkInterface): Place => ({ subnet: SubnetId, vpc: VpcId })
