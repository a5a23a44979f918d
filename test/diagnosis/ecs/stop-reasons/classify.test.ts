import { describe, expect, it } from 'vitest'
import { classifyStop, classifyText } from '../../../../shared/diagnosis/ecs/stop-reasons/classify.ts'
import { stopPatterns } from '../../../../shared/diagnosis/ecs/stop-reasons/patterns/index.ts'

const idsOf = (text: string) =>
  classifyText(text).map((saying) => (saying.kind === 'recognised' ? saying.id : saying.kind))

describe('a stopped task', () => {
  it('is told by what says most, from whichever text, and keeps all of them as they are', () => {
    const sayings = classifyStop({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [
        { name: 'web', exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' },
        { name: 'sidecar', exitCode: 0 },
      ],
    })
    expect(sayings).toMatchObject([
      {
        id: 'out-of-memory',
        category: 'OutOfMemoryError',
        source: { kind: 'container', name: 'web', exitCode: 137 },
        text: 'OutOfMemoryError: Container killed due to memory usage',
      },
      {
        id: 'essential-exited',
        category: 'SchedulerStop',
        source: { kind: 'task', stopCode: 'EssentialContainerExited' },
      },
    ])
  })

  it('without a text says nothing', () => {
    expect(classifyStop({ stopCode: 'TaskFailedToStart' })).toEqual([])
    expect(classifyStop({ stoppedReason: ' ', containers: [{ name: 'web', exitCode: 1 }] })).toEqual([])
  })

  it('with a text that nobody knows is called so, after all that is known', () => {
    const sayings = classifyStop({
      stoppedReason: 'CannotPullContainerError: the oven is cold, dial tcp 10.0.1.17:443: i/o sadness',
      containers: [{ name: 'web', reason: 'exec format error' }],
    })
    expect(sayings).toMatchObject([
      { kind: 'recognised', id: 'exec-format' },
      { kind: 'recognised', id: 'pull-connection' },
    ])
    expect(classifyStop({ stoppedReason: 'ResourceInitializationError: the oven is cold' })).toMatchObject([
      {
        kind: 'unrecognised',
        category: 'ResourceInitializationError',
        text: 'ResourceInitializationError: the oven is cold',
      },
    ])
  })

  it('names its category by the first error in the text, old names included', () => {
    const categoryOf = (text: string) => classifyText(text)[0]?.category
    expect(categoryOf('ResourceInitializationError: ... ResourceNotFoundException: gone')).toBe(
      'ResourceInitializationError',
    )
    expect(categoryOf('DockerTimeoutError: Could not transition to running; timed out')).toBe(
      'ContainerRuntimeTimeoutError',
    )
    expect(categoryOf('CannotPullECRContainerError: AccessDenied')).toBe('CannotPullContainerError')
    expect(categoryOf('Resourceinitializationerror: failed to download env files')).toBe(
      'ResourceInitializationError',
    )
    expect(categoryOf('the baker left')).toBeUndefined()
  })
})

describe('an answer that refuses', () => {
  const secrets =
    'ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager.'

  it('proves the path, whatever AWS says of the connection before it', () => {
    expect(classifyText(`${secrets} AccessDeniedException: no`)[0]).toMatchObject({ aims: ['authorization'] })
    expect(classifyText(`${secrets} context deadline exceeded`)[0]).toMatchObject({ aims: ['network'] })
  })

  it('is not what Docker and NFS call so', () => {
    const text =
      "CannotPullContainerError: pull access denied for bakery/web, repository does not exist or may require 'docker login'"
    expect(classifyText(text)[0]).toMatchObject({ aims: ['image', 'authorization', 'credentials'] })
  })
})

describe('words that mean something else', () => {
  it.each([
    ['no category, so nothing is pulled', 'context canceled'],
    ['no category, so nothing is pulled', 'the recipe was not found: 404 Not Found'],
    ['an application’s own text', 'net/http: the bakery is closed'],
    ['an agent by name, not as the reason', 'The AGENT of the bakery called'],
    ['a lower-case agent', 'agent'],
    ['a user who writes of memory', 'memory of an elephant'],
    ['health, but not checks', 'Task failed to be healthy'],
    ['nothing that AWS says', 'Task was eaten by a grue'],
  ])('%s: %s', (_, text) => expect(idsOf(text)).toEqual(['unrecognised']))

  it.each([
    ['CannotStartContainerError: no such file: 404 Not Found', ['unrecognised']],
    ['CannotStopContainerError: context canceled', ['unrecognised']],
    ['CannotPullContainerError: pull image manifest has been retried 5 time(s): x', ['pull-manifest']],
    [
      'ResourceInitializationError: failed to initialize logging driver: dial tcp 127.0.0.1:24224: connect: connection refused',
      ['log-driver'],
    ],
  ])('%s is only %j', (text, ids) => expect(idsOf(text)).toEqual(ids))

  it('a log driver of another kind asks no service of AWS', () => {
    const [saying] = classifyText(
      'failed to initialize logging driver: dial tcp 127.0.0.1:24224: connect: refused',
    )
    expect(saying?.facts).toMatchObject({ dialled: { ip: '127.0.0.1', port: 24224, public: false } })
    expect(saying?.facts).not.toHaveProperty('service')
  })
})

describe('values', () => {
  it('at the end of a text that was cut without a mark are left out', () => {
    const start =
      'CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to create Cloudwatch log group: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/bakery-instance-role-'
    const text = start.padEnd(255, 'x')
    expect(classifyText(text)[0]).toMatchObject({ id: 'log-group-not-created', facts: { cut: true } })
    expect(classifyText(text)[0]?.facts).not.toHaveProperty('role')
  })

  it('of IPv6 are read, too', () => {
    const text = 'CannotPullContainerError: failed to do request: dial tcp [2600:1f18::1]:443: i/o timeout'
    expect(classifyText(text)[0]?.facts.dialled).toEqual({ ip: '2600:1f18::1', port: 443, public: true })
  })

  it('that are no address are none', () => {
    expect(classifyText('dial tcp 999.1.1.1:443: i/o timeout')[0]?.facts).not.toHaveProperty('dialled')
  })

  it('of a connection that broke are those of its far end', () => {
    const text =
      'CannotPullContainerError: read tcp 10.0.1.5:43210->52.218.1.2:443: read: connection reset by peer'
    expect(classifyText(text)[0]?.facts.dialled).toEqual({ ip: '52.218.1.2', port: 443, public: true })
  })

  it.each([
    ['https://ecr.eu-west-1.api.aws/', 'ecr.api'],
    ['https://111122223333.dkr-ecr.eu-west-1.on.aws/v2/', 'ecr.dkr'],
    ['https://111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com/v2/', 'ecr.dkr'],
    ['https://kms.eu-west-1.amazonaws.com/', 'kms'],
    ['https://secretsmanager-fips.us-east-1.amazonaws.com/', 'secretsmanager'],
    ['https://s3.dualstack.eu-west-1.amazonaws.com/bakery', 's3'],
    ['https://ecs-a-3.eu-west-1.amazonaws.com/', 'ecs-agent'],
    ['https://ecs-t-12.eu-west-1.amazonaws.com/', 'ecs-telemetry'],
    ['https://ghcr.io/v2/', undefined],
    ['https://logs.example.org/', undefined],
  ])('%s is asked as %s', (url, service) => {
    expect(classifyText(`Post "${url}": i/o timeout`)[0]?.facts.service).toBe(service)
  })
})

describe('the table of patterns', () => {
  it('names each once', () => {
    const ids = stopPatterns.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('is decided at once on a very long text', () => {
    const text = `CannotPullContainerError: ${'failed to resolve ref x unexpected status code mount.nfs4 '.repeat(4000)}`
    expect(idsOf(text)).toContain('pull-manifest')
  })
})
