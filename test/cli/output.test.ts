import { expect, test } from 'vitest'
import { renderOptions } from '../../cli/output.ts'

const terminal = { isTTY: true, columns: 100 }

test.each([
  { what: 'a terminal', stream: terminal, environment: {}, colour: true },
  { what: 'a pipe', stream: { isTTY: false, columns: 100 }, environment: {}, colour: false },
  { what: 'NO_COLOR', stream: terminal, environment: { NO_COLOR: '1' }, colour: false },
  { what: 'an empty NO_COLOR', stream: terminal, environment: { NO_COLOR: '' }, colour: true },
  { what: 'a dumb terminal', stream: terminal, environment: { TERM: 'dumb' }, colour: false },
])('$what: colour $colour', ({ stream, environment, colour }) => {
  expect(renderOptions(stream, environment).colour).toBe(colour)
})

test.each([
  { columns: 100, width: 100 },
  { columns: 20, width: 60 },
  { columns: 400, width: 140 },
])('$columns columns give lines of $width', ({ columns, width }) => {
  expect(renderOptions({ isTTY: true, columns }, {}).width).toBe(width)
})
