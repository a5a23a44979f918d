import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseValueFrom } from '../../../../shared/diagnosis/ecs/needs/secret-reference.ts'
import { needsOf, oven } from './ovens.ts'

const place = { region: 'eu-west-1', accountId: '111122223333' }
const parse = (valueFrom: string) => parseValueFrom(valueFrom, place)
const arn = 'arn:aws:secretsmanager:us-west-2:444455556666:secret:appauthexample-AbCdEf'
const version = '9d4cb84b-ad69-40c0-a0ab-cead3EXAMPLE'

describe('every form of valueFrom in AWS’s documentation', () => {
  it.each([
    [arn, {}],
    [`${arn}:username1::`, { jsonKey: 'username1' }],
    [`${arn}::AWSPREVIOUS:`, { versionStage: 'AWSPREVIOUS' }],
    [`${arn}:::${version}`, { versionId: version }],
    [`${arn}:username1:AWSPREVIOUS:`, { jsonKey: 'username1', versionStage: 'AWSPREVIOUS' }],
    [`${arn}:username1::${version}`, { jsonKey: 'username1', versionId: version }],
    [`${arn}:::`, {}],
  ])('%s', (valueFrom, selected) =>
    expect(parse(valueFrom)).toEqual({ kind: 'secret', arn, region: 'us-west-2', ...selected }),
  )

  it.each([
    ['parameter_name', 'parameter_name', 'arn:aws:ssm:eu-west-1:111122223333:parameter/parameter_name'],
    ['/bakery/db', '/bakery/db', 'arn:aws:ssm:eu-west-1:111122223333:parameter/bakery/db'],
    [
      'arn:aws:ssm:us-west-2:444455556666:parameter/parameter_name',
      'parameter_name',
      'arn:aws:ssm:us-west-2:444455556666:parameter/parameter_name',
    ],
    [
      'arn:aws-cn:ssm:cn-north-1:444455556666:parameter/bakery/db',
      '/bakery/db',
      'arn:aws-cn:ssm:cn-north-1:444455556666:parameter/bakery/db',
    ],
  ])('%s', (valueFrom, name, whole) =>
    expect(parse(valueFrom)).toMatchObject({ kind: 'parameter', name, arn: whole }),
  )

  it('with a version or a label of a parameter', () => {
    expect(parse('/bakery/db:3')).toMatchObject({ name: '/bakery/db', version: '3' })
    expect(parse('arn:aws:ssm:eu-west-1:111122223333:parameter/db:live')).toMatchObject({
      name: 'db',
      version: 'live',
      arn: 'arn:aws:ssm:eu-west-1:111122223333:parameter/db',
    })
  })

  it('with a secret behind a parameter', () => {
    expect(parse('/aws/reference/secretsmanager/bakery/db')).toMatchObject({
      kind: 'parameter',
      arn: 'arn:aws:ssm:eu-west-1:111122223333:parameter/aws/reference/secretsmanager/bakery/db',
      secretName: 'bakery/db',
    })
  })

  it('with names and selectors of any kind', () => {
    const partition = fc.constantFrom('aws', 'aws-cn', 'aws-us-gov')
    const region = fc.constantFrom('eu-west-1', 'cn-north-1', 'us-gov-west-1')
    const name = fc.stringMatching(/^[A-Za-z0-9/_+=.@!-]{1,40}$/)
    const selector = fc.stringMatching(/^[A-Za-z0-9_.-]{0,12}$/)
    const selectors = fc.option(fc.tuple(selector, selector, selector), { nil: undefined })
    fc.assert(
      fc.property(partition, region, name, selectors, (inPartition, inRegion, called, chosen) => {
        const front = `arn:${inPartition}:secretsmanager:${inRegion}:111122223333:secret:${called}`
        const reference = parse(chosen ? `${front}:${chosen.join(':')}` : front)
        expect(reference).toMatchObject({ kind: 'secret', region: inRegion })
        expect(reference.kind === 'secret' && reference.arn.startsWith(front)).toBe(true)
        expect(reference).toMatchObject(chosen?.[0] ? { jsonKey: chosen[0] } : {})
      }),
    )
  })

  it('without the characters that Secrets Manager adds names a secret of which they are not known', () => {
    const short = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:bakery/db'
    expect(parse(`${short}:password::`)).toMatchObject({ arn: `${short}-??????`, jsonKey: 'password' })
    expect(parse(`${short}-AbCdE`)).toMatchObject({ arn: `${short}-AbCdE-??????` })
  })
})

describe('a valueFrom that ECS does not take', () => {
  it.each([
    [`${arn}:username1`],
    [`${arn}:username1:`],
    [`${arn}:username1::x:y`],
    ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:'],
    ['arn:aws:s3:::bakery/db.env'],
    ['arn:aws:ssm:eu-west-1:111122223333:document/db'],
    ['arn:aws:ssm:eu-west-1:111122223333:parameter/'],
    ['bakery db'],
    ['bakery//db'],
    [''],
  ])('%j is malformed, and what it needs is not known', (valueFrom) => {
    expect(parse(valueFrom)).toMatchObject({ kind: 'malformed' })
    const { paths, unknown } = needsOf(oven({ image: 'nginx', secrets: [{ name: 'DB', valueFrom }] }))
    expect(paths).toHaveLength(1)
    expect(unknown).toMatchObject([{ because: expect.stringContaining('secrets[DB].valueFrom') }])
  })
})

describe('secrets of a container', () => {
  const container = oven({
    image: 'nginx',
    secrets: [
      { name: 'PASSWORD', valueFrom: `${arn}:password::` },
      { name: 'RECIPE', valueFrom: '/bakery/recipe' },
      { name: 'FLOUR', valueFrom: '/aws/reference/secretsmanager/flour' },
    ],
    logConfiguration: {
      logDriver: 'splunk',
      options: { 'splunk-url': 'https://splunk.bakery.example' },
      secretOptions: [{ name: 'splunk-token', valueFrom: '/bakery/splunk' }],
    },
  })
  const key = 'arn:aws:kms:us-west-2:444455556666:key/0a1b'

  it('need their service where the secret is, and the permission to read just them', () => {
    const { paths, permissions } = needsOf(container)
    expect(paths.slice(1)).toMatchObject([
      { to: { service: 'secretsmanager', region: 'us-west-2' }, blocksStart: true },
      { to: { service: 'ssm', region: 'eu-west-1' } },
      { to: { service: 'ssm', region: 'eu-west-1' } },
      {
        to: { service: 'ssm', region: 'eu-west-1' },
        field: 'containerDefinitions[oven].logConfiguration.secretOptions[splunk-token].valueFrom',
      },
    ])
    const ssm = 'arn:aws:ssm:eu-west-1:111122223333:parameter'
    expect(permissions).toMatchObject([
      {
        by: 'execution-role',
        action: 'secretsmanager:GetSecretValue',
        resource: arn,
        through: 'secretsmanager',
        field: 'containerDefinitions[oven].secrets[PASSWORD].valueFrom',
        observed: `${arn}:password::`,
      },
      { action: 'ssm:GetParameters', resource: `${ssm}/bakery/recipe`, through: 'ssm' },
      { action: 'ssm:GetParameters', resource: `${ssm}/aws/reference/secretsmanager/flour` },
      {
        action: 'secretsmanager:GetSecretValue',
        resource: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:flour-??????',
      },
      { action: 'ssm:GetParameters', resource: `${ssm}/bakery/splunk` },
    ])
  })

  it('need a key only where it is known to be the customer’s', () => {
    const decrypts = (keys: Record<string, string> | undefined) =>
      needsOf(container, { keys }).permissions.filter(({ action }) => action === 'kms:Decrypt')
    expect(decrypts(undefined)).toEqual([])
    expect(decrypts({ '/bakery/other': key })).toEqual([])
    const known = decrypts({ [`${arn}:password::`]: key })
    expect(known).toMatchObject([{ by: 'execution-role', resource: key }])
    expect(known[0]).not.toHaveProperty('through')
  })

  it('on EC2 are fetched by the instance with the execution role', () => {
    const { paths, permissions } = needsOf(container, { launchType: 'EC2' })
    const ofSecrets = paths.filter(({ field }) => field.endsWith('.valueFrom'))
    expect(ofSecrets.map(({ from }) => from)).toEqual(Array(4).fill('instance'))
    expect(new Set(permissions.map(({ by }) => by))).toEqual(new Set(['execution-role']))
  })
})
