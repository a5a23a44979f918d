/** Every wording that is known gives what it says, and loses nothing that matters when it is cut or wrapped. */
import { describe, expect, it } from 'vitest'
import {
  classifyText,
  type Recognised,
  type StopSaying,
} from '../../../../shared/diagnosis/ecs/stop-reasons/classify.ts'
import { stopPatterns } from '../../../../shared/diagnosis/ecs/stop-reasons/patterns/index.ts'
import { messages } from './messages.ts'

const LONG = 50
const STEP = 7

const short = (text: string) => (text.length > 120 ? `${text.slice(0, 117)}...` : text)

const isRecognised = (saying: StopSaying): saying is Recognised => saying.kind === 'recognised'

describe('what AWS writes', () => {
  it.each(messages.map((message) => [short(message.text), message] as const))('%s', (_, message) => {
    const [best] = classifyText(message.text)
    expect(best).toMatchObject({ kind: 'recognised', id: message.id, text: message.text })
    expect(best && isRecognised(best) && best.aims).toEqual(message.aims)
    expect(best?.facts).toMatchObject(message.facts ?? {})
  })

  it('is known in every pattern', () => {
    const covered = messages
      .flatMap(({ text }) => classifyText(text).filter(isRecognised))
      .map(({ id }) => id)
    expect([...new Set(covered)].sort()).toEqual(stopPatterns.map(({ id }) => id).sort())
  })

  it('says the same with other line breaks, apostrophes, quotes and case', () => {
    for (const { text, id } of messages) {
      if (id === 'agent-disconnected' || id === 'resources-lacking') continue
      const written = [
        text.replaceAll(' ', '\n  '),
        text.replaceAll("'", '’'),
        text.replaceAll('’', "'"),
        text.replaceAll('"', '”'),
        text.replace(/^\w+Error/, (name) => name.toUpperCase()),
      ]
      for (const other of written) expect(classifyText(other)[0], other).toMatchObject({ id })
    }
  })

  it('may stand inside a service event', () => {
    for (const { text, id } of messages.filter((message) => /^(Resource|Cannot)/.test(message.text))) {
      expect(classifyText(`(service web) was unable to place a task. Reason: ${text}`)[0]).toMatchObject({
        id,
      })
    }
  })
})

describe('what AWS writes, cut short', () => {
  /** Long enough to say more than its category. */
  const cuts = messages.flatMap((message) =>
    Array.from({ length: Math.ceil(Math.max(message.text.length - LONG, 0) / STEP) }, (_, i) => ({
      message,
      cut: `${message.text.slice(0, LONG + i * STEP)}...`,
    })),
  )

  it('never rules out what the whole says', () => {
    for (const { message, cut } of cuts) {
      const found = classifyText(cut).filter(isRecognised)
      if (found.length === 0) continue
      expect(
        found.flatMap(({ aims }) => aims),
        cut,
      ).toContain(message.aims[0])
    }
  })

  it('tells no fact that the whole does not', () => {
    const wholes = new Map(messages.map((message) => [message, classifyText(message.text)[0]]))
    for (const { message, cut } of cuts) {
      const whole = wholes.get(message)
      const [part] = classifyText(cut)
      const { network, refused, nameLookup, cut: isCut, service, ...values } = part?.facts ?? {}
      expect(isCut, cut).toBe(true)
      expect(whole?.facts, cut).toMatchObject(values)
    }
  })
})
