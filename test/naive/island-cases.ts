import { transitAcls, transitIpv6, transitReferences, transitRouting } from './ferry-cases.ts'
import type { IslandCase } from './island-case.ts'
import { egressOnly, gatewayEndpoints } from './outlet-cases.ts'
import { centralEgress, natWithinVpc, privateNat } from './translation-cases.ts'

/** All packets through the archipelago, by what they are about. */
export const islandCases: Readonly<Record<string, readonly IslandCase[]>> = {
  'transit gateways': transitRouting,
  'network ACLs around transit gateways': transitAcls,
  'references across transit gateways': transitReferences,
  'IPv6 between VPCs': transitIpv6,
  'central egress': centralEgress,
  'NAT gateways to other VPCs': privateNat,
  'NAT gateways within a VPC': natWithinVpc,
  'gateway endpoints': gatewayEndpoints,
  'egress-only internet gateways': egressOnly,
}
