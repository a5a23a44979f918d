/** The channel of the local system: the person at this terminal. */
import type { Severity } from '../../shared/findings/finding.ts'
import type { Channel } from '../../shared/notifications/channel.ts'
import type { Message } from '../../shared/notifications/message.ts'
import { messageText } from '../../shared/notifications/text.ts'
import { type Paint, painter, severityStyles } from '../render/paint.ts'

export const terminalChannel = (print: (text: string) => Promise<void>, colour: boolean): Channel => ({
  name: 'terminal',
  publish: async (message) => {
    await print(`${painted(message, painter(colour))}\n`)
    return undefined
  },
})

/** The text is the same without colour. */
const painted = (message: Message, paint: Paint): string => {
  const banner = message.over ? 'green' : severityStyles[message.severity satisfies Severity]
  const [first = '', ...rest] = messageText(message).split('\n')
  return [paint(banner, first), ...rest.map((line) => paintLine(line, paint))].join('\n')
}

function paintLine(line: string, paint: Paint): string {
  if (/^\s*✗|◀/.test(line)) return paint('red', line)
  if (/^\s*✓/.test(line)) return paint('green', line)
  return /^\S/.test(line) ? paint('bold', line) : line
}
