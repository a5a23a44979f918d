/** Names, tags and descriptions come from AWS accounts: untrusted text that must not steer a terminal. */
import { stripVTControlCharacters } from 'node:util'

// C0 and C1 controls, line and paragraph separators, and the marks that reorder text (bidi) or hide in it.
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu

/** One line of printable text: escape sequences removed, every run of control characters a space. */
export const plainText = (untrusted: string): string =>
  stripVTControlCharacters(untrusted).replace(UNPRINTABLE, ' ').trim()

// The first half of a character beyond U+FFFF, left alone by a cut.
const HALF = /[\ud800-\udbff]$/

/** Cut to a width with an ellipsis. */
export const cut = (text: string, width: number): string =>
  text.length <= width
    ? text
    : `${text
        .slice(0, Math.max(0, width - 1))
        .replace(HALF, '')
        .trimEnd()}…`

/** Words broken into lines of at most `width` characters; a longer word keeps its own line. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}
