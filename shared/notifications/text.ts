/** A message as text for people, about 100 columns wide; commands stay on one line, so that they can be pasted. */
import { wrap } from '../render/plain-text.ts'
import type { Content, Facts, FixSection, Link, ListSection, Section } from './content.ts'
import type { Digest } from './digest.ts'
import { digestContent } from './digest-content.ts'
import type { Message } from './message.ts'
import { messageContent } from './message-content.ts'

const WIDTH = 100

type Lines = readonly string[]

export const messageText = (message: Message): string => contentText(messageContent(message))
export const digestText = (digest: Digest): string => contentText(digestContent(digest))

const contentText = (content: Content): string =>
  [title(content), ...(content.over ? [] : content.sections.map(sectionLines))]
    .map((block) => block.join('\n'))
    .join('\n\n')

function title({ label, mark, headline, facts, links }: Content): Lines {
  const banner = ` ${label} `
  return [
    `━━${banner}${'━'.repeat(WIDTH - banner.length - 2)}`,
    ...marked(mark, headline),
    ...(facts ? factLines(facts) : []),
    ...links.map(linkLine),
  ]
}

const factLines = ({ cause, component, when, account, region, finding }: Facts): Lines => [
  ...indented(`${cause} in ${component}`),
  ...indented(when),
  ...indented(`account ${account} · ${region} · finding ${finding}`),
]

const linkLine = ({ text, url }: Link): string => `  ${text}: ${url}`

const sectionLines = (section: Section): Lines => [section.title, ...bodyLines(section)]

function bodyLines(section: Section): Lines {
  if (section.layout === 'list') return listLines(section)
  if (section.layout === 'fix') return fixLines(section)
  return section.lines(WIDTH - 2).map((line) => `  ${line}`)
}

const listLines = ({ items, more }: ListSection): Lines => [
  ...items.flatMap(({ mark, text }) => (mark ? marked(`  ${mark}`, text) : indented(text, '    '))),
  ...(more > 0 ? [`  … and ${more} more`] : []),
]

const fixLines = ({ goal, steps, opens }: FixSection): Lines => [
  ...indented(goal),
  ...steps.flatMap(({ text, commands }) => [
    ...indented(text, '     '),
    ...commands.flatMap((command) => command.split('\n').map((line) => `     ${line}`)),
  ]),
  ...indented(opens, '    '),
]

function marked(mark: string, text: string): Lines {
  const [first = '', ...rest] = wrap(text, WIDTH - mark.length - 1)
  return [`${mark} ${first}`, ...rest.map((line) => ' '.repeat(mark.length + 1) + line)]
}

function indented(text: string, hanging = '  '): Lines {
  const [first = '', ...rest] = wrap(text, WIDTH - hanging.length)
  return [`  ${first}`, ...rest.map((line) => hanging + line)]
}
