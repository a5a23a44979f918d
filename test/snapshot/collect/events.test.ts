import { describe, expect, test } from 'vitest'
import { collectEvents } from '../../../shared/snapshot/collect/index.ts'
import type { Snapshot } from '../../../shared/snapshot/types.ts'
import { type Answers, fakeAws, refusal } from './aws.ts'

const snapshot: Snapshot = {
  schemaVersion: '1',
  collectedAt: '2026-11-20T03:00:00Z',
  scopes: [
    {
      accountId: '111122223333',
      region: 'eu-central-1',
      coverage: 'selection',
      responses: { 'ec2:DescribeVpcs': { Vpcs: [] } },
      errors: {},
    },
  ],
}
const night = { since: '2026-11-20T01:00:00Z', until: '2026-11-20T03:00:00Z' }

async function changesOf(resources: readonly string[], answers: Answers) {
  const aws = fakeAws(answers)
  const { scopes } = await collectEvents(aws.clients, snapshot, resources, night)
  const [scope] = scopes
  if (!scope) throw new Error('no scope')
  return { ...aws, scope }
}

describe('who changed something', () => {
  test('is looked up resource by resource, within the hours in question', async () => {
    const { inputs, scope } = await changesOf(['sg-press', 'rtb-press'], {
      LookupEvents: ({ LookupAttributes }) => ({
        Events: [
          {
            EventId: JSON.stringify(LookupAttributes),
            EventName: 'RevokeSecurityGroupIngress',
            EventTime: new Date('2026-11-20T02:00:00Z'),
          },
        ],
      }),
    })
    expect(inputs('LookupEvents')).toEqual(
      ['sg-press', 'rtb-press'].map((AttributeValue) => ({
        LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue }],
        StartTime: new Date(night.since),
        EndTime: new Date(night.until),
        MaxResults: 50,
      })),
    )
    const { Events } = scope.responses['cloudtrail:LookupEvents'] ?? {}
    expect(Events?.map(({ EventTime }) => EventTime)).toEqual([
      '2026-11-20T02:00:00.000Z',
      '2026-11-20T02:00:00.000Z',
    ])
    expect(scope.responses['ec2:DescribeVpcs']).toEqual({ Vpcs: [] })
  })

  test('a refusal is recorded', async () => {
    const { scope } = await changesOf(['sg-press'], {
      LookupEvents: () => {
        throw refusal('AccessDeniedException', 'not authorized')
      },
    })
    expect(scope.errors['cloudtrail:LookupEvents']?.name).toBe('AccessDeniedException')
  })

  test('what people passed to AWS as environment stays behind, what they changed does not', async () => {
    const event = {
      eventName: 'RegisterTaskDefinition',
      requestParameters: {
        family: 'press',
        containerDefinitions: [{ environment: [{ name: 'DB_URL', value: 'hunter2' }] }],
        environment: { variables: { TOKEN: 'hunter2' } },
      },
    }
    const { scope } = await changesOf(['press'], {
      LookupEvents: {
        Events: [{ CloudTrailEvent: JSON.stringify(event) }, { CloudTrailEvent: 'hunter2 {' }],
      },
    })
    const text = JSON.stringify(scope)
    expect(text).not.toContain('hunter2')
    for (const kept of ['DB_URL', 'TOKEN', 'RegisterTaskDefinition', 'family']) expect(text).toContain(kept)
  })
})
