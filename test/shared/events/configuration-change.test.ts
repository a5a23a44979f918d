import { describe, expect, test } from 'vitest'
import { parseTrigger } from '../../../shared/events/index.ts'
import { lastChange, objectNameOf } from '../../../shared/events/last-change.ts'
import { triggerSelection } from '../../../shared/events/trigger-selection.ts'
import { apiCall, ovenArn } from './bakery-events.ts'

function objectsIn(event: unknown): readonly string[] {
  const trigger = parseTrigger(event)
  if (trigger.kind !== 'configuration-change') throw new Error(trigger.kind)
  return trigger.objects
}

const balancer = 'arn:aws:elasticloadbalancing:ap-northeast-1:111122223333:loadbalancer/app/bakery/b6153c94'
const listener = balancer.replace(':loadbalancer/', ':listener/')

describe('a recorded API call', () => {
  test('tells who did what, when and from where, and is the same event however often it comes', () => {
    expect(parseTrigger(apiCall('RevokeSecurityGroupEgress', { groupId: 'sg-0a1b' }))).toMatchObject({
      kind: 'configuration-change',
      key: 'cloudtrail#0a1b2c3d-RevokeSecurityGroupEgress',
      observedAt: '2026-11-20T03:10:00.000Z',
      objects: ['sg-0a1b'],
      change: {
        eventName: 'RevokeSecurityGroupEgress',
        at: '2026-11-20T03:10:00.000Z',
        by: 'arn:aws:sts::111122223333:assumed-role/baker/anna',
        sourceAddress: '198.51.100.7',
      },
    })
  })

  test('need not have parameters and an answer: CloudTrail leaves out what does not apply', () => {
    const {
      requestParameters: _given,
      responseElements: _answered,
      ...detail
    } = apiCall('DeleteRoute', {}).detail
    expect(objectsIn({ ...apiCall('DeleteRoute', {}), detail })).toEqual([])
  })

  test('of no moment is refused in one clear line', () => {
    const event = apiCall('DeleteRoute', {}, { eventTime: 'yesterday' })
    expect(() => parseTrigger(event)).toThrow('event: "yesterday" is no moment; expected one as in 2026')
  })

  test.each([
    [
      'a group, not those that its rules name',
      apiCall('AuthorizeSecurityGroupIngress', {
        groupId: 'sg-0a1b',
        ipPermissions: { items: [{ groups: { items: [{ groupId: 'sg-0ff' }] }, prefixListIds: {} }] },
      }),
      ['sg-0a1b'],
    ],
    [
      'a group, as ModifySecurityGroupRules names it',
      apiCall('ModifySecurityGroupRules', {
        ModifySecurityGroupRulesRequest: {
          GroupId: 'sg-0a1b',
          SecurityGroupRule: {
            SecurityGroupRule: { ReferencedGroupId: 'sg-0ff' },
            SecurityGroupRuleId: 'sgr-1',
          },
        },
      }),
      ['sg-0a1b'],
    ],
    [
      'a route table, not where the route leads',
      apiCall('CreateRoute', {
        routeTableId: 'rtb-01',
        natGatewayId: 'nat-02',
        destinationCidrBlock: '0.0.0.0/0',
      }),
      ['rtb-01'],
    ],
    [
      'an association that is replaced, old and new',
      apiCall(
        'ReplaceNetworkAclAssociation',
        { associationId: 'aclassoc-01', networkAclId: 'acl-02' },
        { responseElements: { newAssociationId: 'aclassoc-03' } },
      ),
      ['aclassoc-01', 'acl-02', 'aclassoc-03'],
    ],
    [
      'endpoints',
      apiCall('DeleteVpcEndpoints', {
        DeleteVpcEndpointsRequest: { VpcEndpointId: { tag: 1, content: 'vpce-0e' } },
      }),
      ['vpce-0e'],
    ],
    [
      'a listener, which is its load balancer, and where it forwards to',
      apiCall(
        'ModifyListener',
        { listenerArn: `${listener}/f1f2`, defaultActions: [{ type: 'forward', targetGroupArn: ovenArn }] },
        { service: 'elasticloadbalancing' },
      ),
      [balancer, ovenArn],
    ],
    [
      'a role by its name',
      apiCall('DeleteRolePolicy', { roleName: 'baker', policyName: 'p' }, { service: 'iam' }),
      ['role/baker'],
    ],
    [
      'what is set for the whole account',
      apiCall('ModifyVpcBlockPublicAccessOptions', {}),
      ['public-access'],
    ],
    [
      'nothing, when AWS refused',
      apiCall('DeleteRoute', { routeTableId: 'rtb-01' }, { errorCode: 'Client.Unauthorized' }),
      [],
    ],
    ['nothing, when it is no call that matters', apiCall('RunInstances', { subnetId: 'subnet-01' }), []],
  ])('%s', (_what, event, objects) => {
    expect(objectsIn(event)).toEqual(objects)
  })

  test('names subjects where it changes one', () => {
    const service = 'arn:aws:ecs:ap-northeast-1:111122223333:service/bakery/oven'
    const updated = apiCall(
      'UpdateService',
      { service: 'oven' },
      { service: 'ecs', responseElements: { service: { serviceArn: service } } },
    )
    expect(triggerSelection(parseTrigger(updated)).services).toEqual([service])
    const modified = apiCall(
      'ModifyTargetGroup',
      { targetGroupArn: ovenArn },
      { service: 'elasticloadbalancing' },
    )
    expect(triggerSelection(parseTrigger(modified)).targetGroups).toEqual([ovenArn])
  })
})

describe('the last change before something broke', () => {
  const looked = (eventName: string, eventTime: string, more: object = {}) => ({
    CloudTrailEvent: JSON.stringify(
      apiCall(eventName, { groupId: 'sg-0a1b' }, { eventTime, ...more }).detail,
    ),
  })
  const before = '2026-11-20T03:10:00.000Z'

  test('is the newest that can break it, and none from later', () => {
    const events = [
      looked('RevokeSecurityGroupEgress', '2026-11-20T03:00:00Z'),
      looked('RevokeSecurityGroupIngress', '2026-11-20T02:00:00Z'),
      looked('RevokeSecurityGroupEgress', '2026-11-20T03:11:00Z'),
      looked('AuthorizeSecurityGroupEgress', '2026-11-20T03:05:00Z'),
      looked('RevokeSecurityGroupEgress', '2026-11-20T03:09:00Z', {
        errorCode: 'Client.UnauthorizedOperation',
      }),
    ]
    expect(lastChange(events, 'sg-0a1b', before)?.at).toBe('2026-11-20T03:00:00.000Z')
  })

  test('is of this very object, and of records that can be read', () => {
    const other = looked('RevokeSecurityGroupEgress', '2026-11-20T03:00:00Z')
    expect(lastChange([other, {}, { CloudTrailEvent: '{' }], 'sg-0ff', before)).toBeUndefined()
  })

  test('roles go by their names', () => {
    expect(objectNameOf({ id: 'arn:aws:iam::111122223333:role/path/baker' })).toBe('role/baker')
    expect(objectNameOf({ id: 'sg-0a1b' })).toBe('sg-0a1b')
  })
})
