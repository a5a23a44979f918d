import { describe, expect, it } from 'vitest'
import { needsOf, oven, permissionsOf, placesOf, registry } from './ovens.ts'

const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/bakery/oven'
const inEcr = ['ecr.api eu-west-1', 'ecr.dkr eu-west-1', 's3 eu-west-1']

describe('an image in ECR', () => {
  it('needs the login, the registry and the layers, each from the task’s interface, and says what asks for it', () => {
    const { paths, unknown } = needsOf(oven())
    expect(unknown).toEqual([])
    expect(paths).toMatchObject([
      {
        to: { kind: 'aws-service', service: 'ecr.api', region: 'eu-west-1' },
        port: 443,
        from: 'task',
        blocksStart: true,
        field: 'containerDefinitions[oven].image',
        observed: `${registry}/bakery/oven:5`,
        why: 'pulls the image of the container oven',
      },
      { to: { service: 'ecr.dkr' } },
      { to: { service: 's3' } },
    ])
    expect(paths.every((path) => path.doubt === undefined)).toBe(true)
  })

  it('needs three permissions of the execution role, and the layers for whoever signs', () => {
    expect(permissionsOf(oven())).toEqual([
      'execution-role ecr:GetAuthorizationToken *',
      `execution-role ecr:BatchGetImage ${repository}`,
      `execution-role ecr:GetDownloadUrlForLayer ${repository}`,
      `ecr s3:GetObject arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/${'?'.repeat(40)}`,
    ])
    expect(needsOf(oven()).permissions).toMatchObject([
      { through: 'ecr.api', wayUnclear: true },
      { through: 'ecr.dkr' },
      { through: 'ecr.dkr' },
      { through: 's3' },
    ])
  })

  it.each([
    ['LATEST', inEcr],
    ['1.4.0', inEcr],
    ['1.3.0', inEcr.slice(1)],
    ['1.2.0', inEcr.slice(1)],
  ])('on Fargate %s needs %j', (platformVersion, places) => {
    expect(placesOf(oven(), { platformVersion })).toEqual(places)
  })

  it('on Windows needs the login, though its platform version is 1.0.0', () => {
    const definition = { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } }
    expect(placesOf(oven(), { platformVersion: '1.0.0', definition })).toEqual(inEcr)
  })

  it('on EC2 is pulled by the instance, with the instance’s role, unless it lies there already', () => {
    const { paths, permissions } = needsOf(oven(), { launchType: 'EC2' })
    const ofImage = paths.filter(({ field }) => field.endsWith('.image'))
    expect(ofImage).toMatchObject(
      Array(3).fill({ from: 'instance', doubt: 'the instance may hold the image already' }),
    )
    expect(permissions.map(({ by }) => by)).toEqual([
      'instance-role',
      'instance-role',
      'instance-role',
      'ecr',
    ])
  })

  it('of another account and Region is asked for there', () => {
    const image = '444455556666.dkr.ecr.us-east-1.amazonaws.com/mill/flour:2'
    expect(placesOf(oven({ image }))).toEqual(['ecr.api us-east-1', 'ecr.dkr us-east-1', 's3 us-east-1'])
    expect(permissionsOf(oven({ image }))).toContain(
      'execution-role ecr:BatchGetImage arn:aws:ecr:us-east-1:444455556666:repository/mill/flour',
    )
  })

  it('in China has the names of China', () => {
    const image = '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/oven'
    expect(permissionsOf(oven({ image }))).toEqual([
      'execution-role ecr:GetAuthorizationToken *',
      'execution-role ecr:BatchGetImage arn:aws-cn:ecr:cn-north-1:111122223333:repository/oven',
      'execution-role ecr:GetDownloadUrlForLayer arn:aws-cn:ecr:cn-north-1:111122223333:repository/oven',
      `ecr s3:GetObject arn:aws-cn:s3:::prod-cn-north-1-starport-layer-bucket/${'?'.repeat(40)}`,
    ])
  })

  it('by its dual-stack name needs the internet, as no endpoint serves it', () => {
    const image = '111122223333.dkr-ecr.eu-west-1.on.aws/oven'
    expect(placesOf(oven({ image }))).toEqual([
      'ecr.api eu-west-1',
      '111122223333.dkr-ecr.eu-west-1.on.aws',
      's3 eu-west-1',
    ])
    const [login, pull] = needsOf(oven({ image })).paths
    expect(login?.doubt).toMatch(/dual-stack/)
    expect(pull?.doubt).toBeUndefined()
  })

  it('by its FIPS name is doubtful', () => {
    const image = '111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com/oven'
    expect(needsOf(oven({ image })).paths.map(({ doubt }) => doubt)).toEqual(
      Array(3).fill('whether VPC endpoints serve the FIPS names is not documented'),
    )
  })
})

describe('an image elsewhere', () => {
  it.each([
    ['nginx', 'registry-1.docker.io'],
    ['bakery/oven:5', 'registry-1.docker.io'],
    ['public.ecr.aws/docker/library/nginx:1', 'public.ecr.aws'],
    ['ghcr.io/bakery/oven', 'ghcr.io'],
    ['registry.bakery.example:5000/oven', 'registry.bakery.example:5000'],
  ])('%s needs the internet: %s', (image, host) => {
    const { paths, permissions } = needsOf(oven({ image }))
    expect(paths).toMatchObject([{ to: { kind: 'internet', host }, port: 443, from: 'task' }])
    expect(permissions).toEqual([])
  })

  it('with credentials needs their secret', () => {
    const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:docker-hub-AbCdEf'
    const image = 'bakery/oven:5'
    const by = (credentialsParameter: string) =>
      oven({ image, repositoryCredentials: { credentialsParameter } })
    expect(placesOf(by(secret))).toEqual(['registry-1.docker.io', 'secretsmanager eu-west-1'])
    expect(permissionsOf(by(secret))).toEqual([`execution-role secretsmanager:GetSecretValue ${secret}`])
    expect(permissionsOf(by('docker-hub'))).toEqual([
      'execution-role secretsmanager:GetSecretValue arn:aws:secretsmanager:eu-west-1:111122223333:secret:docker-hub-??????',
    ])
    expect(needsOf(by(secret)).permissions).toMatchObject([
      { field: 'containerDefinitions[oven].repositoryCredentials.credentialsParameter' },
    ])
  })
})

describe('an image that is not understood', () => {
  it.each([undefined, '', '<IMAGE1_NAME>', 'Bakery/Oven'])('%j leaves open what it needs', (image) => {
    const { name } = oven()
    const { paths, unknown } = needsOf(image === undefined ? { name } : oven({ image }))
    expect(paths).toEqual([])
    expect(unknown).toEqual([
      {
        missing: 'ecs:DescribeTaskDefinition',
        because: expect.stringContaining('containerDefinitions[oven].image'),
      },
    ])
  })
})
