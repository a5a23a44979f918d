/**
 * An internet-facing load balancer answers from all of its subnets; one without a route to the internet gateway never
 * does. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
 */
import { internetGatewayOf } from '../../network/internet-gateways.ts'
import type { Network } from '../../network/network.ts'
import { notCollected } from '../../network/peerings.ts'
import type { CompiledRouteTable } from '../../network/route-tables.ts'
import { type Subnet, sameZone } from '../../network/subnets.ts'
import { known, unknown } from '../../snapshot/known.ts'
import type { Known, LoadBalancer, Scope } from '../../snapshot/types.ts'
import { namesOf } from '../checks/evidence.ts'
import { balancerEvidence, balancerName } from '../edge/words.ts'
import type { Fix } from '../fix.ts'
import type { Incident } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

const TABLES = 'ec2:DescribeRouteTables'

export const edgeLbSubnetNotPublic: CauseRule = {
  code: 'edge.lb-subnet-not-public',
  judge(incident) {
    const { balancer, network, scope } = incident
    if (!balancer) return []
    const name = balancerName(balancer)
    if (balancer.Scheme === undefined) return notKnown(notTold(`the scheme of ${name}`))
    if (balancer.Scheme !== 'internet-facing') return absent(`${name} is internal`)
    if (balancer.IpAddressType === undefined) return notKnown(notTold(`the address type of ${name}`))
    const ids = balancer.AvailabilityZones?.map(({ SubnetId }) => SubnetId)
    if (!ids || ids.includes(undefined)) return notKnown(notTold(`a subnet of ${name}`))
    const places = ids.map((id = '') => publicTable(network, scope, balancer, id))
    const closed = places.flatMap((place) => (place.known && !place.value.isPublic ? [place.value] : []))
    if (closed.length > 0) return [present(incident, balancer, closed, closed.length < places.length)]
    const gap = places.find((place) => !place.known)
    if (gap && !gap.known) return notKnown(gap.missing)
    return absent(`all subnets of ${name} have a route to an internet gateway`)
  },
}

const notTold = (what: string) => ({
  missing: 'elasticloadbalancing:DescribeLoadBalancers',
  because: `${what} is not told`,
})

interface Placed {
  readonly subnet: Subnet
  readonly table: CompiledRouteTable
  readonly isPublic: boolean
}

function publicTable(network: Network, scope: Scope, balancer: LoadBalancer, id: string): Known<Placed> {
  const subnet = network.subnets.get(id)
  if (!subnet) return { known: false, missing: notCollected(scope, 'ec2:DescribeSubnets', id) }
  const table = network.routeTables[subnet.routeTable]
  if (!table?.known) return { known: false, missing: notCollected(scope, TABLES, `the table of ${id}`) }
  const ways = waysOut(table, balancer)
  const isPublic = ways.some(({ target, stateKnown }) => target.kind === 'internet-gateway' && stateKnown)
  const [unclear] = table.unclear
  if (!isPublic && unclear) return { known: false, missing: unclear.missing }
  if (!isPublic && ways.length > 0)
    return unknown(TABLES, `where a route of ${table.id} leads, or its state, is not told`)
  return known({ subnet, table, isPublic })
}

/** What is not told, or not modelled, may lead out. */
const WAYS_OUT: readonly string[] = ['internet-gateway', 'other']

/** A route for some addresses only is somebody's choice of clients. */
function waysOut({ v4, v6 }: CompiledRouteTable, { IpAddressType: type }: LoadBalancer) {
  const routes = type === 'dualstack-without-public-ipv4' ? v6.values : v4.values
  return routes.filter(({ target: { kind }, blackhole }) => WAYS_OUT.includes(kind) && !blackhole)
}

function present(
  { network, scope }: Incident,
  balancer: LoadBalancer,
  closed: readonly Placed[],
  partial: boolean,
): Judgement {
  const name = balancerName(balancer)
  const where = namesOf(closed.map(({ subnet }) => subnet.id))
  const share = partial ? ': clients that are sent there time out, the others are served' : ''
  return {
    kind: 'present',
    confidence: 'proven',
    title: `Load balancer ${name} is internet-facing, but ${where} has no route to an internet gateway${share}`,
    component: { type: 'subnet', id: closed[0]?.subnet.id ?? '', ...nameOf(closed[0]?.subnet) },
    awsExplanationCode: 'NO_ROUTE_TO_DESTINATION',
    evidence: [
      balancerEvidence(balancer, 'Scheme', 'internal, where the subnets are meant to be private'),
      ...closed.map(({ table, subnet }) => ({
        operation: TABLES,
        resource: table.id,
        field: 'Routes',
        observed: table.v4.values.map(({ route }) => route),
        expected: `0.0.0.0/0 of ${subnet.id} to an internet gateway`,
      })),
    ],
    targets: [],
    ...(partial && { partial }),
    fixes: [...moved(network, scope, balancer, closed), ...opened(network, scope, balancer, closed)],
  }
}

const nameOf = (subnet: Subnet | undefined) => (subnet?.name === undefined ? {} : { name: subnet.name })

/** Another subnet of each zone, which has the route. */
function moved(
  network: Network,
  scope: Scope,
  balancer: LoadBalancer,
  closed: readonly Placed[],
): readonly Fix[] {
  const others = closed.map(({ subnet }) => publicNeighbour(network, scope, balancer, subnet))
  if (others.includes(undefined)) return []
  const subnetIds = others.flatMap((one) => one?.id ?? [])
  return [
    {
      title: `Move load balancer ${balancerName(balancer)} into the public ${namesOf(subnetIds)}`,
      patches: [{ kind: 'load-balancer-subnets', loadBalancerArn: balancer.LoadBalancerArn, subnetIds }],
      verifiable: true,
    },
  ]
}

const publicNeighbour = (network: Network, scope: Scope, balancer: LoadBalancer, subnet: Subnet) =>
  [...network.subnets.values()].find((other) => {
    if (other.vpcId !== subnet.vpcId || sameZone(other, subnet) !== true) return false
    const place = publicTable(network, scope, balancer, other.id)
    return place.known && place.value.isPublic
  })

function opened(
  network: Network,
  scope: Scope,
  balancer: LoadBalancer,
  closed: readonly Placed[],
): readonly Fix[] {
  const gateway = internetGatewayOf(network, { scope, vpcId: balancer.VpcId })
  if (!gateway.known || gateway.value === undefined) return []
  const route = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway.value, State: 'active' }
  const tables = [...new Set(closed.map(({ table }) => table))]
  return [
    {
      title: `Send what leaves ${namesOf(closed.map(({ subnet }) => subnet.id))} to the internet gateway`,
      patches: tables.map(({ id, v4 }) => ({
        kind: 'route',
        routeTableId: id,
        route,
        replaces: v4.values.some(({ prefixLength }) => prefixLength === 0),
      })),
      verifiable: true,
    },
  ]
}
