/** Who did what, as CloudTrail recorded it. */
export interface Change {
  readonly eventId: string
  readonly eventName: string
  /** ISO 8601. */
  readonly at: string
  /** The ARN of who called, or what else CloudTrail tells of them. */
  readonly by: string
  readonly sourceAddress?: string | undefined
  readonly userAgent?: string | undefined
}
