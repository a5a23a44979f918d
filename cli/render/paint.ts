/** Colour where it is allowed; the text is the same without. */
import { styleText } from 'node:util'
import type { Severity } from '../../shared/findings/finding.ts'
import type { HopVerdict, Verdict } from '../../shared/reachability/result.ts'

type Style = Parameters<typeof styleText>[0]

export type Paint = (style: Style, text: string) => string

/** Whether colour is allowed was decided by the caller; `styleText` shall not ask the stream again. */
export const painter = (colour: boolean): Paint =>
  colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text

export const severityStyles: { readonly [S in Severity]: Style } = {
  critical: ['bold', 'white', 'bgRed'],
  high: ['bold', 'red'],
  medium: ['bold', 'yellow'],
  low: ['bold', 'cyan'],
  info: ['bold', 'dim'],
}

export const hopStyles: { readonly [V in HopVerdict]: Style } = {
  pass: 'green',
  block: ['bold', 'red'],
  partial: ['bold', 'yellow'],
  unknown: ['bold', 'magenta'],
}

export const verdictStyles: { readonly [V in Verdict]: Style } = {
  reachable: hopStyles.pass,
  blocked: hopStyles.block,
  partial: hopStyles.partial,
  unknown: hopStyles.unknown,
}
