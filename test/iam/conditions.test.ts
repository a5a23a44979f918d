import { describe, expect, it } from 'vitest'
import { conditionHolds } from '../../shared/iam/conditions.ts'
import type { RequestContext } from '../../shared/iam/request.ts'
import { allow, type Json, policy, readsSecret, role } from './oven-policies.ts'

const context: RequestContext = {
  ...readsSecret.context,
  'aws:VpcSourceIp': '10.0.1.15',
  'aws:PrincipalOrgID': null,
}

function holds(operator: string, keys: Json) {
  const [statement] = policy(allow({ Condition: { [operator]: keys } })).statements
  const [condition] = statement?.conditions ?? []
  if (!statement || !condition) throw new Error('a statement with a condition is expected')
  return conditionHolds(condition, statement, { ...readsSecret, context })
}

const answer = (operator: string, keys: Json) => {
  const truth = holds(operator, keys)
  return typeof truth === 'string' ? truth : 'maybe'
}

describe('a condition', () => {
  it.each<[string, Json, 'yes' | 'no' | 'maybe']>([
    ['StringEquals', { 'aws:SourceVpc': 'vpc-0bakery' }, 'yes'],
    ['StringEquals', { 'aws:sourcevpc': 'vpc-0bakery' }, 'yes'],
    ['StringEquals', { 'aws:SourceVpc': 'VPC-0BAKERY' }, 'no'],
    ['StringEquals', { 'aws:SourceVpc': 'vpc-*' }, 'no'],
    ['StringEquals', { 'aws:SourceVpc': ['vpc-0shop', 'vpc-0bakery'] }, 'yes'],
    ['StringEqualsIgnoreCase', { 'aws:SourceVpc': 'VPC-0Bakery' }, 'yes'],
    ['StringLike', { 'aws:SourceVpce': 'vpce-0*' }, 'yes'],
    ['StringNotEquals', { 'aws:SourceVpc': ['vpc-0shop', 'vpc-0mill'] }, 'yes'],
    ['StringNotEquals', { 'aws:SourceVpc': ['vpc-0shop', 'vpc-0bakery'] }, 'no'],
    ['StringNotLike', { 'aws:SourceVpce': 'vpce-0*' }, 'no'],
    ['StringNotEqualsIgnoreCase', { 'aws:RequestedRegion': 'EU-WEST-1' }, 'no'],
    ['ArnLike', { 'aws:PrincipalArn': 'arn:aws:iam::*:role/oven-*' }, 'yes'],
    ['ArnEquals', { 'aws:PrincipalArn': role }, 'yes'],
    ['ArnNotLike', { 'aws:PrincipalArn': 'arn:aws:iam::*:role/shop-*' }, 'yes'],
    ['ArnNotEquals', { 'aws:PrincipalArn': role }, 'no'],
    ['StringEquals', { 'aws:PrincipalAccount': 111122223333 }, 'yes'],
    ['Bool', { 'aws:SecureTransport': 'true' }, 'yes'],
    ['Bool', { 'aws:SecureTransport': false }, 'no'],
    ['Bool', { 'aws:SecureTransport': 'perhaps' }, 'maybe'],
    ['IpAddress', { 'aws:VpcSourceIp': '10.0.0.0/16' }, 'yes'],
    ['IpAddress', { 'aws:VpcSourceIp': '10.0.1.15' }, 'yes'],
    ['IpAddress', { 'aws:VpcSourceIp': ['10.1.0.0/16', '2600:1f18::/32'] }, 'no'],
    ['NotIpAddress', { 'aws:VpcSourceIp': '10.0.0.0/16' }, 'no'],
    ['IpAddress', { 'aws:VpcSourceIp': '010.0.0.0/8' }, 'maybe'],
    ['IpAddress', { 'aws:VpcSourceIp': '10.0.0.0/40' }, 'maybe'],
    ['StringLike', { 'aws:PrincipalArn': `arn:aws:iam::\${aws:PrincipalAccount}:role/*` }, 'yes'],
    ['StringEquals', { 'aws:SourceVpc': `\${aws:PrincipalTag/vpc}` }, 'maybe'],
    ['StringNotEquals', { 'aws:SourceVpc': `\${aws:PrincipalTag/vpc}` }, 'maybe'],
  ])('%s %j holds: %s', (operator, keys, expected) => expect(answer(operator, keys)).toBe(expected))

  it.each<[string, Json, 'yes' | 'no' | 'maybe']>([
    ['StringEquals', { 'aws:SourceIp': '203.0.113.5' }, 'no'],
    ['StringEqualsIfExists', { 'aws:PrincipalOrgID': 'o-bakery' }, 'yes'],
    ['StringEqualsIfExists', { 'aws:SourceVpc': 'vpc-0shop' }, 'no'],
    ['StringNotEquals', { 'aws:PrincipalOrgID': 'o-bakery' }, 'yes'],
    ['NotIpAddress', { 'aws:SourceIp': '203.0.113.0/24' }, 'yes'],
    ['NotIpAddressIfExists', { 'aws:SourceIp': '203.0.113.0/24' }, 'yes'],
    ['Null', { 'aws:SourceIp': 'true' }, 'yes'],
    ['Null', { 'aws:SourceIp': false }, 'no'],
    ['Null', { 'aws:SourceVpc': 'false' }, 'yes'],
    ['Null', { 'aws:SourceVpc': 'never' }, 'maybe'],
  ])('on a key that the request surely lacks or has: %s %j holds: %s', (operator, keys, expected) =>
    expect(answer(operator, keys)).toBe(expected),
  )

  it.each<[string, Json, string]>([
    ['StringEquals', { 'aws:ResourceTag/shop': 'oven' }, 'aws:ResourceTag/shop'],
    ['StringEqualsIfExists', { 'aws:ResourceTag/shop': 'oven' }, 'aws:ResourceTag/shop'],
    ['Null', { 'aws:TokenIssueTime': 'true' }, 'aws:TokenIssueTime'],
    ['NumericLessThan', { 'aws:SourceVpc': '3' }, 'NumericLessThan'],
    ['DateGreaterThan', { 'aws:SourceVpc': '2026-11-20T03:00:00Z' }, 'DateGreaterThan'],
    ['ForAllValues:StringEquals', { 'aws:SourceVpc': 'vpc-0bakery' }, 'ForAllValues:StringEquals'],
    ['ForAnyValue:StringEquals', { 'aws:SourceIp': 'x' }, 'ForAnyValue:StringEquals'],
    ['stringequals', { 'aws:SourceVpc': 'vpc-0bakery' }, 'stringequals'],
    ['constructor', { 'aws:SourceVpc': 'vpc-0bakery' }, 'constructor'],
    ['StringEquals', { 'aws:SourceVpc': [] }, 'StringEquals'],
  ])('leaves %s %j open and names what is missing', (operator, keys, missing) =>
    expect(holds(operator, keys)).toMatchObject({ missing: [{ missing }] }),
  )
})
