import type { Message } from './message.ts'
import { otherMessages } from './other-messages.ts'
import { pullMessages } from './pull-messages.ts'
import { startMessages } from './start-messages.ts'

export const messages: readonly Message[] = [...pullMessages, ...startMessages, ...otherMessages]
