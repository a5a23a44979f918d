import type { RouteTable, Scope, VpcEndpoint } from '../../snapshot/types.ts'
import { aws } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { nameTag } from '../render/names.ts'
import { label, terraform } from '../render/terraform.ts'
import { changeListed, changeOne } from './change.ts'
import { gatewayRoute, serviceList } from './gateway-routes.ts'
import type { PatchKind, PatchOf } from './kind.ts'

type EndpointPatch = PatchOf<'vpc-endpoint'>

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpoint.html */
export const vpcEndpoint: PatchKind<EndpointPatch> = {
  apply(scope, patch) {
    const changed = changeListed(scope, 'ec2:DescribeVpcEndpoints', 'VpcEndpoints', (endpoints) =>
      changeOne(endpoints, isMeant(patch), (found) => withSettings(found, patch.settings)),
    )
    const tables = patch.settings.addRouteTableIds ?? []
    return changed && tables.length > 0 ? withRoutes(changed, patch.endpointId, tables) : changed
  },

  step(patch, { scope }) {
    const { endpointId, settings } = patch
    const { privateDns, addRouteTableIds, policy } = settings
    const found = endpointIn(scope, patch)
    const forAll = privateDns && found && isOfS3(found) ? true : undefined
    const tables = addRouteTableIds && [...(found?.RouteTableIds ?? []), ...addRouteTableIds]
    const name = nameTag(found?.Tags) ?? endpointId
    const note = `Merge into the resource of ${endpointId}`
    return {
      title: `Endpoint ${endpointId}: ${settingsText(settings)}`,
      cli: [
        aws('ec2', 'modify-vpc-endpoint', scope.region, {
          'vpc-endpoint-id': endpointId,
          'private-dns-enabled': privateDns,
          'dns-options': forAll && { [INBOUND_ONLY]: false },
          'add-route-table-ids': addRouteTableIds,
          'policy-document': policy && JSON.stringify(policy),
        }),
      ],
      cloudformation: cloudformation(
        {
          [logicalId(name, 'endpoint')]: {
            Type: 'AWS::EC2::VPCEndpoint',
            Properties: {
              PrivateDnsEnabled: privateDns,
              DnsOptions: forAll && { [INBOUND_ONLY]: 'AllResolvers' },
              RouteTableIds: tables,
              PolicyDocument: policy,
            },
          },
        },
        note,
      ),
      terraform: terraform(
        'aws_vpc_endpoint',
        label(name),
        {
          values: { private_dns_enabled: privateDns, route_table_ids: tables },
          ...(policy && { json: { policy: JSON.parse(JSON.stringify(policy)) } }),
          ...(forAll && {
            blocks: { dns_options: { values: { private_dns_only_for_inbound_resolver_endpoint: false } } },
          }),
        },
        note,
      ),
    }
  },

  opens({ endpointId, settings: { privateDns, addRouteTableIds, policy } }) {
    const opened = [
      privateDns && `the service’s own name leads to ${endpointId} in its whole VPC`,
      addRouteTableIds && `${endpointId} from the subnets of ${addRouteTableIds.join(', ')}`,
      policy && `what the policy of ${endpointId} allows now`,
    ]
    return opened.filter(Boolean).join('; ')
  },
}

const isMeant =
  ({ endpointId }: EndpointPatch) =>
  ({ VpcEndpointId }: VpcEndpoint): boolean =>
    VpcEndpointId === endpointId

/**
 * S3's private DNS is for inbound resolvers only, and asks for a gateway endpoint, where nothing else is said.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
 */
const isOfS3 = ({ ServiceName }: VpcEndpoint): boolean => /\.s3$/.test(ServiceName ?? '')
const INBOUND_ONLY = 'PrivateDnsOnlyForInboundResolverEndpoint'

const endpointIn = (scope: Scope, patch: EndpointPatch): VpcEndpoint | undefined =>
  scope.responses['ec2:DescribeVpcEndpoints']?.VpcEndpoints?.find(isMeant(patch))

const withSettings = (
  found: VpcEndpoint,
  { privateDns, addRouteTableIds = [], policy }: EndpointPatch['settings'],
): VpcEndpoint => ({
  ...found,
  ...(privateDns && { PrivateDnsEnabled: true }),
  ...(privateDns && isOfS3(found) && { DnsOptions: { ...found.DnsOptions, [INBOUND_ONLY]: false } }),
  ...(addRouteTableIds.length > 0 && {
    RouteTableIds: [...(found.RouteTableIds ?? []), ...addRouteTableIds],
  }),
  ...(policy && { PolicyDocument: JSON.stringify(policy) }),
})

/** @returns undefined where a table, or AWS's list of the service's addresses, is not known */
function withRoutes(scope: Scope, endpointId: string, tables: readonly string[]): Scope | undefined {
  const list = serviceList(scope, endpointId)
  if (list === undefined) return undefined
  return changeListed(scope, 'ec2:DescribeRouteTables', 'RouteTables', (all) => {
    const known = tables.every((id) => all.some((table) => table.RouteTableId === id && table.Routes))
    return known
      ? all.map((table) => (tables.includes(table.RouteTableId) ? routed(table) : table))
      : undefined
  })

  function routed(table: RouteTable): RouteTable {
    return { ...table, Routes: [...(table.Routes ?? []), gatewayRoute(list as string, endpointId)] }
  }
}

function settingsText({ privateDns, addRouteTableIds, policy }: EndpointPatch['settings']): string {
  return [
    ...(privateDns ? ['private DNS'] : []),
    ...(addRouteTableIds ? [`routes in ${addRouteTableIds.join(', ')}`] : []),
    ...(policy ? ['new policy'] : []),
  ].join(', ')
}
