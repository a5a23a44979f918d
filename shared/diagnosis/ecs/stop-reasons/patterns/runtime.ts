/**
 * Containers that were made and did not live.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
import { OUT_OF_MEMORY } from '../../containers.ts'
import type { StopPattern } from '../pattern.ts'

export const runtimePatterns: readonly StopPattern[] = [
  { id: 'out-of-memory', category: 'OutOfMemoryError', aims: ['memory'], text: OUT_OF_MEMORY },
  {
    id: 'exec-format',
    category: 'CannotStartContainerError',
    aims: ['architecture'],
    text: /exec format error/i,
  },
  {
    id: 'command-not-found',
    category: 'CannotStartContainerError',
    aims: ['command'],
    text: /executable file not found in \$path|exec: "[^"]*": (?:stat|permission denied|no such file)|unable to start container process/i,
  },
  {
    id: 'container-status',
    category: 'CannotStartContainerError',
    aims: ['memory'],
    text: /failed to get container status/i,
  },
  {
    id: 'runtime-timeout',
    category: 'ContainerRuntimeTimeoutError',
    aims: ['application', 'disk', 'memory'],
    text: /could not transition to \w+; timed out/i,
  },
]
