import { describe, expect, it } from 'vitest'
import { isServedBy, startNeeds } from '../../../../shared/diagnosis/ecs/needs/index.ts'
import { needsOf, oven, permissionsOf, placesOf, type Started, starting } from './ovens.ts'

const nginx = { image: 'nginx' }

describe('the awslogs driver', () => {
  const logs = (options: Record<string, string> = {}) =>
    oven({
      ...nginx,
      logConfiguration: {
        logDriver: 'awslogs',
        options: {
          'awslogs-group': '/ecs/oven',
          'awslogs-region': 'eu-central-1',
          'awslogs-stream-prefix': 'web',
          ...options,
        },
      },
    })
  const stream = (region: string) =>
    `arn:aws:logs:${region}:111122223333:log-group:/ecs/oven:log-stream:web/oven/${'?'.repeat(32)}`

  it('needs the logs of its own Region before the container starts', () => {
    expect(needsOf(logs()).paths[1]).toMatchObject({
      to: { service: 'logs', region: 'eu-central-1' },
      from: 'task',
      blocksStart: true,
      field: 'containerDefinitions[oven].logConfiguration.options',
      why: 'writes the logs of the container oven',
    })
    expect(permissionsOf(logs())).toEqual([
      `execution-role logs:CreateLogStream ${stream('eu-central-1')}`,
      `execution-role logs:PutLogEvents ${stream('eu-central-1')}`,
    ])
  })

  it('makes the group only when it is told to', () => {
    const made =
      'execution-role logs:CreateLogGroup arn:aws:logs:eu-central-1:111122223333:log-group:/ecs/oven:log-stream:'
    expect(permissionsOf(logs({ 'awslogs-create-group': 'true' }))).toContain(made)
    expect(permissionsOf(logs({ 'awslogs-create-group': 'false' }))).not.toContain(made)
  })

  it('without a Region takes the task’s', () => {
    const container = oven({
      ...nginx,
      logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'oven' } },
    })
    expect(placesOf(container)).toEqual(['registry-1.docker.io', 'logs eu-west-1'])
    expect(permissionsOf(container)[0]).toMatch(/log-group:oven:log-stream:\?{64}$/)
  })

  it('with an endpoint of its own is doubtful', () => {
    expect(needsOf(logs({ 'awslogs-endpoint': 'https://logs.bakery.example' })).paths[1]?.doubt).toMatch(
      /logs\.bakery\.example/,
    )
  })

  it('without a group is not understood', () => {
    const container = oven({ ...nginx, logConfiguration: { logDriver: 'awslogs', options: {} } })
    expect(needsOf(container).unknown).toMatchObject([{ because: expect.stringContaining('awslogs-group') }])
  })

  it.each([
    ['FARGATE', true, 'execution-role', undefined],
    ['EC2', false, 'instance-role', undefined],
    ['EC2', true, 'execution-role', expect.stringContaining('ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE')],
  ])('on %s, with an execution role: %s, writes with the %s', (launchType, hasRole, by, doubt) => {
    const definition = hasRole ? {} : { executionRoleArn: undefined }
    const [permission] = needsOf(logs(), { launchType, definition }).permissions
    expect(permission?.by).toBe(by)
    expect(permission?.doubt).toEqual(doubt)
  })

  it('is the only one that writes to AWS', () => {
    const others = ['json-file', 'splunk', 'awsfirelens', 'none']
    for (const logDriver of others) {
      expect(placesOf(oven({ ...nginx, logConfiguration: { logDriver } }))).toEqual(['registry-1.docker.io'])
    }
  })
})

describe('environment files', () => {
  it('need the object and the place of its bucket', () => {
    const value = 'arn:aws:s3:::bakery-settings/oven/prod.env'
    const container = oven({ ...nginx, environmentFiles: [{ value }] })
    expect(placesOf(container)).toEqual(['registry-1.docker.io', 's3 eu-west-1'])
    expect(permissionsOf(container)).toEqual([
      `execution-role s3:GetObject ${value}`,
      'execution-role s3:GetBucketLocation arn:aws:s3:::bakery-settings',
    ])
  })

  it('that are no objects of S3 are not understood', () => {
    const container = oven({ ...nginx, environmentFiles: [{ value: 's3://bakery/prod.env' }, {}] })
    expect(needsOf(container).unknown).toMatchObject([
      { because: expect.stringContaining('environmentFiles[0].value (s3://bakery/prod.env)') },
      { because: expect.stringContaining('environmentFiles[1].value') },
    ])
  })
})

describe('volumes', () => {
  const withVolumes = (volumes: NonNullable<Started['definition']>['volumes']) =>
    needsOf(oven(nginx), { definition: { volumes } })

  it('in EFS need the file system, and the task role where IAM decides', () => {
    const { paths, permissions } = withVolumes([
      { name: 'scratch' },
      { name: 'recipes', efsVolumeConfiguration: { fileSystemId: 'fs-0a1b' } },
      {
        name: 'orders',
        efsVolumeConfiguration: { fileSystemId: 'fs-0c2d', authorizationConfig: { iam: 'ENABLED' } },
      },
    ])
    expect(paths.slice(1)).toMatchObject([
      {
        to: { kind: 'file-system', fileSystemId: 'fs-0a1b' },
        port: 2049,
        from: 'task',
        field: 'volumes[recipes].efsVolumeConfiguration',
      },
      { to: { kind: 'file-system', fileSystemId: 'fs-0c2d' }, port: 2049 },
    ])
    expect(permissions).toMatchObject([
      {
        by: 'task-role',
        action: 'elasticfilesystem:ClientMount',
        resource: 'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0c2d',
      },
    ])
  })

  it('that are not told, or name no file system, leave it open', () => {
    expect(withVolumes(undefined).unknown).toHaveLength(1)
    expect(withVolumes([{ name: 'recipes', efsVolumeConfiguration: {} }]).unknown).toHaveLength(1)
    expect(withVolumes([]).unknown).toEqual([])
  })
})

describe('the platform', () => {
  it('EC2 is controlled by the agent on the instance', () => {
    const { paths } = needsOf(oven(nginx), { launchType: 'EC2' })
    expect(paths.slice(1)).toMatchObject([
      { to: { service: 'ecs-agent' }, from: 'instance', blocksStart: true, field: 'launchType' },
      { to: { service: 'ecs-telemetry' }, from: 'instance', blocksStart: false },
      { to: { service: 'ecs' }, from: 'instance', blocksStart: true },
    ])
  })

  it('that is not told makes every need doubtful, unless the definition fits one only', () => {
    const doubts = (more: Started) => new Set(needsOf(oven(), more).paths.map(({ doubt }) => doubt))
    const both = { requiresCompatibilities: ['EC2', 'FARGATE'] }
    expect(doubts({ launchType: undefined })).toEqual(new Set([undefined]))
    expect(doubts({ launchType: undefined, definition: both })).toEqual(
      new Set(['what it runs on is not told (no launch type)']),
    )
    expect(doubts({ launchType: 'EXTERNAL' })).toEqual(new Set(['what it runs on is not told (EXTERNAL)']))
    expect(doubts({ platformVersion: undefined })).toEqual(new Set(['its platform version is not told']))
    const onEc2 = { launchType: undefined, definition: { requiresCompatibilities: ['EC2'] } }
    expect(placesOf(oven(nginx), onEc2)).toContain('ecs-agent eu-west-1')
  })
})

describe('what is asked for beside the definition', () => {
  it('ECS Exec needs its channels, and does not keep the task from starting', () => {
    const { paths, permissions } = needsOf(oven(nginx), { executeCommand: true })
    expect(paths[1]).toMatchObject({ to: { service: 'ssmmessages' }, from: 'task', blocksStart: false })
    expect(permissions.map(({ by, action }) => `${by} ${action}`)).toEqual([
      'task-role ssmmessages:CreateControlChannel',
      'task-role ssmmessages:CreateDataChannel',
      'task-role ssmmessages:OpenControlChannel',
      'task-role ssmmessages:OpenDataChannel',
    ])
  })

  it('Service Connect needs the agent’s service', () => {
    expect(needsOf(oven(nginx), { serviceConnect: true }).paths[1]).toMatchObject({
      to: { service: 'ecs-agent' },
      from: 'task',
      blocksStart: true,
    })
  })

  it('leaves by the instance where the task has no interface of its own', () => {
    const bridge = { launchType: 'EC2', executeCommand: true, definition: { networkMode: 'bridge' } }
    expect(needsOf(oven(nginx), bridge).paths.at(-1)).toMatchObject({
      to: { service: 'ssmmessages' },
      from: 'instance',
    })
  })

  it('asks for nothing where it is off or not told', () => {
    expect(placesOf(oven(nginx), { executeCommand: false, serviceConnect: false })).toHaveLength(1)
  })
})

describe('a task definition', () => {
  it('adds up its containers', () => {
    const { paths } = startNeeds(starting([oven(), oven({ name: 'proxy', image: 'envoyproxy/envoy:v1' })]))
    expect(paths.map(({ field }) => field)).toEqual([
      'containerDefinitions[oven].image',
      'containerDefinitions[oven].image',
      'containerDefinitions[oven].image',
      'containerDefinitions[proxy].image',
    ])
  })

  it('without its containers says nothing', () => {
    expect(startNeeds(starting(undefined))).toMatchObject({
      paths: [],
      unknown: [{ missing: 'ecs:DescribeTaskDefinition' }],
    })
  })
})

describe('the name of an endpoint’s service', () => {
  const to = (service: 'ecr.api' | 's3' | 'ecs', region = 'eu-west-1') =>
    ({ kind: 'aws-service', service, region }) as const

  it.each([
    [to('ecr.api'), 'com.amazonaws.eu-west-1.ecr.api', true],
    [to('ecr.api'), 'com.amazonaws.eu-west-1.ecr.dkr', false],
    [to('ecr.api'), 'com.amazonaws.eu-west-2.ecr.api', false],
    [to('ecr.api', 'cn-north-1'), 'cn.com.amazonaws.cn-north-1.ecr.api', true],
    [to('s3', 'cn-north-1'), 'com.amazonaws.cn-north-1.s3', true],
    [to('ecs'), 'com.amazonaws.eu-west-1.ecs-agent', false],
    [to('s3'), 'com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b', false],
    [to('s3'), 'com.amazonaws.s3-global.accesspoint', false],
    [{ kind: 'internet', host: 'ghcr.io' } as const, 'com.amazonaws.eu-west-1.s3', false],
  ])('%j is served by %s: %s', (destination, name, expected) =>
    expect(isServedBy(destination, name)).toBe(expected),
  )
})
