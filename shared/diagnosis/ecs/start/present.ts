/** A cause of a failing start that is not on its paths. */
import type { Confidence, Evidence } from '../../../findings/finding.ts'
import type { Component } from '../../../reachability/result.ts'
import type { Fix } from '../../fix.ts'
import type { Judgement } from '../../judgement.ts'
import { startEvidenceOf } from './evidence.ts'
import type { StartFacts } from './facts.ts'
import type { FailedStart, StartTrouble } from './trouble.ts'
import { definitionComponent } from './words.ts'

interface Story {
  readonly confidence: Confidence
  readonly title: string
  /** @default the task definition */
  readonly component?: Component
  /** Failed starts whose words speak of it; where none do, those of the newest are quoted. */
  readonly told: readonly FailedStart[]
  readonly evidence: readonly Evidence[]
  readonly fixes?: readonly Fix[]
}

export const presentStart = (
  facts: StartFacts,
  { confidence, title, component, told, evidence, fixes = [] }: Story,
): Judgement => ({
  kind: 'present',
  confidence,
  title,
  component: component ?? definitionComponent(facts),
  evidence: [...startEvidenceOf(told.length > 0 ? told : facts.trouble.failed), ...evidence],
  targets: [],
  fixes,
})

/** What AWS's configuration shows: proven where ECS says the same, or nothing else. */
export const shown = (trouble: StartTrouble, told: readonly FailedStart[]): 'proven' | 'likely' =>
  told.length > 0 || trouble.silent ? 'proven' : 'likely'

/** Several of one kind. */
export const eachOrAbsent = (
  found: readonly Judgement[],
  otherwise: readonly Judgement[],
): readonly Judgement[] => (found.length > 0 ? found : otherwise)
