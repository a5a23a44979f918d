/** Roles, policies, secrets, images, logs, volumes and API Gateways of the print shop, redacted. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSnapshot } from '../../../shared/snapshot/parse.ts'
import { createPseudonyms } from '../../../shared/snapshot/redact/pseudonyms.ts'
import { redactValue } from '../../../shared/snapshot/redact/strings.ts'
import { redactSnapshot } from '../../../shared/snapshot/redact.ts'
import * as aws from '../../fixtures/index.ts'
import { printShop } from '../../fixtures/themes/print-shop.ts'

const key = new Uint8Array(32)

const stageVariable = (name: string) => `\${stageVariables.${name}}`

/** One of everything that names something, with policies that match by wildcards. */
function gazette() {
  const shop = printShop()
  const { world, secret, subnets, endpointGroup, loadBalancer, listener } = shop
  const [account, region] = [world.accountId, world.region]
  aws.putRolePolicy(world, 'press-execution', 'gazette-secrets', {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'GazetteSecrets',
        Effect: 'Allow',
        Action: ['secretsmanager:GetSecretValue', 'kms:Decrypt'],
        Resource: [secret.replace(/.{6}$/, '??????'), `arn:aws:ssm:*:${account}:parameter/gazette/*`],
        Condition: {
          StringEquals: {
            'kms:ViaService': `secretsmanager.${region}.amazonaws.com`,
            'aws:ResourceTag/Gazette': 'gazette-prod',
            'aws:SourceAccount': account,
          },
        },
      },
    ],
  })
  const owned = aws.managedPolicy(
    world,
    'gazette-logs',
    aws.allowing('logs:*', `arn:aws:logs:${region}:${account}:log-group:/ecs/pre*`),
  )
  aws.attachPolicy(world, 'press-task', owned)
  aws.parameter(world, '/gazette/ink')
  aws.repositoryPolicy(
    world,
    'print-shop/press',
    aws.allowing('ecr:*', '*', { Principal: { AWS: `arn:aws:iam::${account}:root` } }),
  )
  const archive = aws.fileSystem(world, {
    name: 'gazette',
    subnets,
    groups: [endpointGroup],
    policy: aws.allowing('elasticfilesystem:ClientMount'),
  })
  const more = {
    secrets: [{ name: 'INK', valueFrom: `arn:aws:ssm:${region}:${account}:parameter/gazette/ink` }],
    repositoryCredentials: { credentialsParameter: secret },
  }
  aws.taskDefinition(world, {
    family: 'gazette',
    containers: [aws.container({ name: 'gazette', image: 'nginx', more })],
    volumes: [aws.efsVolume('gazette', archive)],
  })
  const link = aws.vpcLink(world, {
    name: 'gazette',
    loadBalancer,
    more: { tags: { gazetteTag: 'gazette' } },
  })
  const uri = 'http://gazette.example:8080/orders/{gazette}'
  const rest = aws.restApi(world, {
    name: 'gazette',
    methods: {
      'GET /gazette': { uri, connectionId: link },
      'PUT /gazette': { uri, connectionId: stageVariable('gazetteLink') },
    },
  })
  aws.httpApi(world, { name: 'gazette', integrations: [{ ConnectionId: link, IntegrationUri: listener }] })
  return { ...shop, json: aws.jsonOf(world), rest, archive }
}

const { json, world, ...shop } = gazette()
const redacted = redactSnapshot(json, key)
const text = JSON.stringify(redacted)
const responses = parseSnapshot(redacted).scopes[0]?.responses ?? {}
const only = <T>(record: Readonly<Record<string, T>> | undefined, at = 0): [string, T | undefined] => {
  const entry = Object.entries(record ?? {})[at]
  return [entry?.[0] ?? '', entry?.[1]]
}
const [definition] = Object.values(responses['ecs:DescribeTaskDefinition'] ?? {})

describe('what is left', () => {
  test('no account, name or id of theirs, in plain text or URL-encoded', () => {
    const original = JSON.stringify(json)
    const ids = original.match(/\b[a-z]+(?:-[a-z]+)*-0[0-9a-f]{16}\b/g) ?? []
    const uuids = original.match(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g) ?? []
    const names = ['111122223333', 'print-shop', 'azette', 'pre*', 'AROA', shop.rest]
    expect(ids.some((id) => id.startsWith('fsmt-'))).toBe(true)
    expect(text).not.toMatch(/\bpress\b/)
    const policies = (text.match(/%7B[^"]*/g) ?? []).map(decodeURIComponent)
    expect(policies.length).toBeGreaterThan(5)
    for (const name of new Set([...ids, ...uuids, ...names]))
      expect(
        [text, ...policies].filter((one) => one.includes(name)),
        name,
      ).toEqual([])
  })

  test("AWS's own words stay", () => {
    for (const word of [
      aws.EXECUTION_POLICY,
      '"PolicyName":"AmazonECSTaskExecutionRolePolicy"',
      'ecs-tasks.amazonaws.com',
      'alias/aws/ssm',
      'AWSCURRENT',
      '/ecs/',
      'awslogs',
      'application/vnd.oci.image.manifest.v1+json',
      'VPC_LINK',
      'http://',
      ':8080/',
      'Your vpc link is ready for use',
    ])
      expect(text).toContain(word)
    const policies = Object.values(responses['iam:GetRolePolicy'] ?? {}).map(({ PolicyDocument }) =>
      decodeURIComponent(String(PolicyDocument)),
    )
    for (const word of [
      '"Effect":"Allow"',
      '"Action":["secretsmanager:GetSecretValue","kms:Decrypt"]',
      '"StringEquals"',
      `"kms:ViaService":"secretsmanager.${world.region}.amazonaws.com"`,
      '"aws:ResourceTag/name-',
      ':parameter/name-',
    ])
      expect(policies.join()).toContain(word)
  })

  test('what a policy is written in stays: URL-encoded, plain, or an object', () => {
    const redact = (PolicyDocument: unknown) =>
      redactSnapshot({ scopes: [{ responses: { 'iam:GetRolePolicy': { 'a/b': { PolicyDocument } } } }] }, key)
    const policy = { Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::gazette/*' }] }
    const forms = [policy, JSON.stringify(policy), encodeURIComponent(JSON.stringify(policy))]
    const [object, plain, encoded] = forms.map((form) => {
      const { scopes } = redact(form) as {
        scopes: [{ responses: Record<string, Record<string, { PolicyDocument: unknown }>> }]
      }
      return Object.values(scopes[0].responses['iam:GetRolePolicy'] ?? {})[0]?.PolicyDocument
    })
    expect(object).toEqual({
      Statement: [
        { Effect: 'Deny', Action: 's3:*', Resource: expect.stringMatching(/^arn:aws:s3:::name-\d+\/\*$/) },
      ],
    })
    expect(JSON.parse(String(plain))).toEqual(object)
    expect(encoded).toMatch(/^%7B/)
    expect(JSON.parse(decodeURIComponent(String(encoded)))).toEqual(object)
  })

  test("the buckets of ECR's layers are everybody's", () => {
    const bucket = 'arn:aws:s3:::prod-ap-northeast-1-starport-layer-bucket/*'
    expect(redactValue(bucket, createPseudonyms(key))).toBe(bucket)
  })
})

describe('what belongs together', () => {
  test('roles: the definition, the keys, and the keys of their policies', () => {
    const role = definition?.taskDefinition?.executionRoleArn?.split('/').at(-1) ?? ''
    expect(Object.keys(responses['iam:GetRole'] ?? {})).toContain(role)
    expect(responses['iam:GetRole']?.[role]?.Role?.RoleName).toBe(role)
    const inline = responses['iam:ListRolePolicies']?.[role]?.PolicyNames ?? []
    expect(inline).toHaveLength(2)
    for (const policy of inline)
      expect(responses['iam:GetRolePolicy']?.[`${role}/${policy}`]?.PolicyName).toBe(policy)
    const attached = Object.values(responses['iam:ListAttachedRolePolicies'] ?? {}).flatMap(
      ({ AttachedPolicies = [] }) => AttachedPolicies.map(({ PolicyArn }) => PolicyArn),
    )
    for (const arn of attached) expect(responses['iam:GetPolicyVersion']).toHaveProperty([arn ?? ''])
  })

  test('image, repository and tag', () => {
    const [container] = definition?.taskDefinition?.containerDefinitions ?? []
    const [, repository = '', tag] = /amazonaws\.com\/([^:]+):(.+)$/.exec(container?.image ?? '') ?? []
    expect(responses['ecr:DescribeImages']?.[repository]?.imageDetails?.[0]).toMatchObject({
      repositoryName: repository,
      imageTags: [tag],
    })
  })

  test('secret and JSON key, parameter and name', () => {
    const [written, secret] = only(responses['secretsmanager:DescribeSecret'])
    expect(definition?.taskDefinition?.containerDefinitions?.[0]?.secrets?.[0]?.valueFrom).toBe(written)
    expect(written.startsWith(`${secret?.ARN}:`)).toBe(true)
    expect(secret?.ARN).toMatch(/:secret:name-\d+\/name-\d+-name-\d+-[0-9a-f]{6}$/)
    expect(secret?.ARN).toContain(`:secret:${secret?.Name}-`)
    const [name, parameters] = only(responses['ssm:DescribeParameters'])
    expect(parameters?.Parameters).toMatchObject([
      { Name: name, ARN: expect.stringContaining(`:parameter${name}`) },
    ])
  })

  test('log group', () => {
    const { 'awslogs-group': group } =
      definition?.taskDefinition?.containerDefinitions?.[0]?.logConfiguration?.options ?? {}
    const groups = responses['logs:DescribeLogGroups']?.logGroups ?? []
    expect(groups.map(({ logGroupName }) => logGroupName)).toContain(group)
    expect(groups[0]?.arn).toBe(`${groups[0]?.logGroupArn}:*`)
    expect(groups[0]?.logGroupArn?.endsWith(`:log-group:${groups[0]?.logGroupName}`)).toBe(true)
  })

  test('file system, its mount targets and their interfaces', () => {
    const [target] = responses['efs:DescribeMountTargets']?.MountTargets ?? []
    expect(Object.keys(responses['efs:DescribeFileSystemPolicy'] ?? {})).toEqual([target?.FileSystemId])
    expect(responses['efs:DescribeMountTargetSecurityGroups']).toHaveProperty([target?.MountTargetId ?? ''])
    const interfaces = responses['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces ?? []
    const own = interfaces.find(({ NetworkInterfaceId }) => NetworkInterfaceId === target?.NetworkInterfaceId)
    expect(own?.PrivateIpAddress).toBe(target?.IpAddress)
  })

  test('API, its links and the load balancer', () => {
    const [link] = responses['apigateway:GetVpcLinks']?.items ?? []
    const [balancer] = responses['elasticloadbalancing:DescribeLoadBalancers']?.LoadBalancers ?? []
    expect(link?.targetArns).toEqual([balancer?.LoadBalancerArn])
    const [api, resources] = only(responses['apigateway:GetResources'])
    expect(api).toBe(responses['apigateway:GetRestApis']?.items?.[0]?.id)
    const methods = (resources?.items ?? []).flatMap(({ resourceMethods = {} }) =>
      Object.values(resourceMethods),
    )
    expect(methods.map(({ methodIntegration }) => methodIntegration?.connectionId)).toEqual([
      link?.id,
      expect.stringMatching(/^\$\{stageVariables\.name-\d+\}$/),
    ])
  })
})

/** As IAM matches. */
const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(text)

describe('patterns', () => {
  const word = fc.constantFrom('ink', 'paper', 'press', 'pre', 'roll')
  const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('-'))
  const pattern = fc.oneof(
    fc.tuple(name, fc.integer({ min: 1, max: 9 })).map(([text, length]) => `${text.slice(0, length)}*`),
    fc.tuple(name, fc.integer({ min: 1, max: 9 })).map(([text, length]) => `*${text.slice(-length)}`),
    fc.tuple(word, word).map(([start, end]) => `${start}-*-${end}`),
    name,
  )
  const arn = (end: string) => `arn:aws:logs:eu-central-1:111122223333:log-group:/shop/${end}`

  test('match afterwards what they matched before, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1 }),
        fc.array(pattern, { minLength: 1 }),
        (names, patterns) => {
          const pseudonyms = createPseudonyms(key)
          const redact = (text: string) => redactValue(arn(text), pseudonyms)
          // Once to learn them all, as redactSnapshot does.
          for (const text of [...names, ...patterns]) redact(text)
          for (const one of patterns)
            for (const text of names.filter((name) => name.length >= one.length - 1))
              expect(matches(redact(one), redact(text))).toBe(matches(one, text))
        },
      ),
    )
  })

  test('of a secret: with its six signs as question marks, or from the start of its name', () => {
    const pseudonyms = createPseudonyms(key)
    const redact = (text: string) =>
      redactValue(`arn:aws:secretsmanager:eu-central-1:111122223333:secret:${text}`, pseudonyms)
    const all = ['press-AbCdEf', 'press-ink-AbCdEf', 'press-??????', 'press-*', 'ink-??????']
    for (const text of all) redact(text)
    const [press, pressInk, six, start, other] = all.map(redact) as [string, string, string, string, string]
    expect([press, pressInk].map((text) => matches(six, text))).toEqual([true, false])
    expect([press, pressInk].map((text) => matches(start, text))).toEqual([true, true])
    expect([press, pressInk].map((text) => matches(other, text))).toEqual([false, false])
  })

  test('of an id keep its kind', () => {
    const pseudonyms = createPseudonyms(key)
    expect(redactValue('vpce-*', pseudonyms)).toBe('vpce-*')
    expect(redactValue('vpce-0123456789abcdef0', pseudonyms)).toMatch(/^vpce-[0-9a-f]{17}$/)
  })
})
