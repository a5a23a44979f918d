import { describe, expect, it } from 'vitest'
import { matchesPattern } from '../../cli/local/event-pattern.ts'
import { eventRules, forwardedRules, memberPatterns } from '../../infra/event-patterns.ts'
import { resourceName } from '../../infra/functions.ts'
import { alarmEvent, apiCall, taskStopped } from '../shared/events/bakery-events.ts'
import { deployed, memberDeployed } from './deployed.ts'
import { templateFile } from './sam-template.ts'
import { reference } from './template.ts'

const template = templateFile('member-template.yaml')
const hubBusArn = 'arn:aws:events:ap-northeast-1:111122223333:event-bus/bakery-target-health'
const alarmTopicArn = 'arn:aws:sns:eu-west-1:222233334444:platform'

/** The Region of a template that is not deployed, where it asks for its own. */
const here = reference('AWS::Region')

describe('member-template.yaml deploys what the CDK construct deploys', () => {
  it.each([
    [
      'where the role is made',
      template.deployed({ HubBusArn: hubBusArn, ExternalId: 'night-shift', ReadRoleRegion: here }),
      memberDeployed({ hubBusArn, externalId: 'night-shift' }),
    ],
    [
      'in another Region, with everything set',
      template.deployed({
        HubBusArn: hubBusArn,
        ExternalId: 'night-shift',
        ReadRoleRegion: 'eu-west-1',
        UnhealthyHostAlarms: 'false',
        AlarmTopicArn: alarmTopicArn,
      }),
      memberDeployed({
        ...{ hubBusArn, alarmTopicArn },
        externalId: 'night-shift',
        readRole: false,
        unhealthyHostAlarms: false,
      }),
    ],
  ])('%s', (_name, made, cdk) => {
    expect(made).toEqual(cdk)
  })
})

describe('a member', () => {
  const { Resources } = memberDeployed({ hubBusArn, externalId: 'night-shift' })

  it('may be read by who is of the hub and knows the external id, and by nobody else', () => {
    expect(Resources.ReadRole?.Properties.AssumeRolePolicyDocument).toMatchObject({
      Statement: [
        {
          Principal: { AWS: `arn:${reference('AWS::Partition')}:iam::111122223333:root` },
          Condition: { StringEquals: { 'sts:ExternalId': 'night-shift' } },
        },
      ],
    })
  })

  it('lets the hub read what the hub reads of its own account', () => {
    const { PolicyDocument } = deployed().Resources.CollectPolicy?.Properties ?? {}
    expect(PolicyDocument).toBeDefined()
    expect(Resources.ReadRole?.Properties.Policies).toEqual([{ PolicyName: 'Collect', PolicyDocument }])
  })

  it.each(forwardedRules)('sends on what rule %s picks', (name, { pattern }) => {
    expect(Resources[`${resourceName(name)}Rule`]?.Properties).toMatchObject({
      EventPattern: pattern,
      Targets: [{ Arn: hubBusArn, RoleArn: reference('ForwardRole.Arn') }],
    })
  })
})

describe('a hub takes from its members', () => {
  const accounts = ['111122223333']
  const targetsOf = (event: unknown) =>
    Object.entries(memberPatterns(accounts)).flatMap(([target, pattern]) =>
      matchesPattern(pattern, event) ? [target] : [],
    )

  it.each([
    ['an alarm', alarmEvent, 'audit-target-health'],
    ['a stopped task', taskStopped, 'audit-ecs-task'],
    ['a changed route', apiCall('DeleteRoute', {}), 'audit-config-change'],
    ['a changed role', apiCall('DetachRolePolicy', {}, { service: 'iam' }), 'audit-config-change'],
  ])('%s', (_name, event, target) => {
    expect(targetsOf(event)).toEqual([target])
    expect(targetsOf({ ...event, account: '999988887777' })).toEqual([])
  })

  const members = [{ accountId: '222233334444', regions: ['eu-west-1'] }]
  const { Resources } = deployed({ members, memberExternalId: 'night-shift' })

  it('nothing that it would tell itself', () => {
    const { pattern } = eventRules['target-health-changed']
    expect(Resources.TargetHealthChangedRule?.Properties.EventPattern).toEqual({
      ...pattern,
      account: [reference('AWS::AccountId')],
    })
  })

  it('nothing from other accounts', () => {
    expect(Resources.EventBusPolicy?.Properties.Statement).toMatchObject({
      Principal: { AWS: ['222233334444'] },
      Action: 'events:PutEvents',
    })
  })

  it('no members without an external id', () => {
    expect(() => deployed({ members })).toThrow('members: give memberExternalId too')
  })
})
