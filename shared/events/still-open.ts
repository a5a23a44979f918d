/** Services and tasks with open findings, which ELBv2 tells nothing of: each is audited again from time to time. */
import { stillOpenDetail } from './finding-still-open.ts'
import type { KnownHealth, OpenSubject, WatchPorts } from './watch.ts'

interface StillOpen {
  readonly subjects: readonly OpenSubject[]
  readonly known: ReadonlyMap<string, KnownHealth>
  readonly minutes: number
}

/**
 * Told, then kept, as with target groups.
 * @returns how many events were told
 */
export async function tellStillOpen(
  { bus, known: store, now }: Pick<WatchPorts, 'bus' | 'known' | 'now'>,
  { subjects, known, minutes }: StillOpen,
  failures: string[],
): Promise<number> {
  const at = now().toISOString()
  const ofEcs = subjects.filter(({ kind }) => kind === 'ecs-service' || kind === 'ecs-task')
  const due = ofEcs.filter(({ arn }) => isDue(known.get(arn)?.toldAt, at, minutes))
  let events = 0
  for (const { arn } of due)
    try {
      const refused = await bus.publish([stillOpenDetail(arn, at)])
      if (refused.length > 0) throw new Error('the event bus did not take the event')
      await store.keep(arn, { targets: [], askedAt: at, toldAt: at })
      events += 1
    } catch (error) {
      failures.push(`${arn}: ${(error as Error).message}`)
    }
  return events
}

export const isDue = (toldAt: string | undefined, now: string, minutes: number): boolean =>
  toldAt === undefined || Date.parse(now) - Date.parse(toldAt) >= minutes * 60_000
