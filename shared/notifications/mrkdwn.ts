/**
 * Text for Slack's markup. `&`, `<` and `>` are escaped, so that nothing becomes a mention or a link; what code
 * would end with (backticks) is replaced; a cut never goes through an escape.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** @param max characters after escaping, which is what Slack counts */
export function escaped(text: string, max: number): string {
  let result = ''
  let cutAt = 0
  for (const character of text) {
    const next = ESCAPES[character] ?? character
    if (result.length + next.length > max) return `${result.slice(0, cutAt)}…`
    result += next
    if (result.length < max) cutAt = result.length
  }
  return result
}

/** One line in fixed width: inside, nothing is markup. */
export const inlineCode = (text: string, max: number): string =>
  `\`${escaped(text.replaceAll('`', "'") || ' ', max - 2)}\``

const FENCE = '```'
/** Three backticks would end the block; fewer are part of many commands (JMESPath). */
const unfenced = (text: string): string => text.replaceAll(FENCE, "'''")

/**
 * Lines in fixed width, in as many blocks as it takes.
 * @param tooLong what stands for a line that does not fit into one block: half a command must not be pasted
 */
export function codeBlocks(lines: readonly string[], max: number, tooLong: string): readonly string[] {
  const room = max - 2 * (FENCE.length + 1)
  const shown = lines.map((line) => {
    const whole = escaped(unfenced(line), Number.POSITIVE_INFINITY)
    return whole.length <= room ? whole : escaped(tooLong, room)
  })
  return packed(shown, room).map((text) => `${FENCE}\n${text}\n${FENCE}`)
}

/**
 * Lines joined to texts of at most `max` characters.
 * @param lines none longer than `max`
 */
export function packed(lines: readonly string[], max: number): readonly string[] {
  const texts: string[] = []
  let text: string | undefined
  for (const line of lines) {
    const longer: string = text === undefined ? line : `${text}\n${line}`
    if (text !== undefined && longer.length > max) {
      texts.push(text)
      text = line
    } else text = longer
  }
  return text === undefined ? texts : [...texts, text]
}
