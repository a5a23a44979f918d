/** What holds for all policies: order means nothing, a Deny never helps, and knowing less never gives another answer. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Decision, evaluate } from '../../shared/iam/evaluate.ts'
import { type Policies, type PolicySet, policyKinds } from '../../shared/iam/policies.ts'
import type { Request } from '../../shared/iam/request.ts'
import { account, type Json, notCollected, policy, readsSecret, role, secret } from './oven-policies.ts'

const key = `arn:aws:kms:eu-west-1:${account}:key/0a1b`
const request: fc.Arbitrary<Request> = fc.record({
  action: fc.constantFrom('secretsmanager:GetSecretValue', 'kms:Decrypt', 'ecr:GetAuthorizationToken'),
  resource: fc.constantFrom(secret, key, '*', secret.replace(account, '444455556666')),
  principal: fc.constantFrom(
    { kind: 'role' as const, arn: role },
    { kind: 'service' as const, name: 'ecs-tasks.amazonaws.com' },
  ),
  context: fc.constantFrom(readsSecret.context, { 'aws:SourceVpc': null, 'aws:SourceVpce': null }, {}),
})

const condition = fc.constantFrom<Json | undefined>(
  undefined,
  undefined,
  { StringEquals: { 'aws:SourceVpce': 'vpce-0oven' } },
  { StringNotEquals: { 'aws:SourceVpce': 'vpce-0oven' } },
  { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-0shop' } },
  { NumericLessThan: { 'aws:SourceVpc': '3' } },
  { Null: { 'aws:SourceVpc': 'true' } },
)

const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  element: fc.constantFrom('Action', 'Action', 'NotAction'),
  actions: fc.constantFrom('*', 'secretsmanager:*', 'kms:Decrypt', 'ecr:*'),
  resources: fc.constantFrom(
    '*',
    secret,
    `${secret.slice(0, -6)}\${aws:PrincipalTag/shop}`,
    key,
    'arn:*:oven/*',
  ),
  principals: fc.constantFrom('*', { AWS: account }, { AWS: role }, { Service: 'ecs-tasks.amazonaws.com' }),
  condition,
})
type Drawn = typeof statement extends fc.Arbitrary<infer T> ? T : never

const document = (
  { Effect, element, actions, resources, principals, condition: when }: Drawn,
  named: boolean,
): Json => ({
  Effect,
  [element]: actions,
  Resource: resources,
  ...(named && { Principal: principals }),
  ...(when && { Condition: when }),
})

interface Drafts {
  readonly identity: readonly Drawn[]
  readonly boundary: readonly Drawn[] | undefined
  readonly resource: readonly Drawn[] | undefined
  readonly endpoint: readonly Drawn[] | undefined
}

const several = fc.array(statement, { maxLength: 4 })
const sometimes = fc.option(several, { nil: undefined })
const drafts: fc.Arbitrary<Drafts> = fc.record({
  identity: several,
  boundary: sometimes,
  resource: sometimes,
  endpoint: sometimes,
})

/** One policy per statement, so that single ones can be taken away. */
function policiesOf(all: Drafts): Policies {
  const kinds = policyKinds.filter((kind) => all[kind] !== undefined)
  return Object.fromEntries(
    kinds.map((kind) => {
      const named = kind === 'resource' || kind === 'endpoint'
      const policies = (all[kind] ?? []).map((drawn) => policy(document(drawn, named)))
      return [kind, { policies, missing: [] } satisfies PolicySet]
    }),
  )
}

const reversed = (policies: Policies): Policies =>
  Object.fromEntries(
    Object.entries(policies).map(([kind, set]) => [kind, { ...set, policies: [...set.policies].reverse() }]),
  )

/** A Deny, or that nothing allows: both mean no. */
const sideOf = ({ kind }: Decision) => (kind === 'denied' || kind === 'not-allowed' ? 'no' : kind)

const opposite = { allowed: 'no', no: 'allowed', unknown: undefined } as const

function expectNoOtherAnswer(before: Decision, after: Decision) {
  expect(sideOf(after)).not.toBe(opposite[sideOf(before)])
  if (before.kind === 'unknown') expect(after.kind).not.toBe('allowed')
}

describe('for all policies', () => {
  it('the order of statements means nothing', () => {
    fc.assert(
      fc.property(request, drafts, (asked, drawn) => {
        const policies = policiesOf(drawn)
        expect(evaluate(asked, reversed(policies)).kind).toBe(evaluate(asked, policies).kind)
      }),
    )
  })

  it('one more Deny never allows, and takes no Deny away', () => {
    fc.assert(
      fc.property(request, drafts, fc.constantFrom(...policyKinds), statement, (asked, drawn, kind, more) => {
        const one = { ...more, Effect: 'Deny' }
        const before = evaluate(asked, policiesOf(drawn))
        const list = drawn[kind]
        fc.pre(list !== undefined)
        const after = evaluate(asked, policiesOf({ ...drawn, [kind]: [...(list ?? []), one] }))
        if (before.kind !== 'allowed') expect(after.kind).not.toBe('allowed')
        if (before.kind === 'denied') expect(after.kind).toBe('denied')
      }),
    )
  })

  it('a policy that was not collected never turns the answer round', () => {
    fc.assert(
      fc.property(
        request,
        drafts,
        fc.constantFrom(...policyKinds),
        fc.nat(3),
        (asked, drawn, kind, place) => {
          const policies = policiesOf(drawn)
          const set = policies[kind]
          fc.pre(set !== undefined)
          const rest = (set?.policies ?? []).filter((_, i) => i !== place)
          const less = { ...policies, [kind]: { policies: rest, missing: [notCollected] } }
          expectNoOtherAnswer(evaluate(asked, policies), evaluate(asked, less))
          expect(evaluate(asked, less).kind).not.toBe('allowed')
        },
      ),
    )
  })

  it('a value of the request that is not known never turns the answer round', () => {
    fc.assert(
      fc.property(
        request,
        drafts,
        fc.constantFrom('aws:SourceVpc', 'aws:SourceVpce'),
        (asked, drawn, gone) => {
          const policies = policiesOf(drawn)
          const context = Object.fromEntries(Object.entries(asked.context).filter(([name]) => name !== gone))
          expectNoOtherAnswer(evaluate(asked, policies), evaluate({ ...asked, context }, policies))
        },
      ),
    )
  })

  it('a principal that is not known never turns the answer round', () => {
    fc.assert(
      fc.property(request, drafts, ({ principal: _, ...asked }, drawn) => {
        const policies = policiesOf(drawn)
        const before = evaluate({ ...asked, principal: { kind: 'role', arn: role } }, policies)
        expectNoOtherAnswer(before, evaluate(asked, policies))
      }),
    )
  })

  it('a name of which a part is not known never turns the answer round', () => {
    fc.assert(
      fc.property(request, drafts, (asked, drawn) => {
        const policies = policiesOf(drawn)
        const vague = { ...asked, resource: asked.resource.replace(/.{6}$/, '??????') }
        expectNoOtherAnswer(evaluate(asked, policies), evaluate(vague, policies))
      }),
    )
  })
})
