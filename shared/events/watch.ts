/**
 * Watching target health: ask ELBv2 group by group, the one asked longest ago first, and tell what changed.
 * A run that ends early (time, an error) goes on with the next run: what was not kept is asked and told again.
 * Whatever has an open finding is looked at again as well: the event that would tell its end may have been lost, or its
 * audit may not have been able to decide.
 */

import { placeOf } from '../snapshot/references.ts'
import type { StillOpenDetail } from './finding-still-open.ts'
import { isDue, type OpenSubject, tellStillOpen } from './still-open.ts'
import { type TargetHealthChangedDetail, targetHealthChangedDetail } from './target-health-changed.ts'
import { inTrouble, type TargetHealth, targetHealthChanges } from './target-health-changes.ts'
import type { TargetChange } from './trigger.ts'

export interface WatchedGroup {
  readonly targetGroupArn: string
  readonly loadBalancerArns: readonly string[]
}

/** ELBv2, as far as watching needs it. */
export interface TargetHealthSource {
  readonly groups: () => Promise<readonly WatchedGroup[]>
  readonly targets: (targetGroupArn: string) => Promise<readonly TargetHealth[]>
}

export interface KnownHealth {
  readonly targets: readonly TargetHealth[]
  /** ISO 8601: when ELBv2 gave this answer. */
  readonly askedAt: string
  /** ISO 8601: when an event last spoke of the group. */
  readonly toldAt?: string | undefined
}

export interface KnownHealthStore {
  readonly all: (accountId: string, region: string) => Promise<ReadonlyMap<string, KnownHealth>>
  readonly keep: (targetGroupArn: string, known: KnownHealth) => Promise<void>
}

export type WatchDetail = TargetHealthChangedDetail | StillOpenDetail

export interface WatchBus {
  /** @returns the events that were not taken */
  readonly publish: (events: readonly WatchDetail[]) => Promise<readonly WatchDetail[]>
}

export interface WatchPorts {
  readonly source: TargetHealthSource
  readonly known: KnownHealthStore
  readonly bus: WatchBus
  readonly openSubjects: (accountId: string, region: string) => Promise<readonly OpenSubject[]>
  readonly now: () => Date
  readonly wait: (milliseconds: number) => Promise<void>
}

export interface WatchOptions {
  /** ELBv2 grants 10 a second to the whole account, its consoles and deployments included. @default 5 */
  readonly callsPerSecond?: number
  /** Asking ends then, so that what was found is still told. @default 45 */
  readonly seconds?: number
  /** A group that stays in trouble is told again: its cause may have changed. @default 15 */
  readonly againAfterMinutes?: number
  /** What has an open finding and is in no trouble, or is none of ELBv2's. @default 60 */
  readonly stillOpenAfterMinutes?: number
}

export interface WatchSummary {
  readonly groups: number
  readonly asked: number
  readonly events: number
  /** Questions without an answer, and events that were not taken. */
  readonly failures: readonly string[]
  /** Age of the oldest answer that we rely on, seconds. */
  readonly oldestAnswerSeconds: number
}

/** One event holds at most this many changes, to stay within EventBridge's size limit. */
const CHANGES_PER_EVENT = 500
const DAY = 24 * 3600
/**
 * A group that is well is audited when it is first seen, and then so often: what its paths rest on must be known before
 * somebody changes it, and is forgotten a month after the last audit.
 */
const PATHS_DAYS = 7

export async function watchTargetHealth(
  ports: WatchPorts,
  options: WatchOptions = {},
): Promise<WatchSummary> {
  const { callsPerSecond = 5, seconds = 45, againAfterMinutes = 15, stillOpenAfterMinutes = 60 } = options
  const started = ports.now().getTime()
  const groups = await ports.source.groups()
  const { accountId, region } = placeOf(groups[0]?.targetGroupArn ?? '')
  const known = new Map(groups.length === 0 ? [] : await ports.known.all(accountId, region))
  const failures: string[] = []
  const open = await openSubjects(ports, groups, failures)
  const stillOpen = { subjects: open, known, minutes: stillOpenAfterMinutes }
  let events = await tellStillOpen(ports, stillOpen, failures)
  let asked = 0
  for (const group of oldestFirst(groups, known)) {
    if (ports.now().getTime() - started >= seconds * 1000) break
    if (asked > 0) await ports.wait(1000 / callsPerSecond)
    asked += 1
    try {
      const minutes = {
        trouble: againAfterMinutes,
        otherwise: hasOpen(group, open) ? stillOpenAfterMinutes : PATHS_DAYS * 24 * 60,
      }
      const answer = await askGroup(ports, group, known.get(group.targetGroupArn), minutes)
      known.set(group.targetGroupArn, answer.known)
      events += answer.events
    } catch (error) {
      failures.push(`${group.targetGroupArn}: ${(error as Error).message}`)
    }
  }
  const oldest = groups.map(({ targetGroupArn }) => known.get(targetGroupArn)?.askedAt)
  return { groups: groups.length, asked, events, failures, oldestAnswerSeconds: ageOf(oldest, ports.now()) }
}

/** Health is watched even when it is not known what is open. */
async function openSubjects(
  ports: WatchPorts,
  [first]: readonly WatchedGroup[],
  failures: string[],
): Promise<readonly OpenSubject[]> {
  if (!first) return []
  const { accountId, region } = placeOf(first.targetGroupArn)
  try {
    return await ports.openSubjects(accountId, region)
  } catch (error) {
    failures.push(`open findings: ${(error as Error).message}`)
    return []
  }
}

/** A load balancer is audited with its target groups. */
const hasOpen = ({ targetGroupArn, loadBalancerArns }: WatchedGroup, open: readonly OpenSubject[]): boolean =>
  open.some(({ arn }) => arn === targetGroupArn || loadBalancerArns.includes(arn))

/** Asked, told, then kept: a run that dies in between tells again rather than never. */
async function askGroup(
  { source, known: store, bus, now }: WatchPorts,
  group: WatchedGroup,
  before: KnownHealth | undefined,
  minutes: { readonly trouble: number; readonly otherwise: number },
): Promise<{ readonly known: KnownHealth; readonly events: number }> {
  const targets = await source.targets(group.targetGroupArn)
  const askedAt = now().toISOString()
  const changes = targetHealthChanges(before?.targets ?? [], targets)
  const again = isDue(before?.toldAt, askedAt, targets.some(inTrouble) ? minutes.trouble : minutes.otherwise)
  const events = changes.length > 0 || again ? eventsOf(group, changes, askedAt) : []
  const refused = events.length > 0 ? await bus.publish(events) : []
  if (refused.length > 0)
    throw new Error(`the event bus did not take ${refused.length} of ${events.length} events`)
  const known = { targets, askedAt, toldAt: events.length > 0 ? askedAt : before?.toldAt }
  await store.keep(group.targetGroupArn, known)
  return { known, events: events.length }
}

function eventsOf(group: WatchedGroup, changes: readonly TargetChange[], observedAt: string) {
  const parts = Math.max(1, Math.ceil(changes.length / CHANGES_PER_EVENT))
  return Array.from({ length: parts }, (_, part) =>
    targetHealthChangedDetail(
      { ...group, changes: changes.slice(part * CHANGES_PER_EVENT, (part + 1) * CHANGES_PER_EVENT) },
      placeOf(group.targetGroupArn),
      observedAt,
    ),
  )
}

const oldestFirst = (groups: readonly WatchedGroup[], known: ReadonlyMap<string, KnownHealth>) => {
  const askedAt = ({ targetGroupArn }: WatchedGroup) => known.get(targetGroupArn)?.askedAt ?? ''
  return [...groups].sort((a, b) => (askedAt(a) < askedAt(b) ? -1 : askedAt(a) > askedAt(b) ? 1 : 0))
}

/** A group that was never asked counts as a day old: it must show in the metric. */
const ageOf = (asked: readonly (string | undefined)[], now: Date): number =>
  Math.max(0, ...asked.map((at) => (at === undefined ? DAY : (now.getTime() - Date.parse(at)) / 1000)))
