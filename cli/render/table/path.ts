import type { Explanation } from '../../../shared/reachability/result.ts'
import { type PathRow, pathRows } from '../../../shared/render/path-text.ts'
import { hopStyles, type Paint } from '../paint.ts'

/** The path's drawing with colour: what passes steps back, what breaks stands out. */
export const paintedPath = (explanation: Explanation, width: number, paint: Paint): readonly string[] =>
  pathRows(explanation, { width }).map((row) => paintRow(row, paint))

function paintRow({ text, part, verdict }: PathRow, paint: Paint): string {
  if (part === 'leg') return paint('bold', text)
  if (part === 'hop') return verdict === 'pass' ? paint('dim', text) : paint(hopStyles[verdict], text)
  return text
}
