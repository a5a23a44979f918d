/** The fields of a route, under the name that each tool has for them. */
import type { Route } from '../../snapshot/types.ts'

interface Field {
  readonly field: keyof Route
  readonly cli: string
  /** CloudFormation's property. */
  readonly property: string
  readonly terraform: string
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html */
const destinations: readonly Field[] = [
  {
    field: 'DestinationCidrBlock',
    cli: 'destination-cidr-block',
    property: 'DestinationCidrBlock',
    terraform: 'destination_cidr_block',
  },
  {
    field: 'DestinationIpv6CidrBlock',
    cli: 'destination-ipv6-cidr-block',
    property: 'DestinationIpv6CidrBlock',
    terraform: 'destination_ipv6_cidr_block',
  },
  {
    field: 'DestinationPrefixListId',
    cli: 'destination-prefix-list-id',
    property: 'DestinationPrefixListId',
    terraform: 'destination_prefix_list_id',
  },
]

const targets: readonly Field[] = [
  { field: 'GatewayId', cli: 'gateway-id', property: 'GatewayId', terraform: 'gateway_id' },
  { field: 'NatGatewayId', cli: 'nat-gateway-id', property: 'NatGatewayId', terraform: 'nat_gateway_id' },
  {
    field: 'TransitGatewayId',
    cli: 'transit-gateway-id',
    property: 'TransitGatewayId',
    terraform: 'transit_gateway_id',
  },
  {
    field: 'VpcPeeringConnectionId',
    cli: 'vpc-peering-connection-id',
    property: 'VpcPeeringConnectionId',
    terraform: 'vpc_peering_connection_id',
  },
  {
    field: 'NetworkInterfaceId',
    cli: 'network-interface-id',
    property: 'NetworkInterfaceId',
    terraform: 'network_interface_id',
  },
  {
    field: 'EgressOnlyInternetGatewayId',
    cli: 'egress-only-internet-gateway-id',
    property: 'EgressOnlyInternetGatewayId',
    terraform: 'egress_only_gateway_id',
  },
  {
    field: 'LocalGatewayId',
    cli: 'local-gateway-id',
    property: 'LocalGatewayId',
    terraform: 'local_gateway_id',
  },
  {
    field: 'CarrierGatewayId',
    cli: 'carrier-gateway-id',
    property: 'CarrierGatewayId',
    terraform: 'carrier_gateway_id',
  },
  {
    field: 'CoreNetworkArn',
    cli: 'core-network-arn',
    property: 'CoreNetworkArn',
    terraform: 'core_network_arn',
  },
]

const given = (route: Route, fields: readonly Field[]) =>
  fields.flatMap((field) => {
    const value = route[field.field]
    return value === undefined ? [] : [{ ...field, value }]
  })

export const fieldsOf = (route: Route) => [...given(route, destinations), ...given(route, targets)]

export const destinationOf = (route: Route): string | undefined => given(route, destinations)[0]?.value

export const targetOf = (route: Route): string => given(route, targets)[0]?.value ?? 'its target'
