import { describe, expect, it } from 'vitest'
import { evaluate } from '../../shared/iam/evaluate.ts'
import { roleNameOf, rolePolicies } from '../../shared/iam/role-policies.ts'
import type { Responses, Scope } from '../../shared/snapshot/types.ts'
import { account, allow, type Json, readsSecret, role, secret } from './oven-policies.ts'

const name = 'oven-execution'
const shared = `arn:aws:iam::${account}:policy/bakery-logs`
const boundary = `arn:aws:iam::${account}:policy/bakery-boundary`
const execution = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy'

const encoded = (...statements: readonly Json[]) =>
  encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: statements }))
const trust = encoded({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: 'ecs-tasks.amazonaws.com' },
})
const version = (...statements: readonly Json[]) => ({
  PolicyVersion: { Document: encoded(...statements), VersionId: 'v3', IsDefaultVersion: true },
})
const everything = allow({ Action: '*', Resource: '*' })

const responses = {
  'iam:GetRole': { [name]: { Role: { RoleName: name, AssumeRolePolicyDocument: trust } } },
  'iam:ListAttachedRolePolicies': {
    [name]: { AttachedPolicies: [{ PolicyName: 'bakery-logs', PolicyArn: shared }], IsTruncated: false },
  },
  'iam:ListRolePolicies': { [name]: { PolicyNames: ['read-secrets'], IsTruncated: false } },
  'iam:GetRolePolicy': {
    [`${name}/read-secrets`]: {
      RoleName: name,
      PolicyName: 'read-secrets',
      PolicyDocument: encoded(allow()),
    },
  },
  'iam:GetPolicyVersion': {
    [shared]: version(allow({ Action: 'logs:*', Resource: '*' })),
    [boundary]: version(everything),
  },
}

/** As IAM gave it, whatever the snapshot's own shapes would make of it. */
const scopeOf = (told: object): Scope => ({
  accountId: account,
  region: 'eu-west-1',
  coverage: 'region',
  responses: told as Responses,
  errors: {},
})

const policiesWith = (more: object = {}) => rolePolicies(scopeOf({ ...responses, ...more }), name)

function decided(more: object, action = readsSecret.action, resource = readsSecret.resource) {
  const { identity, boundary: limit } = policiesWith(more)
  return evaluate({ ...readsSecret, action, resource }, { identity, ...(limit && { boundary: limit }) })
}

const withBoundary = {
  'iam:GetRole': {
    [name]: {
      Role: {
        AssumeRolePolicyDocument: trust,
        PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary },
      },
    },
  },
}

describe('the policies of a role', () => {
  it('are its attached and its inline ones', () => {
    expect(policiesWith().identity).toMatchObject({
      missing: [],
      policies: [
        { origin: { operation: 'iam:GetPolicyVersion', resource: shared } },
        { origin: { operation: 'iam:GetRolePolicy', resource: 'oven-execution/read-secrets' } },
      ],
    })
    expect(decided({}).kind).toBe('allowed')
    expect(decided({}, 'logs:PutLogEvents', `arn:aws:logs:eu-west-1:${account}:log-group:oven`).kind).toBe(
      'allowed',
    )
    expect(decided({}, 'ecr:GetAuthorizationToken', '*').kind).toBe('not-allowed')
  })

  it.each([
    ['iam:ListAttachedRolePolicies', {}, 'iam:ListAttachedRolePolicies'],
    ['iam:ListRolePolicies', {}, 'iam:ListRolePolicies'],
    ['iam:GetRolePolicy', {}, 'iam:GetRolePolicy'],
    ['iam:GetPolicyVersion', {}, 'iam:GetPolicyVersion'],
    ['iam:ListRolePolicies', { [name]: { PolicyNames: [], IsTruncated: true } }, 'iam:ListRolePolicies'],
    ['iam:ListAttachedRolePolicies', { [name]: {} }, 'iam:ListAttachedRolePolicies'],
    ['iam:GetRolePolicy', { [`${name}/read-secrets`]: { PolicyDocument: '%7B' } }, 'iam:GetRolePolicy'],
  ])('without a whole answer of %s (%j) leave open what nothing allows', (operation, told, missing) => {
    expect(decided({ [operation]: told }, 'ecr:GetAuthorizationToken', '*')).toMatchObject({
      kind: 'unknown',
      missing: expect.arrayContaining([expect.objectContaining({ missing })]),
    })
  })

  it('say why they were not collected', () => {
    const scope = {
      ...scopeOf({}),
      errors: { 'iam:ListRolePolicies': { name: 'AccessDenied', message: 'not yours' } },
    }
    expect(rolePolicies(scope, name).identity.missing).toContainEqual({
      missing: 'iam:ListRolePolicies',
      because: 'AccessDenied: not yours for oven-execution',
    })
  })

  it.each([{}, { [name]: { Role: 'oven' } }])(
    'may be limited by a boundary as long as the role is not told (%j)',
    (told) => {
      expect(decided({ 'iam:GetRole': told })).toMatchObject({
        kind: 'unknown',
        missing: [{ missing: 'iam:GetRole' }],
      })
      expect(decided({ 'iam:GetRole': told }, 'ecr:GetAuthorizationToken', '*').kind).toBe('not-allowed')
    },
  )

  it('hold a boundary only where the role has one', () => {
    expect(policiesWith()).not.toHaveProperty('boundary')
    expect(policiesWith(withBoundary).boundary?.policies).toHaveLength(1)
    expect(decided(withBoundary).kind).toBe('allowed')
    const narrow = { 'iam:GetPolicyVersion': { [boundary]: version(allow({ Action: 'logs:*' })) } }
    expect(decided({ ...withBoundary, ...narrow })).toEqual({ kind: 'not-allowed', lacking: ['boundary'] })
  })

  it('are none where there is no such role', () => {
    const none = policiesWith({ 'iam:GetRole': { [name]: {} } })
    const nothing = { policies: [], missing: [] }
    expect(none).toEqual({ exists: { known: true, value: false }, identity: nothing, trust: nothing })
    expect(policiesWith().exists).toEqual({ known: true, value: true })
    expect(policiesWith({ 'iam:GetRole': {} }).exists).toMatchObject({
      known: false,
      missing: { missing: 'iam:GetRole' },
    })
  })

  it('tell who may take it on', () => {
    const assumes = (service: string) =>
      evaluate(
        {
          action: 'sts:AssumeRole',
          resource: role,
          principal: { kind: 'service', name: service },
          context: {},
        },
        { resource: policiesWith().trust },
      ).kind
    expect(assumes('ecs-tasks.amazonaws.com')).toBe('allowed')
    expect(assumes('ecs.amazonaws.com')).toBe('not-allowed')
  })
})

describe('the managed execution policy of ECS', () => {
  const attached = {
    'iam:ListAttachedRolePolicies': { [name]: { AttachedPolicies: [{ PolicyArn: execution }] } },
  }

  it.each([
    ['ecr:BatchGetImage', 'allowed'],
    ['logs:CreateLogStream', 'allowed'],
    ['logs:CreateLogGroup', 'not-allowed'],
    ['ssm:GetParameters', 'not-allowed'],
  ])('need not be collected: %s is %s', (action, kind) => {
    expect(decided(attached, action, '*').kind).toBe(kind)
  })

  it('is believed as collected where it was', () => {
    const changed = { 'iam:GetPolicyVersion': { [execution]: version(everything) } }
    expect(decided({ ...attached, ...changed }, 'logs:CreateLogGroup', '*').kind).toBe('allowed')
  })

  it('of a customer that bears its name is not it', () => {
    const own = `arn:aws:iam::${account}:policy/service-role/AmazonECSTaskExecutionRolePolicy`
    const list = { 'iam:ListAttachedRolePolicies': { [name]: { AttachedPolicies: [{ PolicyArn: own }] } } }
    expect(decided(list, 'ecr:BatchGetImage', '*').kind).toBe('unknown')
  })
})

describe('a role’s name', () => {
  it.each([
    [role, name],
    [`arn:aws-cn:iam::${account}:role/bakery/night/oven-execution`, name],
    [`arn:aws:iam::${account}:user/baker`, undefined],
    [secret, undefined],
    ['oven-execution', undefined],
  ])('of %s is %s', (arn, expected) => expect(roleNameOf(arn)).toBe(expected))
})
