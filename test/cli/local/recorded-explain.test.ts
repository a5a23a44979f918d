import { expect, it } from 'vitest'
import { explainRecorded } from '../../../cli/local/recorded-explain.ts'
import { readSnapshot } from '../../../shared/snapshot/read.ts'
import type { Snapshot } from '../../../shared/snapshot/types.ts'

const nothingKnown: Snapshot = { schemaVersion: '1', collectedAt: '2026-11-20T03:00:00Z', scopes: [] }
const broken = await readSnapshot('samples/01-alb-group-without-egress/snapshot.json')
const repaired = await readSnapshot('samples/06-alb-group-repaired/snapshot.json')
const question = { from: '10.0.0.11', to: '10.0.10.10', port: 8000 }

it('the newest recorded incident that can tell answers', () => {
  expect(explainRecorded([repaired, broken], question).verdict).toBe('reachable')
  expect(explainRecorded([nothingKnown, broken, repaired], question).verdict).toBe('blocked')
})

it('only those of the account and Region that are asked for answer', () => {
  const [scope] = broken.scopes
  const { accountId = '', region = '' } = scope ?? {}
  expect(explainRecorded([repaired, broken], question, { accountId, region }).verdict).toBe('reachable')
  expect(() => explainRecorded([broken], question, { region: 'eu-west-9' })).toThrow(
    'no incident was recorded in that account and Region',
  )
})

it('when none can tell, that is the answer; when the question makes sense to none, it is refused', () => {
  expect(explainRecorded([nothingKnown], question).verdict).toBe('unknown')
  expect(() => explainRecorded([broken], { ...question, to: 'eni-0404' })).toThrow('not in the snapshot')
  expect(() => explainRecorded([], question)).toThrow('no incident was replayed yet')
})
