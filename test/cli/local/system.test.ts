import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startDatabase } from '../../../cli/local/database.ts'
import type { Incident } from '../../../cli/local/incidents.ts'
import { type LocalSystem, startSystem } from '../../../cli/local/system.ts'
import { terminalChannel } from '../../../cli/local/terminal.ts'
import type { audit } from '../../../shared/audit.ts'
import { taskStopped } from '../../shared/events/bakery-events.ts'
import { ovenAudit, ovenFinding, sick, sickWatched, well, wellWatched } from './bakery-incidents.ts'

let folder: string
let printed: string[]
let problems: string[]

beforeEach(async () => {
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true')
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT')
  folder = await mkdtemp(join(tmpdir(), 'hca-local-'))
  printed = []
  problems = []
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

interface Session {
  readonly incidents: readonly Incident[]
  readonly printing?: (text: string) => Promise<void>
  readonly engine?: typeof audit
  readonly check?: (system: LocalSystem) => Promise<void>
}

/** One run of the local system on the folder: start, catch up, replay, stop. */
async function session({ incidents, printing, engine = ovenAudit, check }: Session): Promise<void> {
  const database = await startDatabase(join(folder, 'db'))
  const print = printing ?? (async (text: string) => void printed.push(text))
  const system = await startSystem({
    database,
    channels: [terminalChannel(print, false)],
    audit: engine,
    onProblem: (problem) => problems.push(problem),
  })
  try {
    await system.catchUp()
    for (const incident of incidents) await system.replay(incident)
    await check?.(system)
  } finally {
    system.close()
    await database.close()
  }
}

const banners = () => printed.map((text) => text.split('━').join('').split('\n')[0]?.trim())

describe('the local system', () => {
  it('an event goes all the way to a printed notification, and its end too', async () => {
    await session({ incidents: [sick, well] })
    expect(problems).toEqual([])
    expect(banners()).toEqual(['CRITICAL · new', 'RESOLVED'])
    expect(printed[0]).toContain('◀ BLOCKED HERE')
    expect(printed[0]).toContain('aws ec2 authorize-security-group-egress')
    expect(printed[1]).toContain('it lasted 47 min 26 s')
  })

  it('the watcher sees the same by itself', async () => {
    await session({ incidents: [sickWatched, wellWatched] })
    expect(banners()).toEqual(['CRITICAL · new', 'RESOLVED'])
  })

  it('after a restart the findings are there, and nothing is told twice', async () => {
    await session({ incidents: [sick] })
    await session({
      incidents: [sick, well],
      check: async ({ store }) => expect((await store.get(ovenFinding.id))?.occurrences).toBe(1),
    })
    await session({ incidents: [sick, well, sickWatched] })
    expect(banners()).toEqual(['CRITICAL · new', 'RESOLVED'])
  })

  it('what could not be told is told after the restart', async () => {
    const printing = async () => {
      throw new Error('the printer is out of paper')
    }
    await session({ incidents: [sick], printing })
    expect(problems).toEqual(['notify-finding gave up on 1 changes'])
    await session({ incidents: [] })
    expect(banners()).toEqual(['CRITICAL · new'])
  })

  it('an event that cannot be audited becomes a dead letter, and the next one is audited', async () => {
    const engine: typeof audit = (snapshot, selection) => {
      if (snapshot === sick.snapshot) throw new Error('the oven is on fire')
      return ovenAudit(snapshot, selection)
    }
    await session({ incidents: [sick, { ...well, snapshot: { ...sick.snapshot } }], engine })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain('gave up on the event')
    expect(banners()).toEqual(['CRITICAL · new'])
  })

  it('an event that no rule takes is a mistake in the sample', async () => {
    await expect(
      session({
        incidents: [
          { ...sick, event: { ...taskStopped, detail: { ...taskStopped.detail, lastStatus: 'RUNNING' } } },
        ],
      }),
    ).rejects.toThrow('samples 01-cold: no rule takes its event')
  })
})
