/** All patterns; among those that match, the earlier one says more. */
import type { StopPattern } from '../pattern.ts'
import { logPatterns } from './logs.ts'
import { placementPatterns } from './placement.ts'
import { pullPatterns } from './pull.ts'
import { runtimePatterns } from './runtime.ts'
import { eventPatterns, schedulerPatterns } from './scheduler.ts'
import { secretPatterns } from './secrets.ts'
import { volumePatterns } from './volumes.ts'

export const stopPatterns: readonly StopPattern[] = [
  ...runtimePatterns,
  ...logPatterns,
  ...volumePatterns,
  ...pullPatterns,
  ...secretPatterns,
  ...placementPatterns,
  ...schedulerPatterns,
  ...eventPatterns,
]
