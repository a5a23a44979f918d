import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { collect } from '../../infra/access.ts'
import { type FunctionSpec, functions } from '../../infra/functions.ts'
import { keyed, unkeyed } from '../../shared/snapshot/collect/operations.ts'
import { actionsCalledBy, sourcesInBundles } from './sdk-calls.ts'

const specs = Object.entries(functions) as readonly (readonly [string, FunctionSpec])[]

let sources: Awaited<ReturnType<typeof sourcesInBundles>>
beforeAll(async () => {
  sources = await sourcesInBundles()
})

describe('a function', () => {
  it('each has an entry in the table', () => {
    const files = readdirSync('functions').map((file) => file.replace(/\.ts$/, ''))
    expect(Object.keys(functions).sort()).toEqual(files.sort())
  })

  it.each(specs)('%s may do what its code can call, and nothing else', async (name, spec) => {
    const granted = [...spec.access, ...(spec.collects ? collect : [])].flatMap(({ actions }) => actions)
    const called = await actionsCalledBy(sources[name] ?? [])
    expect([...new Set(granted)].sort()).toEqual([...called].sort())
  })

  it.each(specs)('%s is given the settings that its code reads, and no others', (name, { settings }) => {
    const read = (sources[name] ?? []).flatMap((path) => settingsIn(readFileSync(path, 'utf8')))
    expect([...settings].sort()).toEqual([...new Set(read)].sort())
  })
})

/** `requiredSetting('X')`, `numberSetting('X', ...)`, `process.env.X`, `environment.X`, or a field of what is passed it. */
const settingsIn = (source: string): readonly string[] =>
  [
    ...source.matchAll(
      /Setting\(\s*'(\w+)'|(?:process\.env|environment)\.([A-Z_]+)|readonly ([A-Z][A-Z_]+)\?: string/g,
    ),
  ]
    .flatMap(([, ...names]) => names.flatMap((name) => name ?? []))
    .filter((name) => name !== OF_LAMBDA)

/** Lambda sets it itself. */
const OF_LAMBDA = 'AWS_REGION'

describe('the collector', () => {
  it('asks nothing that was overlooked here: each operation of a snapshot has its action', () => {
    const iamPrefix: Readonly<Record<string, string>> = {
      efs: 'elasticfilesystem',
      opensearchserverless: 'aoss',
    }
    const actions = Object.keys({ ...keyed, ...unkeyed }).map((operation) => {
      const [service = '', name = ''] = operation.split(':')
      return service.startsWith('apigateway') ? 'apigateway:GET' : `${iamPrefix[service] ?? service}:${name}`
    })
    expect(collect.flatMap((access) => access.actions)).toEqual(expect.arrayContaining(actions))
  })

  it('may read, and nothing else', () => {
    for (const action of collect.flatMap(({ actions }) => actions))
      expect(action).toMatch(/:(Describe|List|Get|BatchGet|Search|Lookup)[A-Z]|^apigateway:GET$/)
  })

  it('may not read secrets, parameters, images, logs or files', () => {
    const actions = collect.flatMap((access) => access.actions)
    const forbidden =
      /:(GetSecretValue|GetParameters?|GetDownloadUrl|BatchGetImage|GetLogEvents|FilterLogEvents|Client)/
    expect(actions.filter((action) => forbidden.test(action))).toEqual([])
  })

  it('each * has its reason', () => {
    const all = [...collect, ...specs.flatMap(([, { access }]) => access)]
    const wild = all.filter(({ resources }) => resources.some((resource) => resource.includes('*')))
    expect(wild.filter(({ because }) => !because)).toEqual([])
  })
})
