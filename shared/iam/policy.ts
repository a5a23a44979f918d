/** A policy document as the evaluator reads it. */

/** Where the document came from: evidence names it. */
export interface PolicyOrigin {
  /** `iam:GetRolePolicy` */
  readonly operation: string
  /** `oven-execution/read-secrets`, a policy ARN, an endpoint id */
  readonly resource: string
}

export interface Policy {
  readonly origin: PolicyOrigin
  readonly statements: readonly Statement[]
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny'
  readonly actions: Patterns
  /** Absent in trust policies: the role itself. */
  readonly resources: Patterns | undefined
  /** Absent in identity policies: whoever they are attached to. */
  readonly principals: Principals | undefined
  readonly conditions: readonly Condition[]
  /** False in documents of version 2008-10-17, where `${...}` is ordinary text. */
  readonly variables: boolean
  /** From 0, its place in the document. */
  readonly index: number
  /** The statement as AWS gave it. */
  readonly text: unknown
}

/** `except` for NotAction, NotResource: everything but these. */
export interface Patterns {
  readonly except: boolean
  readonly patterns: readonly string[]
}

export interface Principals {
  readonly except: boolean
  readonly named: readonly NamedPrincipal[]
}

export interface NamedPrincipal {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser` */
  readonly type: string
  readonly id: string
}

export interface Condition {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
}
