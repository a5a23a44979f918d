/**
 * Wildcard patterns of policies, with policy variables.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import { maybe, type Truth } from './truth.ts'

/**
 * How far `*` surely reaches. `text`: over everything. `arn`: each of the six parts of an ARN is on its own.
 * `resource`: over colons only at the end of a part; what AWS does otherwise is not documented.
 * `none`: wildcards are ordinary characters.
 */
export type Reach = 'text' | 'arn' | 'resource' | 'none'

/** The value of a policy variable, or undefined where it is not known. */
export type Variables = (name: string) => string | undefined

type Token =
  | { readonly is: 'char'; readonly char: string }
  | { readonly is: 'one' }
  | { readonly is: 'many' }
  | { readonly is: 'variable'; readonly name: string }

/** A `?` in the text stands for a character that is not known, as in an ARN of which only the name is known. */
export function matches(pattern: string, text: string, reach: Reach, variables?: Variables): Truth {
  if (pattern === '*' && reach === 'resource') return 'yes'
  const tokens = tokensOf(pattern, reach, variables)
  const chars = [...text]
  const variable = tokens.find((token) => token.is === 'variable')
  if (!variable && run(tokens, chars, (place) => surely(tokens, place, reach))) return 'yes'
  const loose = reach === 'resource' && isShortArn(tokens) ? [...tokens, MANY] : tokens
  if (!run(loose, chars, () => POSSIBLY)) return 'no'
  if (variable) return maybe(`\${${variable.name}}`, 'the value of this policy variable is not known')
  return text.includes('?')
    ? maybe(text, 'only a part of this name is known')
    : maybe(text, `whether the wildcards of ${pattern} reach this far is not documented`)
}

const MANY: Token = { is: 'many' }
const PIECE = /\$\{([^}]*)\}|[^$]+|\$/g

/** Without `variables`, `${` is ordinary text. */
function tokensOf(pattern: string, reach: Reach, variables: Variables | undefined): readonly Token[] {
  const wildcards = reach !== 'none'
  if (!variables) return charsOf(pattern, wildcards)
  return [...pattern.matchAll(PIECE)].flatMap(([piece, name]): readonly Token[] => {
    if (name === undefined) return charsOf(piece, wildcards)
    if (name === '*' || name === '?' || name === '$') return charsOf(name, false)
    const value = variables(name)
    return value === undefined ? [{ is: 'variable', name }] : charsOf(value, false)
  })
}

const charsOf = (text: string, wildcards: boolean): readonly Token[] =>
  [...text].map((char): Token => {
    if (wildcards && char === '*') return MANY
    return wildcards && char === '?' ? { is: 'one' } : { is: 'char', char }
  })

/** What a token may stand for. */
interface Leeway {
  readonly wildcard: (char: string) => boolean
  readonly literal: (own: string, char: string) => boolean
}

const sameChar = (own: string, char: string): boolean => own === char && char !== '?'

const POSSIBLY: Leeway = { wildcard: () => true, literal: (own, char) => own === char || char === '?' }
const ANYTHING: Leeway = { wildcard: () => true, literal: sameChar }
const WITHIN_PART: Leeway = { wildcard: (char) => char !== ':', literal: sameChar }

const COLONS_OF_ARN = 5

function surely(tokens: readonly Token[], place: number, reach: Reach): Leeway {
  if (reach === 'arn') return colonsIn(tokens.slice(0, place)) < COLONS_OF_ARN ? WITHIN_PART : ANYTHING
  if (reach !== 'resource' || tokens[place]?.is !== 'many') return ANYTHING
  const next = tokens[place + 1]
  return next === undefined || isColon(next) ? ANYTHING : WITHIN_PART
}

const isColon = (token: Token): boolean => token.is === 'char' && token.char === ':'
const colonsIn = (tokens: readonly Token[]): number => tokens.filter(isColon).length

/** AWS completes it with wildcards. */
const isShortArn = (tokens: readonly Token[]): boolean => colonsIn(tokens) < COLONS_OF_ARN

/** Every place of the text is looked at once per token, so that no pattern takes long. */
function run(
  tokens: readonly Token[],
  chars: readonly string[],
  leewayAt: (place: number) => Leeway,
): boolean {
  let reached: readonly boolean[] = [true, ...chars.map(() => false)]
  tokens.forEach((token, place) => {
    reached = step(token, reached, chars, leewayAt(place))
  })
  return reached.at(-1) === true
}

/** `reached[i]`: the tokens so far can stand for the first i characters. */
function step(
  token: Token,
  reached: readonly boolean[],
  chars: readonly string[],
  { wildcard, literal }: Leeway,
): readonly boolean[] {
  if (token.is === 'many' || token.is === 'variable') {
    let inside = false
    return reached.map((here, i) => {
      inside = here || (inside && wildcard(chars[i - 1] ?? ''))
      return inside
    })
  }
  const fits = (char: string) => (token.is === 'one' ? wildcard(char) : literal(token.char, char))
  return [false, ...chars.map((char, i) => reached[i] === true && fits(char))]
}
