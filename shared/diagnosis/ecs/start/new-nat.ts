/** A NAT gateway that is still to be made: nobody can choose its subnet and address for them. */
import { internetGatewayOf } from '../../../network/internet-gateways.ts'
import type { Fix } from '../../fix.ts'
import type { Incident } from '../../incident.ts'
import type { StartBreach } from './claims.ts'
import { ANYWHERE, leadsSomewhere } from './default-route.ts'
import { servesPublic } from './public-neighbours.ts'

export function natToMake(
  { way: { place } }: StartBreach,
  incident: Incident,
  tables: readonly string[],
): Fix {
  const { vpcId = '' } = place.subnet
  const region = `--region ${incident.scope.region}`
  const shared = tables.some((id) => servesPublic(incident, id))
  return {
    title: `Make a NAT gateway in a public subnet of ${vpcId} and route ${shared ? 'other subnets, for the tasks,' : tables.join(', ')} to it`,
    patches: [],
    verifiable: false,
    manual: {
      cli: [
        ...publicSubnet(incident, vpcId, region),
        `EIP=$(aws ec2 allocate-address --domain vpc ${region} --query AllocationId --output text)`,
        `NAT=$(aws ec2 create-nat-gateway --subnet-id "$PUBLIC_SUBNET" --allocation-id "$EIP" ${region} --query NatGateway.NatGatewayId --output text)`,
        `aws ec2 wait nat-gateway-available --nat-gateway-ids "$NAT" ${region}`,
        ...(shared ? otherSubnets(vpcId, region) : tables.map((id) => natRoute(incident, id, region))),
      ],
    },
  }
}

function natRoute(incident: Incident, table: string, region: string): string {
  const operation = leadsSomewhere(incident, table) ? 'replace-route' : 'create-route'
  return `aws ec2 ${operation} --route-table-id ${table} --destination-cidr-block ${ANYWHERE} --nat-gateway-id "$NAT" ${region}`
}

/** What has a public address needs the route to the internet gateway: the tasks move, not the route. */
const otherSubnets = (vpcId: string, region: string): readonly string[] => [
  `TABLE=$(aws ec2 create-route-table --vpc-id ${vpcId} ${region} --query RouteTable.RouteTableId --output text)`,
  `aws ec2 create-route --route-table-id "$TABLE" --destination-cidr-block ${ANYWHERE} --nat-gateway-id "$NAT" ${region}`,
  `TASK_SUBNET=subnet-… # one without public addresses, for the tasks or their instances; again for each zone`,
  `aws ec2 associate-route-table --route-table-id "$TABLE" --subnet-id "$TASK_SUBNET" ${region}`,
]

/** Without an internet gateway a VPC has no public subnet. */
function publicSubnet({ network, scope }: Incident, vpcId: string, region: string): readonly string[] {
  const gateway = internetGatewayOf(network, { scope, vpcId })
  if (!gateway.known || gateway.value !== undefined)
    return [`PUBLIC_SUBNET=subnet-… # a subnet of ${vpcId} whose route table leads to an internet gateway`]
  return [
    `IGW=$(aws ec2 create-internet-gateway ${region} --query InternetGateway.InternetGatewayId --output text)`,
    `aws ec2 attach-internet-gateway --internet-gateway-id "$IGW" --vpc-id ${vpcId} ${region}`,
    `PUBLIC_SUBNET=subnet-… # a subnet of ${vpcId} without tasks, with a route table of its own`,
    'PUBLIC_TABLE=rtb-… # that route table',
    `aws ec2 create-route --route-table-id "$PUBLIC_TABLE" --destination-cidr-block ${ANYWHERE} --gateway-id "$IGW" ${region}`,
  ]
}
