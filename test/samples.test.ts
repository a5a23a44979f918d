import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { audit } from '../shared/audit.ts'
import { triggerSelection } from '../shared/events/index.ts'
import { parseTrigger } from '../shared/events/parse-trigger.ts'
import { parseSnapshot } from '../shared/snapshot/parse.ts'
import { readSnapshot } from '../shared/snapshot/read.ts'
import type { healthChanged, Incident } from './fixtures/incidents/incident.ts'
import { filesOf, incidents } from './fixtures/incidents/index.ts'

const root = fileURLToPath(new URL('../samples/', import.meta.url))
const made = incidents()

type HealthIncident = Incident & { readonly event: ReturnType<typeof healthChanged> }
const tellsHealth = (one: Incident): one is HealthIncident =>
  one.event['detail-type'] === 'Target Health Changed'
const ofHealth = made.filter(tellsHealth)
const [broken] = ofHealth
const repaired = ofHealth.at(-1)

/** What the event's audit finds, most severe first. */
function audited({ event, snapshot }: (typeof made)[number]) {
  return audit(parseSnapshot(snapshot), triggerSelection(parseTrigger(event))).findings
}

describe('what the product says of the samples', () => {
  const open = made.filter((incident) => incident !== repaired)
  it.each(open)('$folder has its cause, and nothing else above low', (incident) => {
    const findings = audited(incident).filter(({ severity }) => severity !== 'low')
    expect(findings.map(({ rootCause }) => rootCause.code)).toEqual([incident.incident.expect.code])
    expect(findings[0]?.rootCause.confidence).not.toBe('possible')
  })

  it.each(open)('$folder has a fix to paste', (incident) => {
    const [finding] = audited(incident)
    expect(finding?.remediation.flatMap(({ steps }) => steps).flatMap(({ cli }) => cli)).not.toEqual([])
  })

  it('the repaired one is clean', () => {
    expect(repaired && audited(repaired)).toEqual([])
  })
})

describe('sample incidents', () => {
  it('are the committed folders, all of them', () => {
    const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.map(({ name }) => name).sort()).toEqual(made.map(({ folder }) => folder))
  })

  it.each(made)('$folder is what `npm run samples` writes', (incident) => {
    for (const [name, content] of Object.entries(filesOf(incident))) {
      expect(readFileSync(join(root, incident.folder, name), 'utf8'), name).toBe(content)
    }
  })

  it.each(ofHealth)(
    '$folder parses, and its event speaks of targets that the snapshot holds',
    async (incident) => {
      const snapshot = await readSnapshot(join(root, incident.folder, 'snapshot.json'))
      const scope = snapshot.scopes[0]
      const { detail } = incident.event
      expect(scope).toMatchObject({
        accountId: detail.account,
        region: detail.region,
        coverage: 'region',
        errors: {},
      })
      const health = scope?.responses['elasticloadbalancing:DescribeTargetHealth']?.[detail.targetGroupArn]
      const told = new Map(
        health?.TargetHealthDescriptions?.map(({ Target, TargetHealth }) => [Target.Id, TargetHealth]),
      )
      expect(detail.changes.length).toBeGreaterThan(0)
      for (const { targetId, from, to } of detail.changes) {
        expect(told.get(targetId)).toMatchObject({ State: to.state, ...(to.reason && { Reason: to.reason }) })
        expect(from.state).not.toBe(to.state)
      }
    },
  )

  it.each(made)('$folder arrives as an event that the product understands', ({ event }) => {
    expect(parseTrigger(event)).toMatchObject({
      accountId: event.account,
      observedAt: event.time,
      replayed: false,
    })
  })

  it('arrive by every kind of event that starts an audit', () => {
    const kinds = new Set(made.map(({ event }) => parseTrigger(event).kind))
    expect(kinds).toEqual(new Set(['target-health', 'ecs-task', 'configuration-change']))
  })

  it('happen one after the other on one day, each with its own event id', () => {
    const times = made.map(({ event }) => event.time)
    expect(times).toEqual([...times].sort())
    expect(new Set(times.map((time) => time.slice(0, 10)))).toEqual(new Set(['2026-11-20']))
    expect(new Set(made.map(({ event }) => event.id)).size).toBe(made.length)
  })

  it('has the first one repaired: the same group and targets, healthy again', () => {
    expect(repaired?.event.detail.targetGroupArn).toBe(broken?.event.detail.targetGroupArn)
    const turned = broken?.event.detail.changes.map(({ targetId, from, to }) => ({
      targetId,
      from: to.state,
      to: from.state,
    }))
    expect(
      repaired?.event.detail.changes.map(({ targetId, from, to }) => ({
        targetId,
        from: from.state,
        to: to.state,
      })),
    ).toEqual(turned)
  })
})
