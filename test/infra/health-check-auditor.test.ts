import { Topic } from 'aws-cdk-lib/aws-sns'
import { describe, expect, it } from 'vitest'
import { unhealthyHostAlarms } from '../../infra/alarms.ts'
import { eventRules } from '../../infra/event-patterns.ts'
import { functions, resourceName } from '../../infra/functions.ts'
import { openPaths } from '../../shared/api/site.ts'
import { LEASE_MILLISECONDS } from '../../shared/notifications/claim.ts'
import { auditorApp, deployed } from './deployed.ts'
import { templateFile } from './sam-template.ts'
import { type Json, type Resource, reference, type Template } from './template.ts'

const sam = templateFile('template.yaml')
const slackSecretArn = 'arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:bakery/slack-AbCdEf'

const issuer = 'https://login.bakery.example'
const onlyLogin = { page: { login: { issuer, clientId: 'findings-page' } } }

/** Each parameter away from its default, and the property of the construct that says the same. */
const everything = {
  sam: {
    WatchRate: 'rate(5 minutes)',
    SweepRate: 'rate(1 hour)',
    MemberPlaces: '222233334444/eu-west-1,222233334444/us-east-1,555566667777/eu-west-1',
    MemberAccounts: '222233334444,555566667777',
    MemberExternalId: 'night-shift',
    HistoryDays: 30,
    FindingEmail: 'on-call@bakery.example',
    AlarmEmail: 'platform@bakery.example',
    SlackSecretArn: slackSecretArn,
    PageLoginIssuer: 'https://login.bakery.example/tenant',
    PageLoginClientId: 'findings-page',
    PageLoginAudience: 'api://findings',
    PageLoginScopes: 'openid email offline_access',
    FindingsUrl: 'https://findings.bakery.example',
    CorsOrigin: 'https://findings.bakery.example',
    LogRetentionDays: 7,
    MaxConcurrentAudits: 9,
    UnhealthyHostAlarms: 'false',
  },
  cdk: {
    watchMinutes: 5,
    sweepHours: 1,
    members: [
      { accountId: '222233334444', regions: ['eu-west-1', 'us-east-1'] },
      { accountId: '555566667777', regions: ['eu-west-1'] },
    ],
    memberExternalId: 'night-shift',
    historyDays: 30,
    findingEmails: ['on-call@bakery.example'],
    alarmEmails: ['platform@bakery.example'],
    slackSecretArn,
    page: {
      login: {
        issuer: 'https://login.bakery.example/tenant',
        clientId: 'findings-page',
        audience: 'api://findings',
        scopes: 'openid email offline_access',
      },
    },
    findingsUrl: 'https://findings.bakery.example',
    corsOrigin: 'https://findings.bakery.example',
    logRetention: 7,
    maxConcurrentAudits: 9,
    unhealthyHostAlarms: false,
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

/** A dashboard and a state machine are JSON in a text: compared as JSON. */
const withJsonRead = (properties: Resource['Properties']): Resource['Properties'] =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) =>
      ['DashboardBody', 'DefinitionString'].includes(name) ? [name, readJson(String(value))] : [name, value],
    ),
  )

/** Numbers as text, as everywhere in the comparison. */
const readJson = (text: string): Json =>
  JSON.parse(text, (_, value: Json) => (typeof value === 'number' ? String(value) : value))

describe('template.yaml deploys what the CDK construct deploys', () => {
  it.each([
    ['with the defaults', sam.deployed(), deployed()],
    ['with everything set', sam.deployed(everything.sam), deployed(everything.cdk)],
    [
      'with a login and nothing else',
      sam.deployed({ PageLoginIssuer: issuer, PageLoginClientId: 'findings-page' }),
      deployed(onlyLogin),
    ],
  ])('%s', (_name, made, cdk) => {
    expect(Object.keys(made.Resources).sort()).toEqual(Object.keys(cdk.Resources).sort())
    const expected = comparable(cdk)
    for (const [id, resource] of Object.entries(comparable(made))) expect(resource, id).toEqual(expected[id])
  })

  it('everything means every parameter', () => {
    expect(Object.keys(everything.sam).sort()).toEqual([...sam.parameters].sort())
  })

  it('the code of each function is its bundle', () => {
    const { Resources } = sam.deployed()
    const code = Object.values(Resources)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties }) => Properties.Code)
    expect(code).toEqual(Object.keys(functions).map((name) => `../dist/functions/${name}/`))
  })
})

describe('the construct', () => {
  const { Resources } = deployed()
  const ofType = (type: string) => Object.entries(Resources).filter(([, { Type }]) => Type === type)

  it.each(Object.entries(eventRules))(
    'rule %s has its pattern and its queue',
    (name, { pattern, target, bus }) => {
      const { Properties } = Resources[`${resourceName(name)}Rule`] ?? {}
      expect(Properties).toMatchObject({
        EventPattern: pattern,
        Targets: [
          {
            Arn: reference(`${resourceName(target)}Queue.Arn`),
            DeadLetterConfig: { Arn: reference('UndeliveredEvents.Arn') },
          },
        ],
      })
      expect(Properties?.EventBusName).toBe(bus === 'own' ? reference('EventBus') : undefined)
    },
  )

  it('a message stays hidden for six runs of its function', () => {
    const { VisibilityTimeout } = Resources.AuditTargetHealthQueue?.Properties ?? {}
    expect(VisibilityTimeout).toBe(String(6 * functions['audit-target-health'].timeoutSeconds))
  })

  it('each dead-letter queue has an alarm, and each alarm of ours tells somebody', () => {
    const watched = ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) =>
      JSON.stringify(Properties.Dimensions),
    )
    const queues = ofType('AWS::SQS::Queue').filter(
      ([, { Properties }]) => Properties.RedrivePolicy === undefined,
    )
    for (const [id] of queues) expect(watched.join()).toContain(reference(`${id}.QueueName`))
    const silent = ofType('AWS::CloudWatch::Alarm').filter(([, { Properties }]) => !Properties.AlarmActions)
    expect(silent.map(([id]) => id).sort()).toEqual(Object.keys(unhealthyHostAlarms).sort())
  })

  it('the notifier ends before its lease on a delivery does', () => {
    expect(functions['notify-finding'].timeoutSeconds * 1000).toBeLessThan(LEASE_MILLISECONDS)
  })

  it('without Slack and without a page nothing may read a secret, and no browser may ask', () => {
    expect(JSON.stringify(Resources)).not.toContain('secretsmanager:GetSecretValue')
    expect(Object.keys(Resources).filter((id) => /^Page|Preflight/.test(id))).toEqual([])
    expect(
      ofType('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties.AuthorizationType),
    ).toEqual(['AWS_IAM'])
  })

  it('with a login the page has an API of its own, open for nothing but what holds no finding', () => {
    const page = Object.entries(deployed(onlyLogin).Resources)
    const routes = page.flatMap(([, { Type, Properties }]) =>
      Type === 'AWS::ApiGatewayV2::Route' && Properties.ApiId === reference('PageApi')
        ? [[Properties.RouteKey, Properties.AuthorizationType]]
        : [],
    )
    expect(Object.fromEntries(routes)).toEqual({
      'ANY /api/{proxy+}': 'JWT',
      ...Object.fromEntries(openPaths.map((path) => [`GET ${path}`, 'NONE'])),
    })
    const { PageApiAuthorizer, NotifyFindingFunction, ApiRoute } = Object.fromEntries(page)
    expect(PageApiAuthorizer?.Properties.JwtConfiguration).toEqual({
      Audience: ['findings-page'],
      Issuer: issuer,
    })
    expect(JSON.stringify(NotifyFindingFunction?.Properties.Environment)).toContain(
      `https://${reference('PageApi')}`,
    )
    expect(ApiRoute?.Properties.AuthorizationType).toBe('AWS_IAM')
  })

  it('a login without openid is refused', () => {
    const login = { issuer, clientId: 'findings-page', scopes: 'email profile' }
    expect(() => auditorApp({ page: { login } })).toThrow('openid must be among them')
  })

  it('cdk-nag has nothing to say', () => {
    expect(() => auditorApp(everything.cdk).app.synth()).not.toThrow()
  })

  it('cdk-nag would say it', () => {
    const { app, stack } = auditorApp()
    new Topic(stack, 'Plain')
    expect(() => app.synth()).toThrow(/validation/i)
  })
})
