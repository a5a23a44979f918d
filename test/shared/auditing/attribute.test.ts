import { describe, expect, it } from 'vitest'
import { attributeFindings } from '../../../shared/auditing/attribute.ts'
import { parseTrigger } from '../../../shared/events/index.ts'
import type { Finding } from '../../../shared/findings/finding.ts'
import type { FindingRecord } from '../../../shared/findings/record.ts'
import type { Place } from '../../../shared/snapshot/types.ts'
import { targetHealthEvent } from '../events/bakery-events.ts'
import { checkoutFinding } from '../findings/checkout.ts'

const openedAt = '2026-11-20T03:00:00.000Z'

/** Where CloudTrail is asked about the component at fault. */
async function askedAt(id: string, region: string): Promise<readonly Place[]> {
  const places: Place[] = []
  const base = checkoutFinding()
  const finding: Finding = {
    ...base,
    subject: { ...base.subject, region },
    rootCause: { ...base.rootCause, component: { type: 'security-group', id } },
  }
  const record = { finding, status: 'open', openedAt } as FindingRecord
  await attributeFindings(
    {
      store: { head: async () => record, attribute: async () => record },
      async lastChange(_object, _before, place) {
        places.push(place)
        return undefined
      },
      now: () => new Date(openedAt),
    },
    [finding],
    parseTrigger(targetHealthEvent()),
  )
  return places
}

describe('who changed it is asked', () => {
  it('where the subject is', async () => {
    const [place] = await askedAt('sg-0a1b', 'eu-west-3')
    expect(place).toMatchObject({ accountId: '111122223333', region: 'eu-west-3' })
  })

  it.each([
    ['eu-west-3', 'us-east-1'],
    ['cn-northwest-1', 'cn-north-1'],
    ['us-gov-east-1', 'us-gov-west-1'],
  ])('of roles in %s in %s, where IAM’s calls are recorded', async (region, expected) => {
    const [place] = await askedAt('arn:aws:iam::111122223333:role/baker', region)
    expect(place?.region).toBe(expected)
  })
})
