/** What we tell people and remember (contract, "hca audit --output json"). */
import type { Component, Explanation, MissingKnowledge } from '../reachability/result.ts'

export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const
export type Severity = (typeof severities)[number]

/** `proven`: configuration (with AWS's own reason code) leaves no other explanation. */
export type Confidence = 'proven' | 'likely' | 'possible'

export type SubjectKind = 'target-group' | 'ecs-service' | 'ecs-task' | 'load-balancer'

export interface Subject {
  readonly kind: SubjectKind
  readonly arn: string
  readonly name: string
  readonly accountId: string
  readonly region: string
}

/** A registered target as ELBv2 reports it. */
export interface FindingTarget {
  readonly id: string
  readonly port?: number
  readonly availabilityZone?: string
  readonly state: string
  readonly reason?: string
  readonly description?: string
}

/** One observation of AWS that supports a cause: operation, resource, field, what it holds, what it should. */
export interface Evidence {
  readonly operation: string
  readonly resource: string
  readonly field: string
  readonly observed: unknown
  readonly expected: string
}

export interface Cause {
  readonly code: string
  readonly confidence: Confidence
  /** One line a person understands. */
  readonly title: string
  readonly component: Component
  readonly awsExplanationCode?: string
  readonly evidence: readonly Evidence[]
}

export interface RuledOut {
  readonly code: string
  readonly because: string
}

export interface UnknownCause extends MissingKnowledge {
  readonly code: string
}

export interface RemediationStep {
  readonly title: string
  /** Commands that can be pasted, in order. */
  readonly cli: readonly string[]
  readonly cloudformation?: string
  readonly terraform?: string
}

/** A complete cure: all its steps together end the finding. */
export interface Remediation {
  readonly title: string
  readonly steps: readonly RemediationStep[]
  /** What becomes reachable that was not, in words. */
  readonly opens: string
  /** All steps were applied to the snapshot and the analysis run again came out clean. */
  readonly verified: boolean
}

export interface Finding {
  readonly id: string
  readonly subject: Subject
  readonly targets: readonly FindingTarget[]
  readonly severity: Severity
  readonly rootCause: Cause
  readonly otherCauses: readonly Cause[]
  readonly ruledOut: readonly RuledOut[]
  readonly unknown: readonly UnknownCause[]
  readonly paths: readonly Explanation[]
  readonly remediation: readonly Remediation[]
}

/** One subject that an audit looked at. Only a decided subject may resolve what was open for it. */
export interface AuditedSubject {
  readonly subject: Subject
  /** False when data was missing that could have shown a problem. */
  readonly decided: boolean
  /** Causes that data which was missing could have shown, beside what was decided: findings of them stay as they are. */
  readonly notRuledOut?: readonly string[]
}

export interface AuditResult {
  readonly findings: readonly Finding[]
  readonly audited: readonly AuditedSubject[]
}
