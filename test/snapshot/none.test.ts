/** "There is none", "not told" and "told otherwise than IAM's API does it". */
import { describe, expect, test } from 'vitest'
import { keyedResponse } from '../../shared/snapshot/known.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import type { Scope } from '../../shared/snapshot/types.ts'

function scopeOf(responses: object, errors: object = {}): Scope {
  const scope = { accountId: '111122223333', region: 'eu-central-1', coverage: 'region', responses, errors }
  const { scopes } = parseSnapshot({
    schemaVersion: '1',
    collectedAt: '2026-11-20T03:00:00Z',
    scopes: [scope],
  })
  if (!scopes[0]) throw new Error('no scope')
  return scopes[0]
}

describe('a role', () => {
  const role = { Role: { RoleName: 'press', Arn: 'arn:aws:iam::111122223333:role/press' } }

  test('that is there, and one that is not', () => {
    const scope = scopeOf({ 'iam:GetRole': { press: role, absent: {} } })
    expect(keyedResponse(scope, 'iam:GetRole', 'press')).toEqual({ known: true, value: role })
    expect(keyedResponse(scope, 'iam:GetRole', 'absent')).toEqual({ known: true, value: {} })
  })

  test('that nobody asked for, or nobody may see, is not known', () => {
    const denied = scopeOf({}, { 'iam:GetRole': { name: 'AccessDenied', message: 'not authorized' } })
    expect(keyedResponse(scopeOf({ 'iam:GetRole': {} }), 'iam:GetRole', 'press')).toMatchObject({
      known: false,
      missing: { missing: 'iam:GetRole', because: 'not collected for press' },
    })
    expect(keyedResponse(denied, 'iam:GetRole', 'press')).toMatchObject({
      known: false,
      missing: { because: 'AccessDenied: not authorized for press' },
    })
  })
})

describe('a list that AWS did not give', () => {
  test.each([
    ['iam:ListAttachedRolePolicies', 'AttachedPolicies'],
    ['iam:ListRolePolicies', 'PolicyNames'],
    ['ecr:DescribeImages', 'imageDetails'],
    ['ssm:DescribeParameters', 'Parameters'],
    ['efs:DescribeMountTargetSecurityGroups', 'SecurityGroups'],
    ['apigateway:GetResources', 'items'],
    ['apigatewayv2:GetIntegrations', 'Items'],
    ['route53:ListResourceRecordSets', 'ResourceRecordSets'],
  ] as const)('%s: is not an empty one', (operation, list) => {
    const { responses } = scopeOf({ [operation]: { told: { [list]: [] }, untold: {} } })
    expect(responses[operation]?.told).toEqual({ [list]: [] })
    expect(responses[operation]?.untold).toEqual({})
  })

  test.each([
    ['logs:DescribeLogGroups', 'logGroups'],
    ['efs:DescribeMountTargets', 'MountTargets'],
    ['apigateway:GetVpcLinks', 'items'],
    ['apigatewayv2:GetVpcLinks', 'Items'],
    ['opensearchserverless:ListVpcEndpoints', 'vpcEndpointSummaries'],
    ['route53:ListHostedZones', 'HostedZones'],
    ['cloudtrail:LookupEvents', 'Events'],
  ] as const)('%s: is not an empty one', (operation, list) => {
    expect(scopeOf({ [operation]: { [list]: [] } }).responses[operation]).toEqual({ [list]: [] })
    expect(scopeOf({ [operation]: {} }).responses[operation]).toEqual({})
  })
})

describe('a policy', () => {
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }

  test.each([
    ['URL-encoded, as the API gives it', encodeURIComponent(JSON.stringify(policy))],
    ['as plain JSON', JSON.stringify(policy)],
    ['as the object that the AWS CLI prints', policy],
  ])('%s, stays as it was given', (_name, document) => {
    const { responses } = scopeOf({
      'iam:GetRolePolicy': { 'press/ink': { PolicyName: 'ink', PolicyDocument: document } },
      'iam:GetPolicyVersion': { arn: { PolicyVersion: { VersionId: 'v1', Document: document } } },
      'ecr:GetRepositoryPolicy': { press: { policyText: document } },
      'efs:DescribeFileSystemPolicy': { 'fs-1': { Policy: document } },
    })
    expect(responses['iam:GetRolePolicy']?.['press/ink']?.PolicyDocument).toEqual(document)
    expect(responses['iam:GetPolicyVersion']?.arn?.PolicyVersion?.Document).toEqual(document)
    expect(responses['ecr:GetRepositoryPolicy']?.press?.policyText).toEqual(document)
    expect(responses['efs:DescribeFileSystemPolicy']?.['fs-1']?.Policy).toEqual(document)
  })

  test('that is a number is a broken snapshot', () => {
    expect(() => scopeOf({ 'iam:GetRolePolicy': { 'press/ink': { PolicyDocument: 7 } } })).toThrow(
      'scopes[0].responses["iam:GetRolePolicy"]["press/ink"].PolicyDocument',
    )
  })
})
