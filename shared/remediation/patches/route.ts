import type { Route, RouteTable } from '../../snapshot/types.ts'
import { aws } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { named, nameTag } from '../render/names.ts'
import { label, terraform } from '../render/terraform.ts'
import { counted, inSubnets } from '../words.ts'
import { changeById, changeListed, changeOne } from './change.ts'
import type { PatchContext, PatchKind, PatchOf } from './kind.ts'
import { destinationOf, fieldsOf, targetOf } from './route-fields.ts'

type RoutePatch = PatchOf<'route'>

export const route: PatchKind<RoutePatch> = {
  apply: (scope, patch) =>
    changeListed(scope, 'ec2:DescribeRouteTables', 'RouteTables', (tables) =>
      changeById(tables, 'RouteTableId', patch.routeTableId, (table) => withRoute(table, patch)),
    ),

  step({ routeTableId, route: given, replaces }, context) {
    const name = nameTag(tableOf(routeTableId, context)?.Tags)
    const names = [name ?? routeTableId, 'to', destinationOf(given) ?? '']
    const parts = fieldsOf(given)
    const values = Object.fromEntries(parts.map(({ terraform: argument, value }) => [argument, value]))
    return {
      title: `${replaces ? 'Replace the route' : 'Add a route'} in ${named(routeTableId, name)}: ${destinationOf(given)} through ${targetOf(given)}`,
      cli: [
        aws('ec2', replaces ? 'replace-route' : 'create-route', context.scope.region, {
          'route-table-id': routeTableId,
          ...Object.fromEntries(parts.map(({ cli, value }) => [cli, value])),
        }),
      ],
      cloudformation: cloudformation(
        {
          [logicalId(...names)]: {
            Type: 'AWS::EC2::Route',
            Properties: {
              RouteTableId: routeTableId,
              ...Object.fromEntries(parts.map(({ property, value }) => [property, value])),
            },
          },
        },
        replaces ? 'Change the resource of the route that exists' : undefined,
      ),
      terraform: terraform(
        'aws_route',
        label(...names),
        { values: { route_table_id: routeTableId, ...values } },
        replaces
          ? 'Change the resource of the route that exists'
          : 'If the routes stand inside the route table, write it there instead',
      ),
    }
  },

  opens({ routeTableId, route: given }, context) {
    const subnets = [...context.network.subnets.values()].filter(
      (subnet) => context.network.routeTables[subnet.routeTable]?.id === routeTableId,
    )
    const interfaces = inSubnets(
      context.network,
      subnets.map(({ id }) => id),
    )
    const name = nameTag(tableOf(routeTableId, context)?.Tags)
    return `${destinationOf(given)} through ${targetOf(given)} from the ${subnets.length} subnet${subnets.length === 1 ? '' : 's'} of ${named(routeTableId, name)} with ${counted(context.network, interfaces)}, as far as security groups admit it`
  },
}

/** @returns undefined where AWS would refuse: nothing to replace, or a destination that has a route already */
function withRoute(table: RouteTable, { route: given, replaces }: RoutePatch): RouteTable | undefined {
  const { Routes } = table
  const made: Route = { State: 'active', Origin: 'CreateRoute', ...given }
  const sameDestination = (other: Route) => destinationOf(other) === destinationOf(given)
  if (replaces) {
    const changed = changeOne(Routes, sameDestination, () => made)
    return changed && { ...table, Routes: changed }
  }
  return !Routes || Routes.some(sameDestination) ? undefined : { ...table, Routes: [...Routes, made] }
}

const tableOf = (routeTableId: string, { scope }: PatchContext): RouteTable | undefined =>
  scope.responses['ec2:DescribeRouteTables']?.RouteTables?.find(
    (table) => table.RouteTableId === routeTableId,
  )
