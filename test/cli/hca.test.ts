import { describe, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { runHca } from './run-hca.ts'

describe('hca as a process', { concurrent: true, timeout: 20_000 }, () => {
  test('without arguments it prints the help with examples and exit codes', async () => {
    const { code, stdout, stderr } = await runHca([])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const word of ['audit', 'explain', 'snapshot', 'Examples:', 'Exit codes:'])
      expect(stdout).toContain(word)
  })

  test('--version', async () => {
    expect(await runHca(['--version'])).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: '' })
  })

  test.each([
    { args: ['bake'], message: "unknown command 'bake'" },
    { args: ['audti'], message: "unknown command 'audti' (Did you mean audit?)" },
    { args: ['audit', '--loaf'], message: "unknown option '--loaf'" },
    {
      args: ['audit', '--output', 'xml'],
      message: 'Allowed choices are table, json, ndjson, yaml, markdown',
    },
    { args: ['snapshot'], message: 'snapshot: a command is missing, one of collect, redact' },
    { args: ['snapshot', 'collect'], message: "required option '--out <file>' not specified" },
    {
      args: ['audit', '--snapshot', '/nowhere/at-all.json'],
      message: 'snapshot /nowhere/at-all.json: no such file',
    },
    {
      args: ['audit', '--target-group', 'arn:aws:s3:::flour'],
      message: '--target-group "arn:aws:s3:::flour": expected',
    },
    { args: ['audit', '--event', '/nowhere/event.json'], message: 'event /nowhere/event.json: no such file' },
    { args: ['explain', '--from', 'internet'], message: '--to is missing' },
    { args: ['explain', '--queries', '/nowhere/queries'], message: 'queries /nowhere/queries: no such file' },
  ])('$args: one line on stderr, nothing on stdout, exit code 2', async ({ args, message }) => {
    const { code, stdout, stderr } = await runHca(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/^hca: [^\n]+\n$/)
  })
})
