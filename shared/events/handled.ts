/** The port of what was handled already: EventBridge and SQS deliver at least once. */
export interface HandledEvents {
  readonly has: (key: string) => Promise<boolean>
  readonly add: (key: string) => Promise<void>
}
