import { describe, expect, it } from 'vitest'
import { evaluate } from '../../shared/iam/evaluate.ts'
import type { Policies } from '../../shared/iam/policies.ts'
import { contextOf } from '../../shared/iam/request.ts'
import {
  account,
  allow,
  deny,
  type Json,
  notCollected,
  origin,
  readsSecret,
  role,
  secret,
  setOf,
} from './oven-policies.ts'

const decide = (policies: Policies, request = readsSecret) => evaluate(request, policies)

const elsewhere = secret.replace(account, '444455556666')
const readsElsewhere = { ...readsSecret, resource: elsewhere }
const key = `arn:aws:kms:eu-west-1:${account}:key/0a1b`
const decrypts = { ...readsSecret, action: 'kms:Decrypt', resource: key }
const forEveryone = { Principal: '*', Action: '*', Resource: '*' }
const forAccount = { ...forEveryone, Principal: { AWS: `arn:aws:iam::${account}:root` } }

describe('policies of the role', () => {
  it('allow what a statement allows, and name it', () => {
    expect(decide({ identity: setOf(allow({ Sid: 'ReadPassword' })) })).toMatchObject({
      kind: 'allowed',
      by: [{ kind: 'identity', origin, statement: { text: { Sid: 'ReadPassword' } } }],
    })
  })

  it('do not allow what no statement speaks of', () => {
    const identity = setOf(allow({ Resource: elsewhere }), allow({ Action: 'ssm:*' }))
    expect(decide({ identity })).toEqual({ kind: 'not-allowed', lacking: ['identity'] })
  })

  it('deny what a statement denies, whatever else allows it', () => {
    const identity = setOf(allow(), deny({ Sid: 'NotOnMondays', Action: 'secretsmanager:*', Resource: '*' }))
    expect(decide({ identity })).toMatchObject({
      kind: 'denied',
      by: [{ kind: 'identity', statement: { text: { Sid: 'NotOnMondays' } } }],
    })
  })

  it.each([
    ['SecretsManager:getsecretVALUE', 'allowed'],
    ['secretsmanager:Get*', 'allowed'],
    ['secretsmanager:Get?ecretValue', 'allowed'],
    ['*', 'allowed'],
    ['secretsmanager:GetSecret', 'not-allowed'],
  ])('match the action %s: %s', (action, kind) => {
    expect(decide({ identity: setOf(allow({ Action: action })) }).kind).toBe(kind)
  })

  it('allow all but NotAction and NotResource', () => {
    const but = (more: object) => decide({ identity: setOf({ Effect: 'Allow', ...more }) }).kind
    expect(but({ NotAction: 'ecr:*', Resource: '*' })).toBe('allowed')
    expect(but({ NotAction: 'secretsmanager:*', Resource: '*' })).toBe('not-allowed')
    expect(but({ Action: '*', NotResource: elsewhere })).toBe('allowed')
    expect(but({ Action: '*', NotResource: [elsewhere, `${secret.slice(0, -6)}*`] })).toBe('not-allowed')
  })

  it('leave open what depends on a condition that is not known', () => {
    const tagged = { Condition: { StringEquals: { 'aws:ResourceTag/shop': 'oven' } } }
    const missing = [{ missing: 'aws:ResourceTag/shop' }]
    expect(decide({ identity: setOf(allow(tagged)) })).toMatchObject({ kind: 'unknown', missing })
    expect(decide({ identity: setOf(allow(), deny(tagged)) })).toMatchObject({ kind: 'unknown', missing })
    expect(decide({ identity: setOf(allow(), allow(tagged)) }).kind).toBe('allowed')
    expect(decide({ identity: setOf(deny(), allow(tagged)) }).kind).toBe('denied')
    expect(decide({ identity: setOf(allow({ Resource: elsewhere }), deny(tagged)) }).kind).toBe('not-allowed')
  })

  it('that were not collected leave everything open but an explicit Deny', () => {
    const some = (...statements: readonly Json[]) => ({
      ...setOf(...statements),
      missing: [notCollected],
    })
    const open = { kind: 'unknown', missing: [notCollected] }
    expect(decide({ identity: { policies: [], missing: [notCollected] } })).toEqual(open)
    expect(decide({ identity: some(allow({ Resource: elsewhere })) })).toEqual(open)
    expect(decide({ identity: some(allow()) })).toEqual(open)
    expect(decide({ identity: some(deny()) }).kind).toBe('denied')
  })

  it('that expect a principal, or lack one where it belongs, leave it open', () => {
    expect(decide({ identity: setOf(allow({ Principal: '*' })) }).kind).toBe('unknown')
    expect(decide({ identity: setOf(allow()), endpoint: setOf(allow()) }).kind).toBe('unknown')
  })
})

describe('a permissions boundary', () => {
  const identity = setOf(allow())

  it('has to allow it, too', () => {
    expect(decide({ identity, boundary: setOf(allow({ Resource: '*' })) }).kind).toBe('allowed')
    expect(decide({ identity, boundary: setOf(allow({ Action: 'logs:*' })) })).toEqual({
      kind: 'not-allowed',
      lacking: ['boundary'],
    })
    expect(decide({ identity, boundary: setOf(allow(), deny()) }).kind).toBe('denied')
  })

  it('allows nothing by itself', () => {
    const nothing = setOf(allow({ Resource: elsewhere }))
    expect(decide({ identity: nothing, boundary: setOf(allow()) })).toEqual({
      kind: 'not-allowed',
      lacking: ['identity'],
    })
  })

  it('that was not collected leaves it open', () => {
    const boundary = { policies: [], missing: [notCollected] }
    expect(decide({ identity, boundary })).toEqual({ kind: 'unknown', missing: [notCollected] })
  })
})

describe('the policy of a VPC endpoint', () => {
  const identity = setOf(allow())

  it('lets through what it allows, and nothing else', () => {
    expect(decide({ identity, endpoint: setOf(allow(forEveryone)) }).kind).toBe('allowed')
    expect(decide({ identity, endpoint: setOf(allow({ ...forEveryone, Action: 'ssm:*' })) })).toEqual({
      kind: 'not-allowed',
      lacking: ['endpoint'],
    })
  })

  it('can be asked alone, where the role plays no part and nobody knows who asks', () => {
    const layer = {
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/0a1b',
      context: { 'aws:PrincipalAccount': 'ECR' },
    }
    const own = allow({ ...forEveryone, Resource: 'arn:aws:s3:::bakery-recipes/*' })
    const mine = allow({ ...forEveryone, Condition: { StringEquals: { 'aws:PrincipalAccount': account } } })
    expect(evaluate(layer, { endpoint: setOf(allow(forEveryone)) }).kind).toBe('allowed')
    expect(evaluate(layer, { endpoint: setOf(own) }).kind).toBe('not-allowed')
    expect(evaluate(layer, { endpoint: setOf(mine) }).kind).toBe('not-allowed')
    expect(evaluate({ ...layer, context: {} }, { endpoint: setOf(mine) }).kind).toBe('unknown')
    expect(evaluate(layer, { endpoint: setOf(allow(forAccount)) }).kind).toBe('unknown')
  })

  it('that names an account means its root user or everybody, by the type of the endpoint', () => {
    expect(decide({ identity, endpoint: setOf(allow(forAccount)) }).kind).toBe('unknown')
  })
})

describe('the policy of a resource', () => {
  const nothing = setOf(allow({ Resource: `${secret}x` }))
  const named = (id: string) => setOf(allow({ ...forEveryone, Principal: { AWS: id } }))

  it('is enough within an account when it names the role', () => {
    expect(decide({ identity: nothing, resource: named(role) }).kind).toBe('allowed')
    expect(decide({ identity: nothing, resource: named('*') }).kind).toBe('allowed')
    expect(decide({ identity: nothing, resource: named(account) }).kind).toBe('not-allowed')
    expect(decide({ identity: nothing, resource: named(`${role}-2`) }).kind).toBe('not-allowed')
  })

  it('is not needed within an account, but can deny, to a whole account, too', () => {
    const identity = setOf(allow())
    expect(decide({ identity, resource: named('444455556666') }).kind).toBe('allowed')
    expect(decide({ identity, resource: setOf(deny(forAccount)) }).kind).toBe('denied')
  })

  it('that names sessions or unique ids leaves it open', () => {
    const session = `arn:aws:sts::${account}:assumed-role/oven-execution/0a1b`
    expect(decide({ identity: nothing, resource: named(session) }).kind).toBe('unknown')
    expect(decide({ identity: nothing, resource: named('AROAEXAMPLEEXAMPLE12') }).kind).toBe('unknown')
  })

  it('has to allow it beside the role when it belongs to another account', () => {
    const identity = setOf(allow({ Resource: '*' }))
    expect(decide({ identity, resource: named(account) }, readsElsewhere).kind).toBe('allowed')
    expect(decide({ identity, resource: named('444455556666') }, readsElsewhere)).toEqual({
      kind: 'not-allowed',
      lacking: ['resource'],
    })
    expect(decide({ identity: nothing, resource: named(role) }, readsElsewhere).kind).toBe('not-allowed')
    expect(decide({ identity }, readsElsewhere).kind).toBe('unknown')
  })

  it('decides nothing about one who is not known, unless it comes to the same for all', () => {
    const { principal: _, ...somebody } = readsElsewhere
    const identity = setOf(allow({ Resource: '*' }))
    const others = setOf(allow({ ...forEveryone, Action: 'ssm:*' }))
    expect(decide({ identity, resource: others }, somebody).kind).toBe('unknown')
    expect(decide({ identity, resource: named('*') }, somebody).kind).toBe('allowed')
    expect(decide({ identity: nothing, resource: others }, somebody).kind).toBe('not-allowed')
  })

  it('of a key stands above the policies of the role', () => {
    const identity = setOf(allow({ Action: 'kms:Decrypt', Resource: key }))
    expect(decide({ identity }, decrypts).kind).toBe('unknown')
    expect(decide({ identity, resource: setOf(allow(forAccount)) }, decrypts).kind).toBe('allowed')
    expect(decide({ identity: nothing, resource: setOf(allow(forAccount)) }, decrypts).kind).toBe(
      'not-allowed',
    )
    expect(decide({ identity: nothing, resource: named(role) }, decrypts).kind).toBe('allowed')
    expect(decide({ identity, resource: named('444455556666') }, decrypts).kind).toBe('not-allowed')
  })

  it('beside a boundary that does not allow it leaves it open', () => {
    const boundary = setOf(allow({ Action: 'logs:*' }))
    expect(decide({ identity: nothing, boundary, resource: named(role) }).kind).toBe('unknown')
  })

  it('with NotPrincipal applies to those who are surely not left out', () => {
    const but = (id: string) =>
      decide({
        identity: setOf(allow()),
        resource: setOf({ Effect: 'Deny', NotPrincipal: { AWS: id }, Action: '*', Resource: '*' }),
      }).kind
    expect(but('arn:aws:iam::444455556666:role/mill')).toBe('denied')
    expect(but(role)).toBe('unknown')
  })
})

describe('a trust policy', () => {
  const ecs = { kind: 'service', name: 'ecs-tasks.amazonaws.com' } as const
  const assumes = { action: 'sts:AssumeRole', resource: role, principal: ecs, context: {} }
  const trusts = (principal: unknown) =>
    evaluate(assumes, {
      resource: setOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal }),
    }).kind

  it('lets the services in that it names', () => {
    expect(trusts({ Service: ['ec2.amazonaws.com', 'ecs-tasks.amazonaws.com'] })).toBe('allowed')
    expect(trusts({ Service: 'ec2.amazonaws.com' })).toBe('not-allowed')
    expect(trusts({ AWS: account })).toBe('not-allowed')
    expect(trusts({ AWS: '*' })).toBe('unknown')
  })

  it('can depend on a condition', () => {
    const statement = {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: ecs.name },
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    }
    expect(evaluate(assumes, { resource: setOf(statement) }).kind).toBe('unknown')
    const told = { ...assumes, context: { 'aws:SourceAccount': account } }
    expect(evaluate(told, { resource: setOf(statement) }).kind).toBe('allowed')
  })
})

describe('the way of a request', () => {
  const onlyBy = (keys: object) => ({ identity: setOf(allow({ Condition: { StringEquals: keys } })) })
  const by = (way: Parameters<typeof contextOf>[2]) => ({
    ...readsSecret,
    context: contextOf(role, 'eu-west-1', way),
  })

  it('decides conditions on the VPC and its endpoint', () => {
    const policies = onlyBy({ 'aws:SourceVpce': 'vpce-0oven' })
    expect(decide(policies).kind).toBe('allowed')
    expect(decide(policies, by({ kind: 'internet' })).kind).toBe('not-allowed')
    expect(decide(policies, by(undefined)).kind).toBe('unknown')
  })
})
