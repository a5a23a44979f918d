/** What arrives: EventBridge events, parsed to triggers. */
export { parseTrigger } from './parse-trigger.ts'
export type { Trigger } from './trigger.ts'
export { triggerSelection } from './trigger-selection.ts'
