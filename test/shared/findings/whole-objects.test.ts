/** Laws of large findings: whatever comes late, twice, at the same time or is cut off, a reader sees one whole version. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dynamodbStore } from '../../../shared/findings/dynamodb-store.ts'
import type { ItemTable } from '../../../shared/findings/item-table.ts'
import type { ObjectStore } from '../../../shared/findings/object-store.ts'
import { memoryObjects } from '../../faults/memory-objects.ts'
import { memoryTable } from '../../faults/memory-table.ts'
import { auditOf, blockedPath, checkoutFinding } from './checkout.ts'

const now = () => new Date('2026-11-20T09:00:00Z')
const minute = (n: number) => new Date(Date.UTC(2026, 10, 20, 3, n)).toISOString()
/** So many paths that some findings fit into an item and some do not. */
const MAX_ITEM_BYTES = 5000
const findingWith = (paths: number) =>
  checkoutFinding({ paths: Array.from({ length: paths }, () => blockedPath) })
const { id } = checkoutFinding()

/** One audit: when AWS was asked, how many paths its finding has (undefined: it is over), and when its process dies. */
interface Run {
  readonly minute: number
  readonly paths: number | undefined
  /** After so many steps; before the next one has its effect, or after it. */
  readonly dies: { readonly step: number; readonly after: boolean } | undefined
}

type Step = <T>(effect: () => Promise<T>) => Promise<T>

/** A process that dies does nothing more, and nobody hears of it. */
function processOf(
  { dies }: Run,
  turn: () => Promise<unknown>,
  seen: () => Promise<void>,
  died: () => void,
): Step {
  let steps = 0
  return async (effect) => {
    await turn()
    steps += 1
    const last = dies?.step === steps
    if (last && !dies.after) return end(died)
    const result = await effect()
    await seen()
    return last ? end(died) : result
  }
}

function end(died: () => void): Promise<never> {
  died()
  return new Promise<never>(() => {})
}

const tableIn = (step: Step, table: ItemTable): ItemTable => ({
  get: (key) => step(() => table.get(key)),
  put: (item, condition) => step(() => table.put(item, condition)),
  query: (input) => step(() => table.query(input)),
})

const objectsIn = (step: Step, objects: ObjectStore): ObjectStore => ({
  ...objects,
  get: (at) => step(() => objects.get(at)),
  put: (key, body) => step(() => objects.put(key, body)),
  keep: (key) => step(() => objects.keep(key)),
  release: (key) => step(() => objects.release(key)),
})

function world() {
  const table = memoryTable()
  const objects = memoryObjects()
  const store = (step: Step) =>
    dynamodbStore(tableIn(step, table), {
      now,
      objects: objectsIn(step, objects),
      maxItemBytes: MAX_ITEM_BYTES,
    })
  const quiet: Step = (effect) => effect()
  const versions = new Set<string>()

  async function record(run: Run, step: Step = quiet): Promise<void> {
    const found = run.paths === undefined ? [] : [findingWith(run.paths)]
    for (const finding of found) versions.add(JSON.stringify(finding))
    await store(step).recordAudit({
      result: auditOf(found),
      observedAt: minute(run.minute),
      tieBreaker: `event-${run.minute}`,
      replayed: false,
    })
  }

  /** The law that holds after each single step. */
  async function seesOneVersion(): Promise<void> {
    const stored = await store(quiet).get(id)
    if (!stored) return
    expect(stored.incomplete).toBeUndefined()
    expect(stored.truncated).toBeUndefined()
    expect(versions).toContain(JSON.stringify(stored.finding))
  }

  /** @returns when the run has ended or died */
  const start = (run: Run, turn: () => Promise<unknown>): Promise<void> =>
    new Promise((resolve, reject) => {
      record(run, processOf(run, turn, seesOneVersion, resolve)).then(resolve, reject)
    })

  return { objects, record, start, read: () => store(quiet).get(id), seesOneVersion }
}

const runs = (dies: fc.Arbitrary<Run['dies']>) =>
  fc.array(
    fc.record({
      minute: fc.integer({ min: 1, max: 12 }),
      paths: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined }),
      dies,
    }),
    { minLength: 1, maxLength: 6 },
  )
const alive = fc.constant(undefined)
const mortal = fc.option(fc.record({ step: fc.integer({ min: 1, max: 14 }), after: fc.boolean() }), {
  nil: undefined,
})
const lastPaths = fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined })

type World = ReturnType<typeof world>

/** One more audit, and all days are over: what is open is whole, and as seen last. */
async function endsWhole({ objects, record, read }: World, paths: number | undefined): Promise<void> {
  await record({ minute: 30, paths, dies: undefined })
  objects.expire()
  const stored = await read()
  if (paths === undefined) return expect(stored?.status).not.toBe('open')
  expect(stored?.finding).toEqual(findingWith(paths))
  expect(stored?.incomplete).toBeUndefined()
}

/** Nothing stays but what an open finding points to. */
async function leavesNothing({ objects, read }: World): Promise<void> {
  const stored = await read()
  expect(objects.kept()).toEqual(stored?.status === 'open' && stored.whole ? [stored.whole.key] : [])
}

const SETTINGS = { numRuns: 300 }

it('late and repeated audits, cut off between any two steps', async () => {
  await fc.assert(
    fc.asyncProperty(runs(mortal), lastPaths, async (audits, paths) => {
      const all = world()
      for (const audit of audits) await all.start(audit, async () => {})
      await endsWhole(all, paths)
    }),
    SETTINGS,
  )
})

it('audits at the same time leave no object behind', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), runs(alive), lastPaths, async (scheduler, audits, paths) => {
      const all = world()
      const started = audits.map((audit) => all.start(audit, () => scheduler.schedule(Promise.resolve())))
      await scheduler.waitFor(Promise.all(started))
      await leavesNothing(all)
      await endsWhole(all, paths)
    }),
    SETTINGS,
  )
})

it('audits at the same time, some of them cut off', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), runs(mortal), lastPaths, async (scheduler, audits, paths) => {
      const all = world()
      const started = audits.map((audit) => all.start(audit, () => scheduler.schedule(Promise.resolve())))
      await scheduler.waitFor(Promise.all(started))
      await endsWhole(all, paths)
    }),
    SETTINGS,
  )
})

it('of one large finding, cut off at each step in turn, nothing stays but what is open', async () => {
  for (let step = 1; step <= 20; step += 1)
    for (const after of [false, true]) {
      const all = world()
      await all.record({ minute: 1, paths: 7, dies: undefined })
      await all.start({ minute: 2, paths: 8, dies: { step, after } }, async () => {})
      await all.record({ minute: 3, paths: 8, dies: undefined })
      await leavesNothing(all)
      await all.start({ minute: 4, paths: undefined, dies: { step, after } }, async () => {})
      await all.record({ minute: 5, paths: undefined, dies: undefined })
      await leavesNothing(all)
      await endsWhole(all, 8)
    }
})
