/** Every kind of patch, in one table. */
import type { Patch } from '../../diagnosis/fix.ts'
import type { RemediationStep } from '../../findings/finding.ts'
import { remembered } from '../../network/remembered.ts'
import type { Scope, Snapshot } from '../../snapshot/types.ts'
import { aliasHealth } from './alias-health.ts'
import { httpApiIntegration, restApiIntegration } from './api-integration.ts'
import { containerDefinition } from './container-definition.ts'
import type { PatchContext, PatchKind, PatchOf } from './kind.ts'
import { listenerRule } from './listener-rule.ts'
import { loadBalancerSubnets } from './load-balancer-subnets.ts'
import { logGroup } from './log-group.ts'
import { networkAclEntry } from './network-acl-entry.ts'
import { newVpcEndpoint } from './new-vpc-endpoint.ts'
import { openSearchEndpoint } from './open-search-endpoint.ts'
import { privateLinkEnforcement } from './private-link-enforcement.ts'
import { publicAccessExclusion } from './public-access-exclusion.ts'
import { rolePolicy } from './role-policy.ts'
import { route } from './route.ts'
import { securityGroupRule } from './security-group-rule.ts'
import { service } from './service.ts'
import { startInstances } from './start-instances.ts'
import { targetGroupAttribute } from './target-group-attribute.ts'
import { targetGroupSettings } from './target-group-settings.ts'
import { targets } from './targets.ts'
import { vpcAttribute } from './vpc-attribute.ts'
import { vpcEndpoint } from './vpc-endpoint.ts'

const kinds: { readonly [K in Patch['kind']]: PatchKind<PatchOf<K>> } = {
  'security-group-rule': securityGroupRule,
  'network-acl-entry': networkAclEntry,
  route,
  'target-group-settings': targetGroupSettings,
  'target-group-attribute': targetGroupAttribute,
  'listener-rule': listenerRule,
  'load-balancer-subnets': loadBalancerSubnets,
  targets,
  service,
  'container-definition': containerDefinition,
  'start-instances': startInstances,
  'private-link-enforcement': privateLinkEnforcement,
  'rest-api-integration': restApiIntegration,
  'http-api-integration': httpApiIntegration,
  'alias-health': aliasHealth,
  'public-access-exclusion': publicAccessExclusion,
  'vpc-endpoint': vpcEndpoint,
  'new-vpc-endpoint': newVpcEndpoint,
  'open-search-endpoint': openSearchEndpoint,
  'vpc-attribute': vpcAttribute,
  'role-policy': rolePolicy,
  'log-group': logGroup,
}

const kindOf = ({ kind }: Patch): PatchKind<Patch> => kinds[kind] as PatchKind<Patch>

/** By patch and scope: a patch is tried, told and counted, and its resource is searched for once. */
const appliedTo = remembered((patch: Patch) =>
  remembered((scope: Scope) => kindOf(patch).apply(scope, patch)),
)

/**
 * The snapshot after the patch, in the account and Region that holds the resource; nothing is changed in place.
 * @returns undefined when the snapshot does not hold what is to be changed, so that nothing can be verified
 */
export function applyPatch(snapshot: Snapshot, patch: Patch): Snapshot | undefined {
  for (const [index, scope] of snapshot.scopes.entries()) {
    const changed = appliedTo(patch)(scope)
    if (changed) return { ...snapshot, scopes: snapshot.scopes.with(index, changed) }
  }
  return undefined
}

/** The account and Region in which the patch applies. */
export const scopeOf = (snapshot: Snapshot, patch: Patch): Scope | undefined =>
  snapshot.scopes.find(appliedTo(patch))

export const stepOf = (patch: Patch, context: PatchContext): RemediationStep =>
  kindOf(patch).step(patch, context)

export const opensOf = (patch: Patch, context: PatchContext): string | undefined =>
  kindOf(patch).opens(patch, context)
