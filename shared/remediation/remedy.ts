/** What fixes it: complete cures, the one that opens least first, each verified by a second analysis. */
import type { Diagnosis } from '../diagnosis/diagnose.ts'
import type { Fix, Patch } from '../diagnosis/fix.ts'
import type { Incident } from '../diagnosis/incident.ts'
import { isMoot, type RankedCause } from '../diagnosis/ranking.ts'
import type { Remediation, RemediationStep } from '../findings/finding.ts'
import type { Network } from '../network/network.ts'
import type { Snapshot } from '../snapshot/types.ts'
import { applyPatches } from './apply.ts'
import { canonical, distinctFixes } from './distinct.ts'
import { newPairs } from './new-pairs.ts'
import { applyPatch, opensOf, scopeOf, stepOf } from './patches/index.ts'
import type { PatchContext } from './patches/kind.ts'
import { numbered } from './rule-numbers.ts'

/** The analysis run again on a patched network: whether the subject comes out without a configuration cause. */
export type Verify = (patched: Network) => boolean

/**
 * One entry per alternative of the root cause, joined with the first fix of every other cause that must go.
 * What a joined cure turns out not to need is left out of it.
 */
export function remediate(
  incident: Incident,
  { causes }: Pick<Diagnosis, 'causes'>,
  verify: Verify,
): readonly Remediation[] {
  const [root, ...others] = causes
  const also = others
    .filter((cause) => mustGo(cause) && !isMoot(cause, causes))
    .flatMap(({ fixes }) => fixes.slice(0, 1))
  const cures = (root?.fixes ?? []).map((fix) => cureOf(incident, [fix, ...also], verify))
  return [...new Map(cures.map((cure) => [canonical(cure.steps), cure])).values()]
}

/** Blind spots and what concerns only clients, or only what tasks call, stay: checks pass without. */
const mustGo = (cause: RankedCause): boolean =>
  cause.confidence !== 'possible' && !['blind-spot', 'upstream', 'calls'].includes(cause.class)

/**
 * Other causes that follow from the root cause go with it: their fixes are left out where the analysis shows
 * that they are not needed. It cannot show that of a fix that lies outside configuration.
 */
function cureOf(incident: Incident, fixes: readonly Fix[], verify: Verify): Remediation {
  const joined = numberedFixes(incident, distinctFixes(fixes))
  const verified = (some: readonly Fix[]) => isVerified(incident, some, verify)
  const [root, ...others] = joined
  if (root && others.length > 0 && others.every(isShown) && verified([root]))
    return render(incident, [root], true)
  if (!verified(joined)) return render(incident, joined, false)
  const needed = others.reduce((kept, candidate) => {
    const without = kept.filter((fix) => fix !== candidate)
    return verified(without) ? without : kept
  }, joined)
  return render(incident, needed, true)
}

/** Entries of network ACLs get their final numbers over all fixes together. */
function numberedFixes({ network }: Incident, fixes: readonly Fix[]): readonly Fix[] {
  const patches = [...numbered(network.snapshot, patchesOf(fixes))]
  return fixes.map((fix) => ({ ...fix, patches: patches.splice(0, fix.patches.length) }))
}

const patchesOf = (fixes: readonly Fix[]): readonly Patch[] => fixes.flatMap(({ patches }) => patches)

/** Commands that no patch expresses cannot be applied to a snapshot, so they cannot be verified either. */
const isShown = ({ verifiable, manual }: Fix): boolean => verifiable && !manual

function isVerified({ network }: Incident, fixes: readonly Fix[], verify: Verify): boolean {
  if (!fixes.every(isShown)) return false
  const patched = applyPatches(network, patchesOf(fixes))
  return patched !== undefined && verify(patched)
}

function render(incident: Incident, fixes: readonly Fix[], verified: boolean): Remediation {
  const contexts = contextsOf(incident, patchesOf(fixes))
  const stepsOf = (fix: Fix): readonly RemediationStep[] => [
    ...fix.patches.map((patch) => stepIn(incident, patch, contexts.get(patch) as PatchContext)),
    ...(fix.manual ? [{ title: fix.title, ...fix.manual }] : []),
  ]
  return {
    title: fixes.map(({ title }) => title).join('; '),
    steps: fixes.flatMap(stepsOf),
    opens: opensText(incident, fixes, contexts),
    verified,
  }
}

/** Each patch sees the earlier ones applied: priorities, lists of subnets and revisions go on from there. */
function contextsOf(
  { network, scope }: Incident,
  patches: readonly Patch[],
): ReadonlyMap<Patch, PatchContext> {
  const contexts = new Map<Patch, PatchContext>()
  let snapshot: Snapshot = network.snapshot
  patches.forEach((patch, index) => {
    const home = snapshot.scopes.find(
      ({ accountId, region }) => accountId === scope.accountId && region === scope.region,
    )
    const place = scopeOf(snapshot, patch) ?? home ?? scope
    contexts.set(patch, { scope: place, network, earlier: patches.slice(0, index) })
    snapshot = applyPatch(snapshot, patch) ?? snapshot
  })
  return contexts
}

/** A change in another account needs that account's credentials. */
function stepIn({ scope: home }: Incident, patch: Patch, context: PatchContext): RemediationStep {
  const step = stepOf(patch, context)
  const elsewhere = context.scope.accountId !== home.accountId
  return elsewhere ? { ...step, title: `${step.title} (in account ${context.scope.accountId})` } : step
}

function opensText(
  { network }: Incident,
  fixes: readonly Fix[],
  contexts: ReadonlyMap<Patch, PatchContext>,
): string {
  const patches = patchesOf(fixes)
  const words = patches.flatMap((patch) => opensOf(patch, contexts.get(patch) as PatchContext) ?? [])
  const manual = fixes.some((fix) => fix.manual)
    ? ['what the commands without a patch open was not analysed']
    : []
  const all = [...new Set([...words, ...manual])]
  if (all.length === 0) return 'nothing new becomes reachable'
  const patched = applyPatches(network, patches)
  const pairs = patched && newPairs(network, patched, patches)
  return [...all, ...(pairs === undefined ? [] : [pairsText(pairs)])].join('; ')
}

const pairsText = (pairs: number): string =>
  pairs === 0
    ? 'no two interfaces connect that could not before'
    : `${pairs} ${pairs === 1 ? 'pair' : 'pairs'} of interfaces can connect that could not before`
