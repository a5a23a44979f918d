/** What the catalogue says of a cause to people: `hca causes show`, docs/causes.md. */
export interface About {
  /** What decides it, by AWS's operations and fields. */
  readonly evidence: string
  /** What ends it. */
  readonly fix: string
  /** What looks like it and is not. */
  readonly traps: readonly string[]
  /** The AWS page that the rule follows. */
  readonly documentation: string
}
