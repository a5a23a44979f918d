/** What an output format has to do. Renderers are pure: (result, options) -> text. */
import type { AuditResult } from '../../shared/findings/finding.ts'
import type { Explanation } from '../../shared/reachability/result.ts'

export interface RenderOptions {
  readonly colour: boolean
  /** Columns. */
  readonly width: number
}

/** A line of a queries file that could not be answered. */
export interface BadQuery {
  /** 1-based. */
  readonly line: number
  readonly error: string
}

export type Answer = Explanation | BadQuery

export const isBadQuery = (answer: Answer): answer is BadQuery => 'error' in answer

/** Many answers, written one by one as they come. */
export interface AnswerStream {
  readonly open: string
  readonly separator: string
  readonly close: string
  readonly answer: (answer: Answer, options: RenderOptions) => string
  /** What the format wants behind an explanation that is JSON text already, where that is all that it asks for. */
  readonly behindJson?: string
}

export interface Renderer {
  readonly audit: (result: AuditResult, options: RenderOptions) => string
  readonly explanation: (explanation: Explanation, options: RenderOptions) => string
  readonly answers: AnswerStream
}

/** Draws one analysis; many answers in a row are for programs and tables. */
export type Picture = Omit<Renderer, 'answers'>
