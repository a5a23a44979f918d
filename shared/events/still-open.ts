/** Services and tasks with open findings, which ELBv2 tells nothing of: each is audited again from time to time. */
import type { Subject } from '../findings/finding.ts'
import { type StillOpenDetail, stillOpenDetail } from './finding-still-open.ts'

/** What has an open finding. */
export type OpenSubject = Pick<Subject, 'kind' | 'arn'>

interface StillOpen {
  readonly subjects: readonly OpenSubject[]
  readonly known: ReadonlyMap<string, { readonly toldAt?: string | undefined }>
  readonly minutes: number
}

/** As the watcher has them. */
interface StillOpenPorts {
  readonly bus: { readonly publish: (events: readonly StillOpenDetail[]) => Promise<readonly unknown[]> }
  readonly known: {
    readonly keep: (
      arn: string,
      told: { readonly targets: readonly []; readonly askedAt: string; readonly toldAt: string },
    ) => Promise<void>
  }
  readonly now: () => Date
}

/**
 * Told, then kept, as with target groups.
 * @returns how many events were told
 */
export async function tellStillOpen(
  { bus, known: store, now }: StillOpenPorts,
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
