/**
 * What a stopped task's texts point at. AWS says that its texts are subject to change, so they are searched for many
 * wordings and never compared, the raw text always stays, and what no pattern knows is called so.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-tasks-error-messages-updates.html
 */
import type { Task } from '../../../snapshot/types.ts'
import { factsOf, type StopFacts } from './facts.ts'
import { categoryIn, normalise } from './normalise.ts'
import type { Aim, Category, StopPattern } from './pattern.ts'
import { stopPatterns } from './patterns/index.ts'

export type StopTexts = Pick<Task, 'stopCode' | 'stoppedReason' | 'containers'>

/** Whose text it is. */
export type StopSource =
  | { readonly kind: 'task'; readonly stopCode: string | undefined }
  | { readonly kind: 'container'; readonly name: string; readonly exitCode: number | undefined }
  /** A service event, or any other text. */
  | { readonly kind: 'other' }

interface Said {
  readonly source: StopSource
  /** AWS's own words, unchanged. */
  readonly text: string
  readonly facts: StopFacts
}

export interface Recognised extends Said {
  readonly kind: 'recognised'
  /** Of the pattern. */
  readonly id: string
  readonly category: Category
  readonly aims: readonly Aim[]
}

interface Unrecognised extends Said {
  readonly kind: 'unrecognised'
  /** Where the text itself names one. */
  readonly category: Category | undefined
}

export type StopSaying = Recognised | Unrecognised

/** What says most first, what no pattern knows last. Empty where AWS gave no text. */
export function classifyStop({ stopCode, stoppedReason, containers = [] }: StopTexts): readonly StopSaying[] {
  const ofTask = textOf(stoppedReason, { kind: 'task', stopCode })
  const ofContainers = containers.flatMap(({ name = '', reason, exitCode }) =>
    textOf(reason, { kind: 'container', name, exitCode }),
  )
  return [...ofTask, ...ofContainers].sort((a, b) => rankOf(a) - rankOf(b))
}

const textOf = (text: string | undefined, source: StopSource): readonly StopSaying[] =>
  text === undefined || text.trim() === '' ? [] : classifyText(text, source)

/** @returns one saying per pattern that matches, or a single unrecognised one. */
export function classifyText(text: string, source: StopSource = { kind: 'other' }): readonly StopSaying[] {
  const whole = normalise(text.slice(0, LONGEST))
  const plain = whole.replace(/\s*(?:\.{3,}|\u2026)$/, '')
  const facts = factsOf(
    plain,
    plain !== whole || text.length > LONGEST || LENGTHS_OF_CUT.includes(text.length),
  )
  const category = categoryIn(plain)
  const found = stopPatterns.filter((pattern) => knows(pattern, plain, category))
  if (found.length === 0) return [{ kind: 'unrecognised', source, text, facts, category }]
  return found.map((pattern) => recognised(pattern, { source, text, facts }, category))
}

/** Four times what AWS gives. */
const LONGEST = 4096

/** Where AWS and Docker cut reasons without a mark. */
const LENGTHS_OF_CUT = [255, 1024]

const knows = ({ text, only }: StopPattern, plain: string, category: Category | undefined): boolean =>
  text.test(plain) && (!only || (category !== undefined && only.includes(category)))

const recognised = (pattern: StopPattern, said: Said, category: Category | undefined): Recognised => ({
  kind: 'recognised',
  id: pattern.id,
  category: category ?? pattern.category,
  aims: aimsOf(pattern, said.facts),
  ...said,
  facts: { ...(pattern.service !== undefined && { service: pattern.service }), ...said.facts },
})

/** An answer that refuses proves the path; without one, words of the network decide. */
function aimsOf({ aims }: StopPattern, { refused, network }: StopFacts): readonly Aim[] {
  if (refused && aims.includes('authorization')) return ['authorization']
  return network && !refused && aims.includes('network') ? ['network'] : aims
}

const rankOf = (saying: StopSaying): number =>
  saying.kind === 'unrecognised' ? stopPatterns.length : stopPatterns.findIndex(({ id }) => id === saying.id)
