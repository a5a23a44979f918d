/** Every step that cures are printed with: Terraform's own parser, where it is at hand, and the SDK's model of its commands. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { printedSteps } from '../incidents/printed.ts'
import { type AwsCall, awsCallsIn } from './read-cli.ts'
import { readHcl } from './read-hcl.ts'

const scratch = mkdtempSync(join(tmpdir(), 'hca-tf-'))
const snippets = new Map<string, string>()
const commands = new Map<string, readonly AwsCall[]>()

beforeAll(() => {
  for (const [name, { cli, terraform }] of printedSteps()) {
    commands.set(name, cli.flatMap(awsCallsIn))
    if (terraform) snippets.set(name, terraform)
  }
}, 120_000)

afterAll(() => rmSync(scratch, { recursive: true }))

function terraform(...args: readonly string[]): string | undefined {
  try {
    return execFileSync('terraform', args, { encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: string; stdout?: string; stderr?: string }
    return code === 'ENOENT' ? undefined : `${stdout}${stderr}`
  }
}

const isAtHand = terraform('version') !== undefined

/** Names of those that Terraform cannot read; as much of its language as snippets need is read here without it. */
function unreadable(texts: ReadonlyMap<string, string>): readonly string[] {
  if (!isAtHand) return [...texts].flatMap(([name, text]) => (isRead(text) ? [] : [name]))
  const folder = mkdtempSync(join(scratch, 'all-'))
  for (const [name, text] of texts) writeFileSync(join(folder, `${name}.tf`), text)
  const said = terraform('fmt', '-no-color', '-list=false', '-write=false', folder) ?? ''
  return [
    ...new Set([...said.matchAll(/\bon (\S+\.tf) line/g)].map(([, file = '']) => basename(file, '.tf'))),
  ]
}

function isRead(text: string): boolean {
  try {
    return readHcl(text).length > 0
  } catch {
    return false
  }
}

test('the snippets are many, and what is broken would be noticed', () => {
  expect(snippets.size).toBeGreaterThan(60)
  const broken = new Map([...snippets].slice(0, 3).map(([name, text]) => [name, text.replace(/\}\s*$/, '')]))
  expect([...unreadable(broken)].sort()).toEqual([...broken.keys()].sort())
})

test(`each snippet can be read${isAtHand ? ' by Terraform' : ''}`, () => {
  expect(unreadable(snippets)).toEqual([])
  expect([...snippets.values()].filter((text) => !isRead(text))).toEqual([])
})

test('AWS would take the commands', () => {
  const all = [...commands].flatMap(([name, calls]) => calls.map((call) => ({ name, ...call })))
  expect(new Set(all.map(({ service, operation }) => `${service} ${operation}`)).size).toBeGreaterThan(25)
  const wrong = all.filter(({ problems }) => problems.length > 0)
  expect(wrong.map(({ name, operation, problems }) => ({ name, operation, problems }))).toEqual([])
})
