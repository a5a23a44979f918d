/** What a rule says of its cause in one incident. */
import type { Confidence, Evidence } from '../findings/finding.ts'
import type { Component } from '../reachability/result.ts'
import type { CauseClass, CauseCode } from './causes.ts'
import type { Fix } from './fix.ts'
import type { Incident, TargetFacts } from './incident.ts'

export interface Present {
  readonly kind: 'present'
  readonly confidence: Confidence
  /** Seen for certain whatever else is not known, and only likely because nothing has failed of it yet. */
  readonly seen?: boolean
  /** One line a person understands, naming the resources. */
  readonly title: string
  readonly component: Component
  readonly awsExplanationCode?: string
  readonly evidence: readonly Evidence[]
  /** The targets it explains; none when it is about the group or service as a whole. */
  readonly targets: readonly TargetFacts[]
  /** True where it explains failures now and then, or of one zone only. */
  readonly partial?: boolean
  /** Alternatives, the one that opens least first. */
  readonly fixes: readonly Fix[]
}

export type Judgement =
  | Present
  | { readonly kind: 'absent'; readonly because: string }
  | { readonly kind: 'unknown'; readonly missing: string; readonly because: string }

/**
 * One short file per cause. `judge` gets the targets for which AWS's reason code leaves the cause possible
 * (see reasons.ts) and answers with every instance of it, with why it is ruled out, or with what is missing.
 * An empty answer means that the cause does not apply here and need not be mentioned.
 */
export interface CauseRule {
  readonly code: CauseCode
  /** With which causes it is asked and ranked. @default the class of its code */
  readonly class?: CauseClass
  readonly judge: (incident: Incident, suspects: readonly TargetFacts[]) => readonly Judgement[]
}

export const absent = (because: string): readonly Judgement[] => [{ kind: 'absent', because }]

export const notKnown = (missing: {
  readonly missing: string
  readonly because: string
}): readonly Judgement[] => [{ kind: 'unknown', ...missing }]
