import { expect, it } from 'vitest'
import { dynamodbStore } from '../../../shared/findings/dynamodb-store.ts'
import { openSubjectsIn } from '../../../shared/findings/open-subjects.ts'
import { memoryTable } from '../../faults/memory-table.ts'
import { auditOf, checkout, checkoutFinding, path404, targetGroup } from './checkout.ts'

it('what has an open finding, told or not, of this account and Region, once', async () => {
  const store = dynamodbStore(memoryTable(), { now: () => new Date('2026-11-20T09:00:00Z') })
  const shelf = targetGroup('shelf')
  const record = (minute: number, result: ReturnType<typeof auditOf>) =>
    store.recordAudit({
      result,
      observedAt: `2026-11-20T03:0${minute}:00Z`,
      tieBreaker: 'event',
      replayed: false,
    })
  const quiet = checkoutFinding({ subject: shelf })
  await record(1, auditOf([checkoutFinding(), checkoutFinding({ cause: path404 })]))
  await record(1, auditOf([quiet], true, shelf))
  await store.suppress(quiet.id, { until: '2026-12-01T00:00:00Z', reason: 'moves' })
  const open = openSubjectsIn(store)
  const { accountId, region, arn } = checkout
  expect(await open(accountId, region)).toEqual([
    { kind: 'target-group', arn },
    { kind: 'target-group', arn: shelf.arn },
  ])
  expect(await open(accountId, 'eu-west-3')).toEqual([])
  await record(2, auditOf([]))
  expect(await open(accountId, region)).toEqual([{ kind: 'target-group', arn: shelf.arn }])
})
