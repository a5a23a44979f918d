import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { bakeryShop, curesOf, failToStart, forgetTasks, printShop, says } from '../start-failures.ts'

const roleCode = 'ecs.exec-role-permission'
const policyCode = 'ecs.vpce-policy'
const ROLE = 'press-execution'

type Press = ReturnType<typeof printShop>

function press(said: string, change: (shop: Press) => void) {
  const shop = printShop()
  failToStart(shop, said)
  change(shop)
  return shop
}

const withoutManaged = ({ world }: Press) => aws.detachPolicies(world, ROLE)
const withoutSecrets = ({ world }: Press) =>
  aws.putRolePolicy(world, ROLE, 'secrets', aws.allowing('secretsmanager:ListSecrets'))
const creatingGroups = ({ world, taskDefinition }: Press) => {
  const [container] = aws.taskDefinitionOf(world, taskDefinition).containerDefinitions ?? []
  Object.assign(container?.logConfiguration?.options ?? {}, { 'awslogs-create-group': 'true' })
}

describe(roleCode, () => {
  it.each([
    ['ecr:GetAuthorizationToken', says.loginRefused, withoutManaged],
    ['logs:CreateLogGroup', says.groupRefused, creatingGroups],
    ['secretsmanager:GetSecretValue', says.secretRefused, withoutSecrets],
  ])(
    'is proven where ECS was refused %s, and the role’s policies do not allow it',
    (action, said, change) => {
      const shop = press(said, change)
      const diagnosis = diagnosed(shop.world, shop.service)
      expect(codes(diagnosis)).toEqual([roleCode])
      const cause = causeOf(diagnosis, roleCode)
      expect(cause.title).toContain(`The execution role ${ROLE} of the tasks of service press may not do`)
      expect(cause.title).toContain(action)
      expect(observed(cause, 'stoppedReason')).toBe(said)
      expect(observed(cause, 'PolicyNames')).toEqual(['secrets'])
    },
  )

  it('is cured by an inline policy with exactly what is lacking, which was tried', () => {
    const shop = press(says.groupRefused, creatingGroups)
    expect(causeOf(diagnosed(shop.world, shop.service), roleCode).confidence).toBe('proven')
    const [cure] = curesOf(shop.world, roleCode)
    expect(cure?.verified).toBe(true)
    expect(cure?.commands).toEqual([
      expect.stringMatching(/^aws iam put-role-policy --role-name press-execution .*logs:CreateLogGroup/),
    ])
  })

  it('leaves a policy of an earlier cure alone', () => {
    const shop = press(says.groupRefused, creatingGroups)
    aws.putRolePolicy(shop.world, ROLE, 'task-start', aws.allowing('s3:GetObject'))
    const [cure] = curesOf(shop.world, roleCode)
    expect(cure?.verified).toBe(true)
    expect(cure?.commands[0]).toContain('--policy-name task-start-2 ')
  })

  it('is proven, too, where ECS remembers no task and nothing else could allow it', () => {
    const shop = press(says.loginRefused, withoutManaged)
    forgetTasks(shop)
    expect(causeOf(diagnosed(shop.world, shop.service), roleCode).confidence).toBe('proven')
  })

  it('is likely where AWS names a control policy of the organization, and the role’s own policies allow it', () => {
    const said = says.secretRefused.replace(
      /because no identity-based policy.*/,
      'with an explicit deny in a service control policy',
    )
    const shop = press(said, () => undefined)
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([roleCode])
    expect(causeOf(diagnosis, roleCode)).toMatchObject({ confidence: 'likely', fixes: [] })
    expect(causeOf(diagnosis, roleCode).title).toContain('A control policy of the organization denies')
    const mended = press(says.secretRefused, () => undefined)
    expect(codes(diagnosed(mended.world, mended.service))).toEqual([])
  })

  it('names a Deny, for which no grant is a cure', () => {
    const shop = press(says.secretRefused, ({ world }) =>
      aws.putRolePolicy(world, ROLE, 'fence', aws.allowing('secretsmanager:*', '*', { Effect: 'Deny' })),
    )
    const cause = causeOf(diagnosed(shop.world, shop.service), roleCode)
    expect(cause.title).toContain('is denied secretsmanager:GetSecretValue')
    expect(cause.evidence).toContainEqual(
      expect.objectContaining({ operation: 'iam:GetRolePolicy', resource: `${ROLE}/fence` }),
    )
    expect(cause.fixes).toEqual([])
  })

  it('is a role that nobody made: a typing error in executionRoleArn', () => {
    const shop = press(says.roleNotAssumed, ({ world }) => aws.removeRole(world, ROLE))
    const cause = causeOf(diagnosed(shop.world, shop.service), roleCode)
    expect(cause).toMatchObject({ confidence: 'proven' })
    expect(cause.title).toContain(`${ROLE} of the tasks of service press does not exist`)
    expect(observed(cause, 'executionRoleArn')).toMatch(/role\/press-execution$/)
  })

  it('is a role that trusts somebody else', () => {
    const shop = press(says.roleNotAssumed, ({ world }) => {
      aws.removeRole(world, ROLE)
      aws.role(world, { name: ROLE, service: 'ec2.amazonaws.com' })
    })
    const cause = causeOf(diagnosed(shop.world, shop.service), roleCode)
    expect(cause.title).toContain('does not trust ecs-tasks.amazonaws.com')
  })

  it('is not: the task role, which may do nothing at all', () => {
    const shop = press(says.ecrConnection, ({ world }) => aws.detachPolicies(world, 'press-task'))
    expect(reasonAgainst(diagnosed(shop.world, shop.service), roleCode)).toBe(
      `the policies of ${ROLE} allow everything that the start needs`,
    )
  })

  it('is not proven where ECS speaks of the network', () => {
    const shop = press(says.ecrConnection, withoutManaged)
    expect(causeOf(diagnosed(shop.world, shop.service), roleCode).confidence).toBe('likely')
  })

  it('is unknown where only a secret’s own policy could allow it, and ECS does not speak of it', () => {
    const shop = press(says.ecrConnection, withoutSecrets)
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([])
    expect(missingFor(diagnosis, roleCode)).toEqual(['secretsmanager:GetResourcePolicy'])
  })

  it('is unknown where a condition decides that cannot be told, and likely where ECS was refused', () => {
    const conditioned = (shop: Press) => {
      withoutManaged(shop)
      const unknown = { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'press' } } }
      aws.putRolePolicy(shop.world, ROLE, 'pull', aws.allowing(['ecr:*', 'logs:*'], '*', unknown))
    }
    const quiet = press(says.layersConnection, conditioned)
    const diagnosis = diagnosed(quiet.world, quiet.service)
    expect(codes(diagnosis)).toEqual([])
    expect(missingFor(diagnosis, roleCode)).toEqual(['aws:PrincipalTag/team'])
    const refused = press(says.loginRefused, conditioned)
    const cause = causeOf(diagnosed(refused.world, refused.service), roleCode)
    expect(cause).toMatchObject({ confidence: 'likely', fixes: [] })
  })

  it.each(['iam:ListRolePolicies', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'] as const)(
    'is unknown without %s',
    (operation) => {
      const shop = press(says.ecrConnection, () => undefined)
      const blind = diagnosed(aws.withError(aws.jsonOf(shop.world), operation), shop.service)
      expect(codes(blind)).toEqual([])
      expect(missingFor(blind, roleCode)).toEqual([operation])
    },
  )

  it('is decided by a repository’s own policy, too', () => {
    const shop = press(says.loginRefused, ({ world }) => {
      aws.detachPolicies(world, ROLE)
      aws.putRolePolicy(world, ROLE, 'rest', aws.allowing(['ecr:GetAuthorizationToken', 'logs:*']))
      aws.repositoryPolicy(world, 'print-shop/press', {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: aws.roleOf(world, ROLE).Role.Arn }, Action: 'ecr:*' },
        ],
      })
    })
    expect(codes(diagnosed(shop.world, shop.service))).toEqual([])
  })
})

describe(policyCode, () => {
  const ownBuckets = (more: object = {}) => ({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::print-shop-*/*', ...more },
    ],
  })
  const setPolicy =
    (policy: object) =>
    ({ world, s3Endpoint }: Press) =>
      Object.assign(aws.endpointOf(world, s3Endpoint), { PolicyDocument: JSON.stringify(policy) })

  it('is proven where S3’s endpoint admits the account’s own buckets only and pulls get 403', () => {
    const shop = press(says.layersForbidden, setPolicy(ownBuckets()))
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([policyCode])
    const cause = causeOf(diagnosis, policyCode)
    expect(cause).toMatchObject({
      confidence: 'proven',
      component: { type: 'vpc-endpoint', id: shop.s3Endpoint },
    })
    expect(cause.title).toContain('s3:GetObject on arn:aws:s3:::prod-ap-northeast-1-starport-layer-bucket/*')
    expect(observed(cause, 'stoppedReason')).toBe(says.layersForbidden)
  })

  it('is cured by a statement more, which was tried', () => {
    const shop = press(says.layersForbidden, setPolicy(ownBuckets()))
    const [cure] = curesOf(shop.world, policyCode)
    expect(cure?.verified).toBe(true)
    expect(cure?.commands).toEqual([
      expect.stringMatching(
        /^aws ec2 modify-vpc-endpoint .*print-shop-.*prod-ap-northeast-1-starport-layer-bucket/,
      ),
    ])
  })

  it('is likely where a condition on the account decides, which ECR’s request may not meet', () => {
    const own = { Resource: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } } }
    const shop = press(says.layersForbidden, setPolicy(ownBuckets(own)))
    expect(causeOf(diagnosed(shop.world, shop.service), policyCode).confidence).toBe('likely')
    const quiet = press(says.ecrConnection, setPolicy(ownBuckets(own)))
    const diagnosis = diagnosed(quiet.world, quiet.service)
    expect(codes(diagnosis)).toEqual([])
    expect(missingFor(diagnosis, policyCode)).toEqual(['aws:PrincipalAccount'])
  })

  it('stops the tasks’ own requests as well, at an interface endpoint', () => {
    const refused = aws.allowing('ecr:DescribeImages', '*', { Principal: '*' })
    const shop = press(says.ecrConnection, ({ world, ecrDkrEndpoint }) =>
      Object.assign(aws.endpointOf(world, ecrDkrEndpoint), { PolicyDocument: JSON.stringify(refused) }),
    )
    const cause = causeOf(diagnosed(shop.world, shop.service), policyCode)
    expect(cause.confidence).toBe('likely')
    expect(cause.title).toContain(`The policy of ${shop.ecrDkrEndpoint} refuses ecr:BatchGetImage on `)
  })

  it('is not where the policy allows everything, as AWS makes it', () => {
    const shop = press(says.layersForbidden, () => undefined)
    expect(reasonAgainst(diagnosed(shop.world, shop.service), policyCode)).toBe(
      'the policies of the endpoints allow everything that the start needs',
    )
  })

  it('is not asked where no endpoint is on the way', () => {
    const shop = bakeryShop()
    failToStart(shop, says.layersForbidden)
    const diagnosis = diagnosed(shop.world, shop.service)
    expect([...codes(diagnosis), ...diagnosis.ruledOut.map(({ code }) => code)]).not.toContain(policyCode)
  })

  it('is unknown where the policy was not told', () => {
    const shop = press(says.layersForbidden, ({ world, s3Endpoint }) => {
      delete aws.endpointOf(world, s3Endpoint).PolicyDocument
    })
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([])
    expect(missingFor(diagnosis, policyCode)).toEqual(['ec2:DescribeVpcEndpoints'])
  })
})
