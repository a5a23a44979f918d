/**
 * The blocks that are used, and Slack's limits. https://docs.slack.dev/reference/block-kit/blocks
 * In plain text and in code Slack knows no markup: only there stand names from AWS.
 */
import { escaped, inlineCode, packed } from '../mrkdwn.ts'

interface PlainText {
  readonly type: 'plain_text'
  readonly text: string
  readonly emoji: false
}

interface Mrkdwn {
  readonly type: 'mrkdwn'
  readonly text: string
  /** No links and mentions but those that are written as such. */
  readonly verbatim: true
}

export type Block =
  | { readonly type: 'header'; readonly text: PlainText }
  | { readonly type: 'section'; readonly text: PlainText | Mrkdwn }
  | { readonly type: 'section'; readonly fields: readonly Mrkdwn[] }

export const MAX_HEADER = 150
export const MAX_SECTION = 3000
const MAX_BLOCKS = 50
/** A field may have 2,000; a name of that length is no help. */
const MAX_FIELD = 300
/** All blocks of a message together. */
const MAX_CHARACTERS = 40_000

const plainText = (text: string): PlainText => ({ type: 'plain_text', text, emoji: false })
const mrkdwn = (text: string): Mrkdwn => ({ type: 'mrkdwn', text, verbatim: true })

export const header = (text: string): Block => ({
  type: 'header',
  text: plainText(escaped(text, MAX_HEADER)),
})

export const paragraph = (text: string): Block => ({
  type: 'section',
  text: plainText(escaped(text || ' ', MAX_SECTION)),
})

/** @param max characters per line */
export const lines = (texts: readonly string[], max: number): readonly Block[] =>
  packed(
    texts.map((text) => escaped(text, max)),
    MAX_SECTION,
  ).map((text) => ({ type: 'section', text: plainText(text) }))

/** @param text already escaped, and short enough */
export const markup = (text: string): Block => ({ type: 'section', text: mrkdwn(text) })

/** @param ours no name from AWS */
export const bold = (ours: string): Block => markup(`*${escaped(ours, MAX_FIELD)}*`)

export const code = (text: string): Block => markup(inlineCode(text, MAX_FIELD))

/** @param values at most ten */
export const fields = (values: Readonly<Record<string, string>>): Block => ({
  type: 'section',
  fields: Object.entries(values).map(([name, value]) => mrkdwn(`*${name}*\n${inlineCode(value, MAX_FIELD)}`)),
})

export const link = (text: string, url: string): string =>
  `<${escaped(url.replaceAll('|', '%7C'), MAX_SECTION / 3)}|${escaped(text, MAX_FIELD)}>`

/** The first blocks that fit, and a word about the others. */
export function limited(blocks: readonly Block[], note: string): readonly Block[] {
  let characters = 0
  const tooMany = blocks.findIndex((block, index) => {
    characters += JSON.stringify(block).length
    return index >= MAX_BLOCKS || characters > MAX_CHARACTERS
  })
  return tooMany < 0 ? blocks : [...blocks.slice(0, tooMany - 1), paragraph(note)]
}
