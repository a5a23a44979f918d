/** What the tests of rules say of themselves: whose code they are about, and which kind of situation they show. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type CauseCode, causes } from '../../shared/diagnosis/causes.ts'

export type Kind = 'root' | 'trap' | 'unknown'

export interface Told {
  readonly code: CauseCode
  readonly kind: Kind
  readonly title: string
}

const folder = fileURLToPath(new URL('rules', import.meta.url))

export function ruleTests(): readonly Told[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts'))
  return files.flatMap((name) => testsIn(readFileSync(`${folder}/${name}`, 'utf8')))
}

/** Blocks that begin at the left margin; a table that a block is made of may stand anywhere in its file. */
function testsIn(text: string): readonly Told[] {
  const constants = new Map(
    [...text.matchAll(/const (\w+) = '([\w.-]+)'$/gm)].map(([, name = '', value = '']) => [name, value]),
  )
  return text.split(/^(?=describe|it)/m).flatMap((block) => {
    const [, each, named = ''] = /^describe(\.each\(\w+\))?\(([^,]*),/.exec(block) ?? []
    const title = constants.get(named) ?? named
    const own = codesIn(title)
    const codes = own.length > 0 ? own : codesIn(each ? text : block)
    return titlesIn(block).flatMap((test) => told(test, codes))
  })
}

const told = (title: string, codes: readonly CauseCode[]): readonly Told[] => {
  const own = codesIn(title.split(':')[0] ?? '')
  return (own.length > 0 ? own : codes).map((code) => ({ code, kind: kindOf(title), title }))
}

const codesIn = (text: string): readonly CauseCode[] => [
  ...new Set([...text.matchAll(/\b(?:[a-z]+\.[a-z0-9-]+|aws-side)\b/g)].map(([word]) => word).filter(isCode)),
]

const isCode = (word: string): word is CauseCode => Object.hasOwn(causes, word)

const titlesIn = (block: string): readonly string[] =>
  [...block.matchAll(/\bit(?:\.each[\s\S]*?\)\(|\()\s*(['`])(.*?)\1,/g)].map(([, , title = '']) => title)

const UNTOLD =
  /\b(unknown|not known|not judged|undetermined)\b|says that %s is missing|missing: nothing is blamed/
/** "is not: …", "never comes before …", "that is missing is no fault beside …" */
const TRAP =
  /^(is|are|does|do) (not|nobody’s|ruled out)\b|^never\b|\b(is no fault|is not needed|serves as well|is no setting)\b/

function kindOf(title: string): Kind {
  const plain = title.replace(/^[a-z]+\.[a-z0-9-]+: /, '')
  if (UNTOLD.test(plain) && !plain.startsWith('is not:')) return 'unknown'
  return TRAP.test(plain) ? 'trap' : 'root'
}
