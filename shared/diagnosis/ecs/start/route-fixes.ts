/** Routes that lead a start out of its subnet: through a NAT gateway of the VPC, or for public tasks its internet gateway. */
import { internetGatewayOf } from '../../../network/internet-gateways.ts'
import type { Network } from '../../../network/network.ts'
import type { Route } from '../../../snapshot/types.ts'
import type { Fix, Patch } from '../../fix.ts'
import type { Incident } from '../../incident.ts'
import type { StartBreach } from './claims.ts'
import { routeTableOf } from './evidence.ts'
import type { StartBreaches } from './rule.ts'
import { distinct } from './words.ts'

const ANYWHERE = '0.0.0.0/0'

/** Of the tasks' own subnets. */
export const tableIds = (breaches: readonly StartBreach[], network: Network): readonly string[] =>
  distinct(breaches.flatMap(({ way }) => network.routeTables[way.place.subnet.routeTable]?.id ?? []))

export function outFixes(breaches: StartBreaches, incident: Incident): readonly Fix[] {
  const tables = tableIds(breaches, incident.network)
  const target = targetFor(breaches, incident)
  if (!target) return [natToMake(breaches, incident, tables)]
  return [routed(incident, tables, target)]
}

/** For who cannot have a public address. */
export function natFix(breaches: StartBreaches, incident: Incident): Fix {
  const tables = tableIds(breaches, incident.network)
  const nat = natBeside(breaches, incident)
  return nat ? routed(incident, tables, nat) : natToMake(breaches, incident, tables)
}

function routed(incident: Incident, tables: readonly string[], target: Partial<Route>): Fix {
  const patches = tables.map((id) => routePatch(incident, id, target))
  const name = target.NatGatewayId ?? target.GatewayId
  return { title: `Route ${ANYWHERE} of ${tables.join(', ')} to ${name}`, patches, verifiable: true }
}

function routePatch(incident: Incident, routeTableId: string, target: Partial<Route>): Patch {
  const given = routeTableOf(incident, routeTableId)?.Routes ?? []
  return {
    kind: 'route',
    routeTableId,
    route: { DestinationCidrBlock: ANYWHERE, ...target, State: 'active', Origin: 'CreateRoute' },
    replaces: given.some(({ DestinationCidrBlock }) => DestinationCidrBlock === ANYWHERE),
  }
}

/** Tasks with public addresses are meant to leave by the internet gateway. */
function targetFor(breaches: StartBreaches, incident: Incident): Partial<Route> | undefined {
  const { publicIp, sources } = breaches[0].way.place
  const nic = sources[0]?.nic
  const gateway = nic && internetGatewayOf(incident.network, nic)
  if (publicIp && gateway?.known && gateway.value !== undefined) return { GatewayId: gateway.value }
  return natBeside(breaches, incident)
}

/** A public NAT gateway of the VPC whose own subnet keeps its routes. */
function natBeside(breaches: StartBreaches, { network }: Incident): Partial<Route> | undefined {
  const { subnet } = breaches[0].way.place
  const nat = [...network.natGateways.values()].find(
    ({ VpcId, SubnetId = '', State, ConnectivityType }) =>
      VpcId === subnet.vpcId &&
      State === 'available' &&
      ConnectivityType !== 'private' &&
      network.subnets.get(SubnetId)?.routeTable !== subnet.routeTable,
  )
  return nat && { NatGatewayId: nat.NatGatewayId }
}

/** What nobody can choose for them: a public subnet and an address. */
function natToMake(breaches: StartBreaches, { scope }: Incident, tables: readonly string[]): Fix {
  const { vpcId } = breaches[0].way.place.subnet
  const region = `--region ${scope.region}`
  return {
    title: `Make a NAT gateway in a public subnet of ${vpcId} and route ${tables.join(', ')} to it`,
    patches: [],
    verifiable: false,
    manual: {
      cli: [
        `PUBLIC_SUBNET=subnet-… # a subnet of ${vpcId} whose route table leads to an internet gateway`,
        `EIP=$(aws ec2 allocate-address --domain vpc ${region} --query AllocationId --output text)`,
        `NAT=$(aws ec2 create-nat-gateway --subnet-id "$PUBLIC_SUBNET" --allocation-id "$EIP" ${region} --query NatGateway.NatGatewayId --output text)`,
        `aws ec2 wait nat-gateway-available --nat-gateway-ids "$NAT" ${region}`,
        ...tables.map(
          (id) =>
            `aws ec2 create-route --route-table-id ${id} --destination-cidr-block ${ANYWHERE} --nat-gateway-id "$NAT" ${region}`,
        ),
      ],
    },
  }
}
