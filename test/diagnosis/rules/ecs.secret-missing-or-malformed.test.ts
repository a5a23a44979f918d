import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { bakeryShop, failToStart, firstContainer, forgetTasks, printShop, says } from '../start-failures.ts'

const code = 'ecs.secret-missing-or-malformed'

const secretMissing = (arn: string) =>
  `ResourceInitializationError: unable to pull secrets or registry auth: ResourceNotFoundException: The task can't retrieve the secret with ARN '${arn}' from AWS Secrets Manager. Check whether the secret exists in the specified Region.`

function secretless(said?: string) {
  const shop = printShop()
  failToStart(shop, said ?? secretMissing(shop.secret))
  aws.removeSecret(shop.world, shop.secret)
  return shop
}

describe(code, () => {
  it('is proven where Secrets Manager has no such secret, as ECS says', () => {
    const shop = secretless()
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([code])
    const cause = causeOf(diagnosis, code)
    expect(cause.confidence).toBe('proven')
    expect(cause.title).toBe(
      `The secret ${shop.secret}:password:: of container press of the tasks of service press does not exist`,
    )
    expect(observed(cause, 'containerDefinitions[press].secrets[PRESS_PASSWORD].valueFrom')).toBe(
      `${shop.secret}:password::`,
    )
    expect(observed(cause, 'response')).toBe('no such secret')
  })

  it('is proven by its absence alone where ECS remembers nothing, likely where it speaks of the network', () => {
    const silent = secretless()
    forgetTasks(silent)
    expect(causeOf(diagnosed(silent.world, silent.service), code).confidence).toBe('proven')
    const other = secretless(says.ecrConnection)
    expect(causeOf(diagnosed(other.world, other.service), code).confidence).toBe('likely')
  })

  it.each([
    ['is deleted', { DeletedDate: '2026-11-19T00:00:00.000Z' }],
    ['has no version AWSCURRENT: it holds no value', { VersionIdsToStages: {} }],
  ])('is a secret that %s', (words, change) => {
    const shop = printShop()
    failToStart(shop, secretMissing(shop.secret))
    Object.assign(shop.world.secrets[0] ?? {}, change)
    expect(causeOf(diagnosed(shop.world, shop.service), code).title).toContain(words)
  })

  it('is cured by restoring a secret that waits for its deletion, and by nothing where it is gone', () => {
    const shop = printShop()
    failToStart(shop, secretMissing(shop.secret))
    Object.assign(shop.world.secrets[0] ?? {}, { DeletedDate: '2026-11-19T00:00:00.000Z' })
    expect(causeOf(diagnosed(shop.world, shop.service), code).fixes).toMatchObject([
      {
        verifiable: false,
        manual: {
          cli: [`aws secretsmanager restore-secret --secret-id ${shop.secret} --region ap-northeast-1`],
        },
      },
    ])
    const gone = secretless()
    expect(causeOf(diagnosed(gone.world, gone.service), code).fixes).toEqual([])
  })

  it('is a parameter that is not there', () => {
    const shop = bakeryShop()
    Object.assign(firstContainer(shop), { secrets: [{ name: 'YEAST', valueFrom: '/bakery/yeast' }] })
    failToStart(
      shop,
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid parameters: /bakery/yeast',
    )
    const cause = causeOf(diagnosed(shop.world, shop.service), code)
    expect(cause.confidence).toBe('proven')
    expect(cause.title).toContain('The parameter /bakery/yeast of container web')
    aws.parameter(shop.world, '/bakery/yeast')
    expect(codes(diagnosed(shop.world, shop.service))).not.toContain(code)
  })

  it('is a value in which ECS found no such key, although the secret is there', () => {
    const shop = printShop()
    failToStart(
      shop,
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 10 time(s): retrieved secret from Secrets Manager did not contain json key password',
    )
    const cause = causeOf(diagnosed(shop.world, shop.service), code)
    expect(cause.confidence).toBe('proven')
    expect(cause.title).toContain('holds no key password')
  })

  it('is a reference that names nothing', () => {
    const shop = bakeryShop()
    const valueFrom = 'arn:aws:s3:::bakery/secrets'
    Object.assign(firstContainer(shop), { secrets: [{ name: 'SALT', valueFrom }] })
    failToStart(shop, says.ecrConnection)
    expect(causeOf(diagnosed(shop.world, shop.service), code).title).toContain('is malformed')
  })

  it('is not where the secret is there and the role was refused', () => {
    const shop = printShop()
    failToStart(shop, says.secretRefused)
    expect(reasonAgainst(diagnosed(shop.world, shop.service), code)).toContain('every secret and parameter')
  })

  it('is unknown in another Region, and likely where ECS names it', () => {
    const elsewhere = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:press-abcdef'
    const abroad = (said: string) => {
      const shop = printShop()
      Object.assign(firstContainer(shop), { secrets: [{ name: 'INK', valueFrom: elsewhere }] })
      failToStart(shop, said)
      return diagnosed(shop.world, shop.service)
    }
    expect(missingFor(abroad(says.layersConnection), code)).toEqual(['secretsmanager:DescribeSecret'])
    expect(causeOf(abroad(secretMissing(elsewhere)), code).confidence).toBe('likely')
  })

  it('is unknown where Secrets Manager refused to tell', () => {
    const shop = secretless(says.ecrConnection)
    const blind = diagnosed(
      aws.withError(aws.jsonOf(shop.world), 'secretsmanager:DescribeSecret'),
      shop.service,
    )
    expect(codes(blind)).not.toContain(code)
    expect(missingFor(blind, code)).toEqual(['secretsmanager:DescribeSecret'])
  })
})
