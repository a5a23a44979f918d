/** Who writes the answers, as the format wants them. */
import { explainQuery, type Network, type Query } from '../../shared/explain.ts'
import { createJsonAnswers } from '../../shared/json-answers.ts'
import type { Verdict } from '../../shared/reachability/result.ts'
import { type Desk, newDesk, type Page, putText } from '../../shared/reachability/text/page.ts'
import type { AnswerStream, RenderOptions } from '../render/renderer.ts'

export interface Teller {
  /** Of which the pages are. */
  readonly desk: Desk
  /** Writes an answer. @throws for a question that cannot be answered, and then writes nothing */
  readonly tell: (query: Query, page: Page) => Verdict
}

export function tellerFor(network: Network, stream: AnswerStream, options: RenderOptions): Teller {
  const desk = newDesk()
  if (stream.behindJson !== undefined)
    return { desk, tell: createJsonAnswers(network, desk, stream.behindJson) }
  return {
    desk,
    tell(query, page) {
      const explanation = explainQuery(network, query)
      putText(page, stream.answer(explanation, options))
      return explanation.verdict
    },
  }
}
