/** What every kind of patch answers for itself. */
import type { Patch } from '../../diagnosis/fix.ts'
import type { RemediationStep } from '../../findings/finding.ts'
import type { Network } from '../../network/network.ts'
import type { Scope } from '../../snapshot/types.ts'

export type PatchOf<K extends Patch['kind']> = Extract<Patch, { readonly kind: K }>

export interface PatchContext {
  /** The account and Region of the resource, with the earlier patches of the same cure applied. */
  readonly scope: Scope
  /** The network before the cure, in which people and interfaces are counted. */
  readonly network: Network
  /** The patches of the same cure that come before. */
  readonly earlier: readonly Patch[]
}

export interface PatchKind<P extends Patch> {
  /** The scope with the change in it; undefined when it does not hold what is to be changed. Shares the rest. */
  apply(scope: Scope, patch: P): Scope | undefined
  /** The change for people to make: AWS CLI, CloudFormation, Terraform. */
  step(patch: P, context: PatchContext): RemediationStep
  /** What becomes reachable that was not, in words; undefined when nothing does. */
  opens(patch: P, context: PatchContext): string | undefined
}
