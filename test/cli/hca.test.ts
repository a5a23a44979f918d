import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import type { Finding } from '../../shared/findings/finding.ts'
import { runHca } from './run-hca.ts'

describe('hca as a process', { concurrent: true, timeout: 20_000 }, () => {
  test('without arguments it prints the help with examples and exit codes', async () => {
    const { code, stdout, stderr } = await runHca([])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const word of ['audit', 'explain', 'snapshot', 'Examples:', 'Exit codes:'])
      expect(stdout).toContain(word)
  })

  test.each([
    ['audit', '--help'],
    ['help', 'audit'],
  ])('hca %s %s prints the options of the command', async (...args) => {
    const { code, stdout, stderr } = await runHca(args)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const option of ['--target-group', '--event', '--snapshot', '--output'])
      expect(stdout).toContain(option)
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
    { args: ['snapshot'], message: 'name a command of hca snapshot: collect, redact' },
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
    {
      args: ['explain', '--queries', '/nowhere/queries', '--output', 'svg'],
      message: '--output svg: draws one path; with --queries give one of table, json, ndjson, yaml, markdown',
    },
    { args: ['explain', '--queries', '/nowhere/queries'], message: 'queries /nowhere/queries: no such file' },
  ])('$args: one line on stderr, nothing on stdout, exit code 2', async ({ args, message }) => {
    const { code, stdout, stderr } = await runHca(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/^hca: [^\n]+\n$/)
  })
})

describe('hca explain on a recorded incident', { concurrent: true, timeout: 20_000 }, () => {
  const snapshot = 'samples/01-alb-group-without-egress/snapshot.json'
  const explain = ['explain', '--snapshot', snapshot]
  const fromDoor = ['--from', '10.0.0.11', '--to', '10.0.10.10']
  const question = (to: string) => JSON.stringify({ from: '10.0.10.10', to, port: 443 })

  test('blocked: exit code 1, the path with its broken hop, no colour in a pipe', async () => {
    const { code, stdout, stderr } = await runHca([...explain, ...fromDoor, '--port', '8000'])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toMatch(/✗ out {2}security group sg-\w+ \(bakery-alb\) +◀ BLOCKED HERE/)
    expect(stdout).not.toContain('\u001b')
  })

  test('reachable: exit code 0, and JSON as the contract has it', async () => {
    const { code, stdout } = await runHca([
      ...[...explain, '--from', '10.0.10.10', '--to', 'internet', '--port', '443'],
      ...['--output', 'json'],
    ])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: '1',
      verdict: 'reachable',
      blockers: [],
      unknown: [],
    })
  })

  test('not known: exit code 3, with the missing operation', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bakery-'))
    const blind = JSON.parse(await readFile(snapshot, 'utf8'))
    delete blind.scopes[0].responses['ec2:DescribeNetworkAcls']
    await writeFile(join(folder, 'blind.json'), JSON.stringify(blind))
    const ends = ['--from', '10.0.10.10', '--to', 'internet', '--port', '443']
    const { code, stdout } = await runHca(['explain', '--snapshot', join(folder, 'blind.json'), ...ends])
    await rm(folder, { recursive: true })
    expect(code).toBe(3)
    expect(stdout).toContain('Missing: ec2:DescribeNetworkAcls.')
  })

  test('an end that is not there: exit code 2 and its name', async () => {
    const { code, stdout, stderr } = await runHca([...explain, '--from', 'eni-0mars', '--to', '10.0.10.10'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^hca: [^\n]*eni-0mars[^\n]*\n$/)
  })

  test('queries from stdin: answered in order, a bad line in its place, exit code 2 at the end', async () => {
    const input = `${question('internet')}\n{bread\n${question('10.0.11.10')}\n`
    const { code, stdout, stderr } = await runHca([...explain, '--queries', '-', '--output', 'ndjson'], {
      input,
    })
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(answers.map(({ verdict, line }) => verdict ?? line)).toEqual(['reachable', 2, expect.any(String)])
    expect(stderr).toBe('hca: 1 of 3 queries could not be answered (first: line 2)\n')
    expect(code).toBe(2)
  })

  test('thousands of answers reach a reader whole', async () => {
    const input = `${question('internet')}\n`.repeat(3000)
    const { code, stdout } = await runHca([...explain, '--queries', '-', '--output', 'json'], { input })
    expect(code).toBe(0)
    expect(JSON.parse(stdout).results).toHaveLength(3000)
  })

  test('a reader that has seen enough ends the run without a word', async () => {
    const input = `${question('internet')}\n`.repeat(3000)
    const { code, stderr } = await runHca([...explain, '--queries', '-', '--output', 'ndjson'], {
      input,
      onData: (_text, child) => child.stdout?.destroy(),
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  test('interrupted while it waits for the next question: exit code 130', async () => {
    const run = await runHca([...explain, '--queries', '-', '--output', 'ndjson'], {
      input: `${question('internet')}\n`,
      inputStaysOpen: true,
      onData: (_text, child) => child.kill('SIGINT'),
    })
    expect(run).toMatchObject({ code: 130, stderr: '' })
    expect(run.stdout.split('\n')).toHaveLength(2)
  })
})

describe('hca audit on recorded incidents', { concurrent: true, timeout: 20_000 }, () => {
  const snapshot = 'samples/01-alb-group-without-egress/snapshot.json'

  test('a finding: exit code 1, and JSON that holds nothing but findings', async () => {
    const { code, stdout, stderr } = await runHca(['audit', '--snapshot', snapshot, '--output', 'json'])
    const document = JSON.parse(stdout)
    expect({ code, stderr, keys: Object.keys(document) }).toEqual({
      code: 1,
      stderr: '',
      keys: ['schemaVersion', 'findings'],
    })
    expect(document.findings.map((finding: Finding) => finding.rootCause.code)).toEqual(['net.lb-sg-egress'])
  })

  test('an event leads to its subject', async () => {
    const event = 'samples/01-alb-group-without-egress/event.json'
    const { code, stdout } = await runHca(['audit', '--snapshot', snapshot, '--event', event])
    expect(code).toBe(1)
    expect(stdout).toContain('net.lb-sg-egress · proven · security group')
  })

  test('nothing found: exit code 0, and what was looked at', async () => {
    const { code, stdout } = await runHca([
      'audit',
      '--snapshot',
      'samples/06-alb-group-repaired/snapshot.json',
    ])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^No findings\. Looked at 1 target group/)
  })

  test('a snapshot that holds nothing: exit code 3, since nothing was found for lack of data', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hca-nothing-'))
    const file = join(folder, 'snapshot.json')
    await writeFile(
      file,
      JSON.stringify({ schemaVersion: '1', collectedAt: '2026-11-20T03:00:00Z', scopes: [] }),
    )
    const { code, stdout } = await runHca(['audit', '--snapshot', file])
    await rm(folder, { recursive: true })
    expect({ code, stdout }).toEqual({
      code: 3,
      stdout: 'No findings. Looked at nothing: no subject in scope.\n',
    })
  })

  test('an unknown target group: exit code 2, and which ones there are', async () => {
    const { code, stdout, stderr } = await runHca([
      'audit',
      '--snapshot',
      snapshot,
      '--target-group',
      'flour',
    ])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^hca: [^\n]*flour[^\n]*bakery-web[^\n]*\n$/)
  })

  test('a selection beside an event is wrong use', async () => {
    const { code, stderr } = await runHca(['audit', '--target-group', 'flour', '--event', 'event.json'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/^hca: --event names what to audit[^\n]*\n$/)
  })
})
