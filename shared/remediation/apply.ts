/** A network with patches applied, its snapshot with them; what they do not touch is shared with the old one. */
import type { Patch } from '../diagnosis/fix.ts'
import type { Network } from '../network/network.ts'
import { withSnapshot } from '../network/patch.ts'
import type { Snapshot } from '../snapshot/types.ts'
import { applyPatch } from './patches/index.ts'

/** @returns undefined when the snapshot does not hold what one of them is to change: nothing can be verified then */
export function applyPatches(network: Network, patches: readonly Patch[]): Network | undefined {
  const snapshot = patches.reduce<Snapshot | undefined>(
    (made, patch) => made && applyPatch(made, patch),
    network.snapshot,
  )
  return snapshot && withSnapshot(network, snapshot)
}
