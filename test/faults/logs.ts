/** What the functions log of events that they could not audit: dead letters themselves carry no reason. */

/** Powertools reads these when a function starts. */
export function captureReasons(): ReadonlyMap<string, string> {
  Object.assign(process.env, {
    POWERTOOLS_DEV: 'true',
    POWERTOOLS_LOG_LEVEL: 'ERROR',
    POWERTOOLS_METRICS_DISABLED: 'true',
  })
  const reasons = new Map<string, string>()
  console.log = () => {}
  console.warn = () => {}
  console.error = (line: unknown) => {
    const { messageId, error } = JSON.parse(String(line)) as {
      readonly messageId?: string
      readonly error?: { readonly message?: string }
    }
    if (messageId !== undefined) reasons.set(messageId, error?.message ?? '')
  }
  return reasons
}
