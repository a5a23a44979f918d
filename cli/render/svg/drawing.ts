/** The paper: text in lines of known width, pieces below one another. All lengths in pixels. */
import { cut, plainText, wrap } from '../../../shared/render/plain-text.ts'

export interface Drawing {
  readonly height: number
  readonly svg: string
}

export const WIDTH = 960
export const GAP = 16
export const LINE = 17
/** A character of a monospaced font of 12 pixels is 0.6 of that wide, and some fonts a little more. */
const CHARACTER = 7.3

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Untrusted text as XML text. */
export const escaped = (untrusted: string): string =>
  plainText(untrusted).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')

/** Text in lines that fit; a word that is longer than a line is cut. */
export function fitted(untrusted: string, width: number): readonly string[] {
  const most = Math.floor(width / CHARACTER)
  return wrap(plainText(untrusted), most).map((line) => cut(line, most))
}

export const textLines = (kind: string, lines: readonly string[], x: number, y: number): string =>
  lines
    .map((line, at) => `<text class="${kind}" x="${x}" y="${y + at * LINE}">${escaped(line)}</text>`)
    .join('\n')

/** A text as wide as the picture. */
export function textBlock(kind: string, untrusted: string): Drawing {
  const lines = fitted(untrusted, kind === 'title' ? WIDTH * 0.85 : WIDTH)
  return { height: lines.length * LINE + 4, svg: textLines(kind, lines, 0, LINE) }
}

export function stacked(drawings: readonly Drawing[]): Drawing {
  const parts: string[] = []
  let height = 0
  for (const drawing of drawings) {
    parts.push(`<g transform="translate(0 ${height})">\n${drawing.svg}\n</g>`)
    height += drawing.height
  }
  return { height: height + GAP, svg: parts.join('\n') }
}
