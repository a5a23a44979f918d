import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { parseFilter } from '../../../cli/findings/filter.ts'
import { serveFindings } from '../../../cli/findings/serve.ts'
import { LOCAL_TABLE } from '../../../cli/local/database.ts'
import { runningIn } from '../../../cli/local/folder.ts'
import { createProgram } from '../../../cli/program.ts'
import { ovenAudit, ovenFinding, sick, sickAgain, well } from '../local/bakery-incidents.ts'
import { announceSystem, captureOutput } from './announced.ts'

let home: string
let stop: () => Promise<void>
const output = captureOutput()

beforeAll(async () => {
  const announced = await announceSystem(() => ({ audit: ovenAudit }))
  home = announced.home
  stop = announced.stop
  for (const incident of [sick, well, sickAgain]) await announced.system.replay(incident)
})
afterAll(() => stop())

const hca = (...args: string[]) =>
  createProgram().parseAsync(['findings', ...args, '--dir', home], { from: 'user' })

describe('hca findings', () => {
  it('list: a table for people', async () => {
    await hca('list')
    expect(output.stdout).toContain(ovenFinding.id)
    expect(output.stdout).toMatch(
      /^open +critical +net\.lb-sg-egress +oven +ap-northeast-1 +2026-11-20 05:00 +[0-9a-f]{32}$/m,
    )
    for (const line of output.stdout.split('\n')) expect(line.length).toBeLessThan(140)
  })

  it('list: whole rows for machines', async () => {
    await hca('list', '--output', 'json')
    expect(JSON.parse(output.stdout)).toMatchObject({
      schemaVersion: '1',
      findings: [{ id: ovenFinding.id, status: 'open', occurrences: 2, subjectName: 'oven' }],
    })
    output.stdout = ''
    await hca('list', '--output', 'yaml')
    expect(parseYaml(output.stdout).findings).toHaveLength(1)
    output.stdout = ''
    await hca('list', '--output', 'ndjson', '--code', 'net.lb-sg-egress')
    expect(JSON.parse(output.stdout)).toMatchObject({ id: ovenFinding.id })
    output.stdout = ''
    await hca('list', '--output', 'markdown', '--status', 'resolved')
    expect(output.stdout).toBe('No findings.\n')
  })

  it('show: its life, its proof and its fix', async () => {
    await hca('show', ovenFinding.id)
    expect(output.stdout).toContain('open, opened 2 times')
    expect(output.stdout).toContain('last opened 2026-11-20T05:00:00.000Z')
    expect(output.stdout).toContain('aws ec2 authorize-security-group-egress')
    output.stdout = ''
    await hca('show', ovenFinding.id, '--output', 'json')
    expect(JSON.parse(output.stdout).finding).toEqual(ovenFinding)
    expect(JSON.parse(output.stdout)).not.toHaveProperty('order')
  })

  it('history: the latest first, page by page', async () => {
    await hca('history', ovenFinding.id, '--output', 'json', '--limit', '2')
    const first = JSON.parse(output.stdout)
    expect(first.history.map(({ kind }: { kind: string }) => kind)).toEqual(['reopened', 'resolved'])
    expect(output.stderr).toContain(`--cursor ${first.cursor}`)
    output.stdout = ''
    await hca('history', ovenFinding.id, '--output', 'markdown', '--cursor', first.cursor)
    expect(output.stdout).toContain('| 1 | 2026-11-20 03:12 | opened | critical | net.lb-sg-egress |')
  })

  it('suppress: until a moment to come, with a reason', async () => {
    const id = ovenFinding.id
    await expect(hca('suppress', id, '--reason', 'known', '--until', '2020-01-01')).rejects.toThrow(
      'is in the past',
    )
    await expect(hca('suppress', id, '--reason', ' ', '--until', '2999-01-01')).rejects.toThrow('say why')
    await expect(hca('suppress', id, '--reason', 'known', '--until', 'soon')).rejects.toThrow('ISO 8601')
    await hca('suppress', id, '--reason', 'moves on Monday', '--until', '2999-01-01')
    expect(output.stdout).toContain('suppressed until 2999-01-01T00:00:00.000Z: moves on Monday')
    output.stdout = ''
    await hca('list', '--status', 'suppressed', '--output', 'json')
    expect(JSON.parse(output.stdout).findings).toHaveLength(1)
  })

  it('suppress --lift: people are told again', async () => {
    const id = ovenFinding.id
    await hca('suppress', id, '--reason', 'known', '--until', '2999-01-01')
    output.stdout = ''
    await hca('suppress', id, '--lift')
    expect(output.stderr).toContain(`people are told of ${id} again`)
    expect(output.stdout).not.toContain('suppressed')
    output.stdout = ''
    await hca('list', '--status', 'suppressed')
    expect(output.stdout).toBe('No findings.\n')
    await expect(hca('suppress', id, '--lift', '--reason', 'known')).rejects.toThrow('leave out --reason')
    await expect(hca('suppress', id, '--until', '2999-01-01')).rejects.toThrow('--reason is missing')
    await expect(hca('suppress', id, '--reason', 'known')).rejects.toThrow('--until is missing')
    await expect(hca('suppress', 'nonsense', '--lift')).rejects.toThrow('there is none')
  })

  it.each([
    ['--account', '111122223333', '999900001111'],
    ['--region', 'ap-northeast-1', 'eu-west-1'],
    ['--subject', 'oven', 'till'],
    ['--subject', ovenFinding.subject.arn, `${ovenFinding.subject.arn}0`],
    ['--code', 'net.lb-sg-egress', 'net.nacl'],
    ['--severity', 'critical', 'low'],
    ['--status', 'open', 'resolved'],
    ['--since', '2026-11-20T05:00:00Z', '2026-11-20T05:00:01Z'],
    ['--until', '2026-11-20T03:12:34Z', '2026-11-20T03:12:33Z'],
  ])('list %s %s: those, and with %s none', async (option, matching, other) => {
    await hca('list', option, matching, '--output', 'json')
    expect(JSON.parse(output.stdout).findings).toHaveLength(1)
    output.stdout = ''
    await hca('list', option, other)
    expect(output.stdout).toBe('No findings.\n')
  })

  it('a deployed table is asked in the same way', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'any')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'any')
    const { endpoint } = (await runningIn(home)) ?? { endpoint: '' }
    const deployed = ['--table', LOCAL_TABLE, '--table-region', 'eu-west-1', '--endpoint-url', endpoint]
    await hca('list', '--region', 'ap-northeast-1', '--output', 'json', ...deployed)
    expect(JSON.parse(output.stdout).findings).toHaveLength(1)
    output.stdout = ''
    await hca('list', '--region', 'eu-west-1', ...deployed)
    expect(output.stdout).toBe('No findings.\n')
  })

  it('wrong use is one clear line', async () => {
    await expect(hca('show', 'nonsense')).rejects.toThrow('finding "nonsense": there is none with this id')
    await expect(hca('history', 'nonsense')).rejects.toThrow('there is none')
    await expect(hca('list', '--account', '42')).rejects.toThrow('--account "42": expected 12 digits')
    await expect(hca('list', '--limit', 'many')).rejects.toThrow('whole number from 1 to 1000')
    await expect(hca('list', '--cursor', 'x')).rejects.toThrow('not a cursor')
    await expect(
      createProgram().parseAsync(['findings', 'list', '--dir', join(home, 'other')], { from: 'user' }),
    ).rejects.toThrow('no local system runs in')
  })
})

describe('--since', () => {
  const now = new Date('2026-11-20T09:00:00Z')

  it.each([
    ['90m', '2026-11-20T07:30:00.000Z'],
    ['12h', '2026-11-19T21:00:00.000Z'],
    ['7d', '2026-11-13T09:00:00.000Z'],
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T03:00:00+09:00', '2026-11-19T18:00:00.000Z'],
  ])('%s', (given, expected) => {
    expect(parseFilter({ since: given }, now)).toEqual({ since: expected })
  })

  it.each(['yesterday', '7w', '2026-13-40', ''])('%j is refused', (given) => {
    expect(() => parseFilter({ since: given }, now)).toThrow('--since')
  })
})

describe('hca findings serve', () => {
  it('answers on this machine what the table holds, as the deployed API does', async () => {
    const server = await serveFindings({ dir: home, port: '0' })
    try {
      expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
      const answer = await fetch(`${server.url}/findings`, { headers: { accept: 'application/json' } })
      expect(await answer.json()).toMatchObject({ findings: [{ code: ovenFinding.rootCause.code }] })
      expect(output.stderr).toContain(`${server.url}/findings`)
    } finally {
      await server.close()
    }
  })

  it('refuses a port that is none', async () => {
    await expect(serveFindings({ dir: home, port: 'eighty' })).rejects.toThrow('--port "eighty"')
  })
})
