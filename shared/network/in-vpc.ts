/** What stands in a VPC, among all that the snapshot holds; in the snapshot's order. */
import { grouped } from './grouped.ts'
import type { Endpoint, Network } from './network.ts'
import { remembered } from './remembered.ts'
import type { CompiledGroup } from './security-groups.ts'

type VpcId = string | undefined

export const endpointsIn = ({ vpcEndpoints }: Network, vpcId: VpcId): readonly Endpoint[] =>
  endpointsByVpc(vpcEndpoints).get(vpcId) ?? []

export const groupsIn = ({ groups }: Network, vpcId: VpcId): readonly CompiledGroup[] =>
  groupsByVpc(groups).get(vpcId) ?? []

const endpointsByVpc = remembered((endpoints: Network['vpcEndpoints']) =>
  grouped([...endpoints.values()], ({ VpcId }) => [VpcId]),
)

const groupsByVpc = remembered((groups: Network['groups']) => grouped(groups, ({ vpcId }) => [vpcId]))
