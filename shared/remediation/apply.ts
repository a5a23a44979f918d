/** A network with patches applied, its snapshot with them; what they do not touch is shared with the old one. */
import type { Patch } from '../diagnosis/fix.ts'
import type { Network } from '../network/network.ts'
import { withSnapshot } from '../network/patch.ts'
import { remembered } from '../network/remembered.ts'
import type { Snapshot } from '../snapshot/types.ts'
import { applyPatch } from './patches/index.ts'

/** @returns undefined when the snapshot does not hold what one of them is to change: nothing can be verified then */
export const applyPatches = (network: Network, patches: readonly Patch[]): Network | undefined =>
  patches.reduce((stage, patch) => stage.after(patch), unpatched(network)).network()

interface Stage {
  readonly network: () => Network | undefined
  readonly after: (patch: Patch) => Stage
}

/**
 * A cure is verified, and then told what it opens; cures of one incident begin alike. Kept by the patch objects
 * themselves, which last no longer than their incident.
 */
const unpatched = remembered((network: Network) => stageOf(network, network.snapshot))

function stageOf(before: Network, snapshot: Snapshot | undefined): Stage {
  const networks = remembered((made: Snapshot) => withSnapshot(before, made))
  return {
    network: () => snapshot && networks(snapshot),
    after: remembered((patch) => stageOf(before, snapshot && applyPatch(snapshot, patch))),
  }
}
