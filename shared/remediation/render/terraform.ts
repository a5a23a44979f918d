/** Terraform resources, laid out as `terraform fmt` does. */
import { oneLine, wordsIn } from './names.ts'

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value }

export interface Body {
  /** Arguments; what is undefined is left out. */
  readonly values: { readonly [argument: string]: Value | undefined }
  /** Arguments that hold JSON. */
  readonly json?: { readonly [argument: string]: Value }
  readonly blocks?: { readonly [type: string]: Body | readonly Body[] }
}

/** @param note what to do with it, where the resource exists in a configuration already */
export function terraform(type: string, label: string, body: Body, note?: string): string {
  const comment = note === undefined ? '' : `# ${oneLine(note)}\n`
  return `${comment}resource "${type}" "${label}" {\n${bodyLines(body, '  ').join('\n')}\n}\n`
}

export const label = (...parts: readonly string[]): string => wordsIn(parts).join('_').toLowerCase()

function bodyLines({ values, json = {}, blocks = {} }: Body, indent: string): readonly string[] {
  const given = Object.entries(values).filter((entry): entry is [string, Value] => entry[1] !== undefined)
  const encoded = Object.entries(json).map(
    ([key, value]) => [key, `jsonencode(${expression(value, indent)})`] as const,
  )
  const lines = aligned(
    [...given.map(([key, value]) => [key, expression(value, indent)] as const), ...encoded],
    indent,
  )
  const each = Object.entries(blocks).flatMap(([type, own]) =>
    [own].flat().map((body): [string, Body] => [type, body as Body]),
  )
  const inner = each.flatMap(([type, body], index) => [
    ...(index > 0 || lines.length > 0 ? [''] : []),
    `${indent}${type} {`,
    ...bodyLines(body, `${indent}  `),
    `${indent}}`,
  ])
  return [...lines, ...inner]
}

/** Equals signs stand in one column as long as each line is one argument. */
function aligned(entries: readonly (readonly [string, string])[], indent: string): readonly string[] {
  const single = entries.filter(([, text]) => !text.includes('\n')).map(([key]) => key.length)
  const width = Math.max(0, ...single)
  return entries.map(([key, text]) => `${indent}${text.includes('\n') ? key : key.padEnd(width)} = ${text}`)
}

function expression(value: Value, indent: string): string {
  if (typeof value === 'string') return text(value)
  if (typeof value !== 'object') return String(value)
  if (isList(value)) return list(value, indent)
  const inner = `${indent}  `
  const entries = Object.entries(value).map(([key, item]) => [keyText(key), expression(item, inner)] as const)
  return entries.length === 0 ? '{}' : `{\n${aligned(entries, inner).join('\n')}\n${indent}}`
}

const isList = (value: object): value is readonly Value[] => Array.isArray(value)

function list(items: readonly Value[], indent: string): string {
  const inner = `${indent}  `
  const plain = items.every((item) => typeof item !== 'object')
  if (plain) return `[${items.map((item) => expression(item, indent)).join(', ')}]`
  return `[\n${items.map((item) => `${inner}${expression(item, inner)}`).join(',\n')}\n${indent}]`
}

const keyText = (key: string): string => (/^[A-Za-z_][\w-]*$/.test(key) ? key : text(key))

/** JSON's escapes are HCL's, but for two; "${" and "%{" begin templates. */
const text = (value: string): string =>
  JSON.stringify(value)
    .replace(/\\(.)/g, (sequence, letter: string) => unknownEscapes[letter] ?? sequence)
    .replace(/[$%](?=\{)/g, (sign) => sign + sign)

const unknownEscapes: Readonly<Record<string, string>> = { b: '\\u0008', f: '\\u000c' }
