/** A message as Block Kit blocks. */
import type { Content, Facts, FixSection, ListSection, Section } from '../content.ts'
import { codeBlocks, escaped } from '../mrkdwn.ts'
import {
  type Block,
  bold,
  code,
  fields,
  header,
  limited,
  lines,
  link,
  MAX_HEADER,
  MAX_SECTION,
  markup,
  paragraph,
} from './block-kit.ts'

const MAX_ITEM = 600
/** Columns of a drawing. */
const WIDTH = 84
const REST = 'cut: longer than Slack allows; hca findings show has the rest'

/** The whole message. */
export const fullBlocks = (content: Content): readonly Block[] =>
  limited(
    [
      header(titleOf(content)),
      ...(titleOf(content).length > MAX_HEADER ? [paragraph(content.headline)] : []),
      ...factBlocks(content.facts),
      ...content.sections.flatMap(sectionBlocks),
      ...linkBlocks(content),
    ],
    `… (${REST})`,
  )

/** What happened, for a reply under the whole message. */
export const briefBlocks = (content: Content): readonly Block[] => [
  paragraph(titleOf(content)),
  ...(content.facts ? [code(content.facts.when)] : []),
]

/** What a phone shows before the message is opened. */
export const summaryText = (content: Content): string => escaped(titleOf(content), MAX_SECTION)

const titleOf = ({ mark, label, headline }: Content): string => `${mark} ${label}: ${headline}`

const factBlocks = (facts: Facts | undefined): readonly Block[] =>
  facts
    ? [
        fields({
          Cause: facts.cause,
          Component: facts.component,
          When: facts.when,
          Account: facts.account,
          Region: facts.region,
          Finding: facts.finding,
        }),
      ]
    : []

const sectionBlocks = (section: Section): readonly Block[] => [bold(section.title), ...bodyOf(section)]

function bodyOf(section: Section): readonly Block[] {
  if (section.layout === 'list') return listBlocks(section)
  if (section.layout === 'fix') return fixBlocks(section)
  return fenced(section.lines(WIDTH))
}

const listBlocks = ({ items, more }: ListSection): readonly Block[] =>
  lines(
    [...items.map(({ mark = '•', text }) => `${mark} ${text}`), ...(more > 0 ? [`… and ${more} more`] : [])],
    MAX_ITEM,
  )

const fixBlocks = ({ goal, steps, opens }: FixSection): readonly Block[] => [
  paragraph(goal),
  ...steps.flatMap(({ text, commands }) => [paragraph(text), ...fenced(commands)]),
  paragraph(opens),
]

/** @param texts lines or whole commands: none is broken */
const fenced = (texts: readonly string[]): readonly Block[] =>
  codeBlocks(texts, MAX_SECTION, `# ${REST}`).map(markup)

const linkBlocks = ({ links }: Content): readonly Block[] =>
  links.length === 0 ? [] : [markup(links.map(({ text, url }) => link(text, url)).join('  ·  '))]
