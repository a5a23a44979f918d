/** CloudFormation's own schemas (cfn-lint) and every snippet that cures are printed with: no error but what a merge supplies. */
import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { printedSteps } from '../incidents/printed.ts'

const scratch = mkdtempSync(join(tmpdir(), 'hca-cfn-'))

const snippets = new Map<string, string>()

/** What is merged into a resource that exists leaves out what stands there already. */
const isPart = (snippet: string): boolean => /^# Merge into/m.test(snippet)

interface Match {
  readonly Filename: string
  readonly Level: string
  readonly Message: string
  readonly Rule: { readonly Id: string }
  readonly Location: { readonly Path: readonly (string | number)[] | null }
}

/** A property that is required, or one of several that is. */
const REQUIRED: readonly string[] = ['E3003', 'E3014']
let matches: readonly Match[] = []

beforeAll(async () => {
  for (const [name, step] of printedSteps()) if (step.cloudformation) snippets.set(name, step.cloudformation)
  matches = await lint([...snippets].map(([name, snippet]) => write(name, snippet)))
}, 300_000)

function write(name: string, snippet: string): string {
  const file = join(scratch, `${name}.yaml`)
  const resources = snippet.replace(/^(?=.)/gm, '  ')
  writeFileSync(file, `AWSTemplateFormatVersion: "2010-09-09"\nResources:\n${resources}`)
  return file
}

/** The package has no `__main__`. */
const RUN = 'from cfnlint.runner import main; main()'

/** Exits with the kinds of what it found, as bits; only 2 and more are errors. */
function lint(files: readonly string[]): Promise<readonly Match[]> {
  const python = process.env.HCA_TEST_PYTHON ?? 'python3'
  const args = ['-c', RUN, '--format', 'json', '--regions', 'ap-northeast-1', '--', ...files]
  return new Promise((resolve, reject) => {
    execFile(python, args, { maxBuffer: 1 << 26 }, (_error, stdout, stderr) =>
      stdout === '' ? reject(new Error(stderr)) : resolve(JSON.parse(stdout)),
    )
  })
}

test('there are snippets of every kind, whole ones and parts', () => {
  const all = [...snippets.values()]
  expect(all.length).toBeGreaterThan(60)
  expect(all.filter(isPart).length).toBeGreaterThan(5)
  expect(all.filter((snippet) => !isPart(snippet)).length).toBeGreaterThan(20)
})

test('cfn-lint finds what is wrong', async () => {
  const wrong = write('wrong', 'Broken:\n  Type: AWS::Logs::LogGroup\n  Properties:\n    Color: red\n')
  expect((await lint([wrong])).map(({ Level }) => Level)).toContain('Error')
})

test('and nothing of it in the snippets', () => {
  const errors = matches.filter(({ Level, Rule, Filename }) => {
    const snippet = snippets.get(basename(Filename, '.yaml')) ?? ''
    return Level === 'Error' && !(REQUIRED.includes(Rule.Id) && isPart(snippet))
  })
  const told = errors.map(
    ({ Filename, Rule, Message, Location }) =>
      `${basename(Filename)} ${Rule.Id} ${Location.Path?.join('.')}: ${Message}`,
  )
  expect([...new Set(told)].sort()).toEqual([])
})
