import { describe, expect, it } from 'vitest'
import { functions } from '../../infra/functions.ts'
import { deployed } from './deployed.ts'
import { samDeployed, samParameters } from './sam-template.ts'
import type { Json, Resource, Template } from './template.ts'

const slackSecretArn = 'arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:bakery/slack-AbCdEf'

/** Each parameter away from its default, and the property of the construct that says the same. */
const everything = {
  sam: {
    WatchRate: 'rate(5 minutes)',
    HistoryDays: 30,
    FindingEmail: 'on-call@bakery.example',
    AlarmEmail: 'platform@bakery.example',
    SlackSecretArn: slackSecretArn,
    FindingsUrl: 'https://findings.bakery.example',
    CorsOrigin: 'https://findings.bakery.example',
    LogRetentionDays: 7,
    MaxConcurrentAudits: 9,
  },
  cdk: {
    watchMinutes: 5,
    historyDays: 30,
    findingEmails: ['on-call@bakery.example'],
    alarmEmails: ['platform@bakery.example'],
    slackSecretArn,
    findingsUrl: 'https://findings.bakery.example',
    corsOrigin: 'https://findings.bakery.example',
    logRetention: 7,
    maxConcurrentAudits: 9,
  },
} as const

/** What the two say in different words: where the code is, and the name that a bus must have. */
function comparable({ Resources }: Template): Readonly<Record<string, Resource>> {
  return Object.fromEntries(
    Object.entries(Resources).map(([id, { Properties, ...rest }]) => {
      const { Code: _code, ...properties } = Properties
      if (rest.Type === 'AWS::Events::EventBus')
        return [id, { ...rest, Properties: { ...properties, Name: '' } }]
      return [id, { ...rest, Properties: withJsonRead(properties) }]
    }),
  )
}

/** A dashboard is JSON in a text: compared as JSON. */
const withJsonRead = ({ DashboardBody, ...rest }: Resource['Properties']) =>
  typeof DashboardBody === 'string' ? { ...rest, DashboardBody: JSON.parse(DashboardBody) as Json } : rest

describe('template.yaml deploys what the CDK construct deploys', () => {
  it.each([
    ['with the defaults', samDeployed(), deployed()],
    ['with everything set', samDeployed(everything.sam), deployed(everything.cdk)],
  ])('%s', (_name, sam, cdk) => {
    expect(Object.keys(sam.Resources).sort()).toEqual(Object.keys(cdk.Resources).sort())
    const expected = comparable(cdk)
    for (const [id, resource] of Object.entries(comparable(sam))) expect(resource, id).toEqual(expected[id])
  })

  it('everything means every parameter', () => {
    expect(Object.keys(everything.sam).sort()).toEqual([...samParameters].sort())
  })

  it('the code of each function is its bundle', () => {
    const { Resources } = samDeployed()
    const code = Object.values(Resources)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties }) => Properties.Code)
    expect(code).toEqual(Object.keys(functions).map((name) => `../dist/functions/${name}/`))
  })
})
