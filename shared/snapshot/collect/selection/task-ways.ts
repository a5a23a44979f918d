/** The ways from where tasks run to AWS's services: endpoints of their VPCs, what lies on their routes, DNS. */
import type { Session } from '../session.ts'
import { askInterfaces } from './interfaces.ts'
import { taskSubnets } from './involved.ts'
import type { OnTheWay, Place } from './journey.ts'
import { askBy, askSubnets } from './network.ts'
import { follow } from './outside.ts'

export async function collectTaskWays(session: Session, passed: OnTheWay): Promise<void> {
  const subnets = taskSubnets(session)
  await askSubnets(session, subnets)
  const places = placesOf(session, subnets)
  const vpcs = [...new Set(places.flatMap(({ vpc }) => vpc ?? []))]
  if (vpcs.length === 0) return
  await Promise.all([
    collectEndpoints(session, vpcs, passed).then(() => followRoutes(session, places, passed)),
    askBy(session, 'ec2:DescribeInternetGateways', 'attachment.vpc-id', vpcs),
    askInterfaces(session, 'network-interface-id', untold(session, taskInterfaces(session))),
    session.askEach('ec2:DescribeVpcAttribute', vpcs),
  ])
}

const placesOf = ({ responses }: Session, subnets: ReadonlySet<string>): Place[] =>
  (responses['ec2:DescribeSubnets']?.Subnets ?? [])
    .filter(({ SubnetId }) => subnets.has(SubnetId))
    .map(({ SubnetId, VpcId }) => ({ subnet: SubnetId, vpc: VpcId }))

/** Somewhere on the internet (addresses that nobody has), where AWS's services are without an endpoint. */
const ANYWHERE = ['203.0.113.1', '2001:db8::1']

const followRoutes = (session: Session, from: readonly Place[], passed: OnTheWay) =>
  follow(session, { interfaces: [], missing: [] }, passed, [{ from, to: ANYWHERE }])

async function collectEndpoints(session: Session, vpcs: readonly string[], passed: OnTheWay): Promise<void> {
  await askBy(session, 'ec2:DescribeVpcEndpoints', 'vpc-id', vpcs)
  const endpoints = session.responses['ec2:DescribeVpcEndpoints']?.VpcEndpoints ?? []
  for (const { VpcEndpointId } of endpoints) passed.endpoints.add(VpcEndpointId)
  const interfaces = endpoints.flatMap((one) => one.NetworkInterfaceIds ?? [])
  const gateways = endpoints.filter((one) => one.VpcEndpointType === 'Gateway')
  // The layers of every image in ECR are in S3, with or without an endpoint for it.
  const s3 = `com.amazonaws.${await session.clients.ec2.config.region()}.s3`
  const names = new Set([s3, ...gateways.flatMap((one) => one.ServiceName ?? [])])
  await Promise.all([
    askInterfaces(session, 'network-interface-id', untold(session, interfaces)),
    askBy(session, 'ec2:DescribeManagedPrefixLists', 'prefix-list-name', names),
  ])
}

/** Of running tasks; the interface of a stopped one is gone. */
const taskInterfaces = ({ responses }: Session): readonly string[] =>
  Object.values(responses['ecs:DescribeTasks'] ?? {})
    .flatMap((one) => one.tasks ?? [])
    .filter((task) => task.lastStatus !== 'STOPPED')
    .flatMap((task) => (task.attachments ?? []).flatMap((one) => one.details ?? []))
    .flatMap(({ name, value }) => (name === 'networkInterfaceId' && value ? [value] : []))

function untold({ responses }: Session, ids: readonly string[]): string[] {
  const all = responses['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces ?? []
  const told = new Set(all.map(({ NetworkInterfaceId }) => NetworkInterfaceId))
  return [...new Set(ids)].filter((id) => !told.has(id))
}
