import { describe, expect, test } from 'vitest'
import { askLastChange } from '../../../shared/snapshot/collect/index.ts'
import { apiCall } from '../../shared/events/bakery-events.ts'
import { type Answers, fakeAws, refusal } from './aws.ts'

const before = '2026-11-20T03:12:00.000Z'
const call = (eventName: string, eventTime = '2026-11-20T03:10:00Z') => ({
  CloudTrailEvent: JSON.stringify(apiCall(eventName, { groupId: 'sg-0a1b' }, { eventTime }).detail),
})

function ask(answers: Answers, object = 'sg-0a1b') {
  const aws = fakeAws(answers)
  return { ...aws, change: askLastChange(aws.clients, object, before) }
}

describe('who changed something last', () => {
  test('is looked up by the name of the resource, back from the moment it broke', async () => {
    const { change, inputs } = ask({ LookupEvents: () => ({ Events: [call('RevokeSecurityGroupEgress')] }) })
    expect(await change).toMatchObject({ eventName: 'RevokeSecurityGroupEgress' })
    expect(inputs('LookupEvents')).toMatchObject([
      {
        LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: 'sg-0a1b' }],
        EndTime: new Date(before),
      },
    ])
  })

  test('goes back page by page, and not for ever', async () => {
    let pages = 0
    const { change } = ask({
      LookupEvents: () => {
        pages += 1
        return { Events: [call('AuthorizeSecurityGroupIngress')], NextToken: `page-${pages}` }
      },
    })
    expect(await change).toBeUndefined()
    expect(pages).toBe(3)
  })

  test('roles are looked up by their names', async () => {
    const { change, inputs } = ask({ LookupEvents: () => ({ Events: [] }) }, 'role/baker')
    expect(await change).toBeUndefined()
    expect(inputs('LookupEvents')).toMatchObject([{ LookupAttributes: [{ AttributeValue: 'baker' }] }])
  })

  test('a refusal is told to the caller', async () => {
    const { change } = ask({
      LookupEvents: () => Promise.reject(refusal('AccessDeniedException', 'not authorized')),
    })
    await expect(change).rejects.toThrow('not authorized')
  })
})
