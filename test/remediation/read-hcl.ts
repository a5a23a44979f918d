/** As much of Terraform's language as the snippets need: blocks, arguments, literals, jsonencode. */

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value }

export interface Block {
  readonly type: string
  readonly labels: readonly string[]
  readonly values: Record<string, Value>
  readonly blocks: Block[]
}

export function readHcl(text: string): readonly Block[] {
  const reader = { text: text.replace(/^#.*$/gm, ''), at: 0 }
  const blocks: Block[] = []
  while (!peek(reader, /$/)) blocks.push(block(reader))
  return blocks
}

interface Reader {
  readonly text: string
  at: number
}

/** Skips white space; the match at the place, or undefined. */
function peek(reader: Reader, pattern: RegExp): string | undefined {
  reader.at += /^\s*/.exec(reader.text.slice(reader.at))?.[0].length ?? 0
  const match = new RegExp(`^(?:${pattern.source})`).exec(reader.text.slice(reader.at))
  return match ? (match[1] ?? match[0] ?? '') || (pattern.source === '$' ? 'end' : '') : undefined
}

function take(reader: Reader, pattern: RegExp): string {
  if (peek(reader, pattern) === undefined)
    throw new Error(`expected ${pattern} at ${JSON.stringify(reader.text.slice(reader.at, reader.at + 40))}`)
  const [match = ''] = new RegExp(`^(?:${pattern.source})`).exec(reader.text.slice(reader.at)) ?? []
  reader.at += match.length
  return match
}

const STRING = /"(?:[^"\\\n]|\\.)*"/

function block(reader: Reader): Block {
  const made: Block = { type: take(reader, /[a-z_]\w*/), labels: labels(reader), values: {}, blocks: [] }
  take(reader, /\{/)
  while (peek(reader, /\}/) === undefined) {
    if (peek(reader, /[a-z_]\w*\s*=/) === undefined) made.blocks.push(block(reader))
    else {
      const name = take(reader, /[a-z_]\w*/)
      take(reader, /=/)
      if (name in made.values) throw new Error(`${name} twice`)
      made.values[name] = value(reader)
    }
  }
  take(reader, /\}/)
  return made
}

function labels(reader: Reader): readonly string[] {
  const found: string[] = []
  while (peek(reader, STRING) !== undefined) found.push(string(reader))
  return found
}

function value(reader: Reader): Value {
  if (peek(reader, STRING) !== undefined) return string(reader)
  if (peek(reader, /true|false/) !== undefined) return take(reader, /true|false/) === 'true'
  if (peek(reader, /-?\d+/) !== undefined) return Number(take(reader, /-?\d+/))
  if (peek(reader, /jsonencode\(/) !== undefined) return encoded(reader)
  return peek(reader, /\[/) === undefined ? object(reader) : list(reader)
}

function encoded(reader: Reader): Value {
  take(reader, /jsonencode\(/)
  const inner = value(reader)
  take(reader, /\)/)
  return inner
}

function list(reader: Reader): Value {
  const items: Value[] = []
  take(reader, /\[/)
  while (peek(reader, /\]/) === undefined) {
    items.push(value(reader))
    if (peek(reader, /,/) === undefined) break
    take(reader, /,/)
  }
  take(reader, /\]/)
  return items
}

function object(reader: Reader): Value {
  const made: Record<string, Value> = {}
  take(reader, /\{/)
  while (peek(reader, /\}/) === undefined) {
    const key = peek(reader, STRING) === undefined ? take(reader, /[A-Za-z_][\w-]*/) : string(reader)
    take(reader, /=/)
    made[key] = value(reader)
  }
  take(reader, /\}/)
  return made
}

/** A template sequence would be evaluated; "$${" is the text "${". */
function string(reader: Reader): string {
  const text = take(reader, STRING)
  if (/(?<![$%])[$%]\{/.test(text)) throw new Error(`a template in ${text}`)
  return (JSON.parse(text) as string).replace(/([$%])\1\{/g, '$1{')
}
