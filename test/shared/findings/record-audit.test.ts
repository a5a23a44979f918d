import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dynamodbStore } from '../../../shared/findings/dynamodb-store.ts'
import type { Finding } from '../../../shared/findings/finding.ts'
import type { ItemTable } from '../../../shared/findings/item-table.ts'
import type { FindingStore, ObservedAudit } from '../../../shared/findings/store.ts'
import { auditOf, checkout, checkoutFinding, noEgress, path404 } from './checkout.ts'
import { embeddedTables } from './embedded-table.ts'

const newTable = embeddedTables()
const now = () => new Date('2026-11-20T09:00:00Z')
const storeOn = (table: ItemTable) => dynamodbStore(table, { now })

const minute = (n: number) => new Date(Date.UTC(2026, 10, 20, 3, n)).toISOString()
const finding = checkoutFinding()

/** The audit of minute n; `found` undefined means that data was missing. */
const audit = (n: number, found: readonly Finding[], decided = true): ObservedAudit => ({
  result: auditOf(found, decided),
  observedAt: minute(n),
  tieBreaker: `event-${n}`,
  replayed: false,
})

const kinds = async (store: FindingStore, observed: ObservedAudit) =>
  (await store.recordAudit(observed)).map(({ kind }) => kind)

describe('the life of a finding', () => {
  it('opens, is seen again in silence, resolves and reopens, and keeps its history', async () => {
    const store = storeOn(await newTable())
    expect(await kinds(store, audit(1, [finding]))).toEqual(['opened'])
    expect(await kinds(store, audit(2, [finding]))).toEqual([])
    expect(await kinds(store, audit(3, []))).toEqual(['resolved'])
    expect(await kinds(store, audit(4, []))).toEqual([])
    expect(await kinds(store, audit(5, [finding]))).toEqual(['reopened'])
    const record = await store.get(finding.id)
    expect(record).toMatchObject({
      status: 'open',
      firstSeen: minute(1),
      lastSeen: minute(5),
      openedAt: minute(5),
      occurrences: 2,
      version: 3,
    })
    expect(record?.finding).toEqual(finding)
    expect(record?.resolvedAt).toBeUndefined()
    const { items } = await store.history(finding.id, { limit: 10 })
    expect(items.map(({ version, kind, at }) => [version, kind, at])).toEqual([
      [3, 'reopened', minute(5)],
      [2, 'resolved', minute(3)],
      [1, 'opened', minute(1)],
    ])
  })

  it('a graver finding is a change; another set of targets is not', async () => {
    const store = storeOn(await newTable())
    await store.recordAudit(audit(1, [checkoutFinding({ severity: 'medium' })]))
    expect(await kinds(store, audit(2, [checkoutFinding({ severity: 'medium', targets: [] })]))).toEqual([])
    expect(await kinds(store, audit(3, [checkoutFinding({ severity: 'critical' })]))).toEqual(['changed'])
    expect(await kinds(store, audit(4, [checkoutFinding({ otherCauses: [path404] })]))).toEqual(['changed'])
  })

  it('resolves only what the decided subject no longer has', async () => {
    const store = storeOn(await newTable())
    const second = checkoutFinding({ cause: path404 })
    await store.recordAudit(audit(1, [finding, second]))
    const changes = await store.recordAudit(audit(2, [second]))
    expect(changes.map(({ kind, record }) => [kind, record.finding.id])).toEqual([['resolved', finding.id]])
    expect(changes[0]?.previous?.status).toBe('open')
  })

  it('an undecided audit resolves nothing', async () => {
    const store = storeOn(await newTable())
    await store.recordAudit(audit(1, [finding]))
    expect(await kinds(store, audit(2, [], false))).toEqual([])
    expect((await store.get(finding.id))?.status).toBe('open')
  })

  it('a cause that an audit could not rule out is not resolved, neither by it nor because of it', async () => {
    const store = storeOn(await newTable())
    const blind = (n: number): ObservedAudit => ({
      ...audit(n, []),
      result: {
        findings: [],
        audited: [{ subject: checkout, decided: true, notRuledOut: [noEgress.code] }],
      },
    })
    await store.recordAudit(audit(1, [finding, checkoutFinding({ cause: path404 })]))
    const changes = await store.recordAudit(blind(4))
    expect(changes.map(({ record }) => record.finding.rootCause.code)).toEqual([path404.code])
    await store.recordAudit(audit(3, [finding]))
    expect(await store.get(finding.id)).toMatchObject({ status: 'open', version: 1 })
    expect(await kinds(store, audit(5, []))).toEqual(['resolved'])
  })

  it('another subject of the same audit is left alone', async () => {
    const store = storeOn(await newTable())
    await store.recordAudit(audit(1, [finding]))
    const other = { ...checkout, arn: `${checkout.arn}0`, name: 'payment' }
    const changes = await store.recordAudit({ ...audit(2, []), result: auditOf([], true, other) })
    expect(changes).toEqual([])
    expect((await store.get(finding.id))?.status).toBe('open')
  })
})

describe('late, repeated and concurrent audits', () => {
  it('the same audit twice changes nothing', async () => {
    const store = storeOn(await newTable())
    await store.recordAudit(audit(1, [finding]))
    const before = await store.get(finding.id)
    expect(await kinds(store, audit(1, [finding]))).toEqual([])
    expect(await store.get(finding.id)).toEqual(before)
  })

  it('a late sight does not reopen what is resolved, but tells when it was first seen', async () => {
    const store = storeOn(await newTable())
    await store.recordAudit(audit(3, [finding]))
    await store.recordAudit(audit(5, []))
    expect(await kinds(store, audit(1, [finding]))).toEqual([])
    expect(await store.get(finding.id)).toMatchObject({
      status: 'resolved',
      firstSeen: minute(1),
      lastSeen: minute(3),
    })
  })

  it('a sight that comes after the audit that no longer had it is never open', async () => {
    const store = storeOn(await newTable())
    await store.recordAudit(audit(2, []))
    expect(await kinds(store, audit(1, [finding]))).toEqual(['resolved'])
    expect(await store.get(finding.id)).toMatchObject({ status: 'resolved', resolvedAt: minute(2) })
  })

  it('a late clean audit does not resolve what was seen after it', async () => {
    const store = storeOn(await newTable())
    await store.recordAudit(audit(4, [finding]))
    expect(await kinds(store, audit(3, []))).toEqual([])
    expect((await store.get(finding.id))?.status).toBe('open')
  })

  it('fifty writers at once leave what the newest of them saw, and open it once', async () => {
    const store = storeOn(await newTable())
    const writers = Array.from({ length: 50 }, (_, n) =>
      store.recordAudit(
        audit(n, [checkoutFinding({ targets: [{ id: `10.0.1.${n}`, state: 'unhealthy' }] })]),
      ),
    )
    const changes = (await Promise.all(writers)).flat()
    expect(changes.map(({ kind }) => kind)).toEqual(['opened'])
    const record = await store.get(finding.id)
    expect(record).toMatchObject({ status: 'open', firstSeen: minute(0), lastSeen: minute(49), version: 1 })
    expect(record?.finding.targets[0]?.id).toBe('10.0.1.49')
  }, 30_000)

  it('fifty writers, every second one clean: versions are counted without a gap and the newest decides', async () => {
    const store = storeOn(await newTable())
    const order = [...Array(50).keys()].sort((a, b) => ((a * 17) % 50) - ((b * 17) % 50))
    const changes = await Promise.all(
      order.map((n) => store.recordAudit(audit(n, n % 2 === 0 ? [finding] : []))),
    )
    const versions = changes.flat().map(({ record }) => record.version)
    expect([...versions].sort((a, b) => a - b)).toEqual(versions.map((_, index) => index + 1))
    expect(await store.get(finding.id)).toMatchObject({
      status: 'resolved',
      lastSeen: minute(48),
      firstSeen: minute(0),
    })
    const { items } = await store.history(finding.id, { limit: 100 })
    expect(items).toHaveLength(versions.length)
  }, 30_000)

  let sharedTable: Promise<ItemTable> | undefined

  it('any sequence, with repetitions, ends as the ordered one does', async () => {
    const sights = fc.record({
      n: fc.integer({ min: 0, max: 12 }),
      found: fc.subarray([checkoutFinding({ cause: noEgress }), checkoutFinding({ cause: path404 })]),
      decided: fc.boolean(),
    })
    const events = fc
      .uniqueArray(sights, { selector: ({ n }) => n, minLength: 1, maxLength: 8 })
      .chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
      )
    await fc.assert(
      fc.asyncProperty(events, async ([all, shuffled]) => {
        const ordered = [...all].sort((a, b) => a.n - b.n)
        expect(await endState(shuffled)).toEqual(await endState(ordered))
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  let shops = 0

  async function endState(events: readonly { n: number; found: readonly Finding[]; decided: boolean }[]) {
    sharedTable ??= newTable()
    const store = storeOn(await sharedTable)
    shops += 1
    const subject = { ...checkout, arn: `${checkout.arn}${shops}` }
    const causes = [noEgress, path404]
    for (const { n, found, decided } of events) {
      const targets = [{ id: `10.0.1.${n}`, state: 'unhealthy' }]
      const seen = found.map(({ rootCause }) => checkoutFinding({ subject, cause: rootCause, targets }))
      await store.recordAudit({ ...audit(n, []), result: auditOf(seen, decided, subject) })
    }
    const records = await Promise.all(
      causes.map((cause) => store.get(checkoutFinding({ subject, cause }).id)),
    )
    return records.map(
      (record) =>
        record && {
          status: record.status,
          targets: record.finding.targets,
          firstSeen: record.firstSeen,
          lastSeen: record.lastSeen,
        },
    )
  }
})

describe('a run that was cut off', () => {
  /** The table that fails from the nth write on, as a function does that runs out of time. */
  const cutOff = (table: ItemTable, writes: number): ItemTable => {
    let left = writes
    return {
      ...table,
      put: async (item, condition) => {
        if (left === 0) throw new Error('Task timed out after 30.00 seconds')
        left -= 1
        return table.put(item, condition)
      },
    }
  }

  it('is completed by the next run, whichever write was the last', async () => {
    for (let writes = 0; writes <= 5; writes += 1) {
      const table = await newTable()
      await storeOn(table).recordAudit(audit(1, [finding]))
      const second = checkoutFinding({ cause: path404 })
      const run = audit(2, [second])
      await storeOn(cutOff(table, writes))
        .recordAudit(run)
        .catch((error: Error) => expect(error.message).toContain('timed out'))
      const store = storeOn(table)
      await store.recordAudit(run)
      expect((await store.get(finding.id))?.status, `cut off after ${writes} writes`).toBe('resolved')
      expect((await store.get(second.id))?.status).toBe('open')
      const history = async (id: string) =>
        (await store.history(id, { limit: 9 })).items.map(({ kind }) => kind)
      expect([await history(finding.id), await history(second.id)], `cut off after ${writes} writes`).toEqual(
        [['resolved', 'opened'], ['opened']],
      )
    }
  })

  it('loses no history when the next run is another one', async () => {
    const table = await newTable()
    await expect(storeOn(cutOff(table, 2)).recordAudit(audit(1, [finding]))).rejects.toThrow('timed out')
    const store = storeOn(table)
    expect((await store.history(finding.id, { limit: 9 })).items.map(({ kind }) => kind)).toEqual(['opened'])
    await store.recordAudit(audit(2, []))
    const { items } = await store.history(finding.id, { limit: 9 })
    expect(items.map(({ kind }) => kind)).toEqual(['resolved', 'opened'])
  })
})

describe('two audits that overlap', () => {
  it('the older one, delayed before it writes, does not bring back what the newer one resolved', async () => {
    const table = await newTable()
    let held = true
    const slow: ItemTable = {
      ...table,
      put: async (item, condition) => {
        while (held && item.entity === 'finding') await sleep(5)
        return table.put(item, condition)
      },
    }
    const older = storeOn(slow).recordAudit(audit(1, [finding]))
    await sleep(50)
    await storeOn(table).recordAudit(audit(2, []))
    held = false
    await older
    expect((await storeOn(table).get(finding.id))?.status).toBe('resolved')
  })
})
