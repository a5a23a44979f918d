import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'
import { bakeryShop, curesOf, failToStart } from '../start-failures.ts'

const code = 'ecs.efs-mount'
const EFS = 'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr:'
const timedOut = `${EFS} mount.nfs4: Connection timed out : unsuccessful EFS utils command execution; code: 32`
const denied = `${EFS} b'mount.nfs4: access denied by server while mounting 127.0.0.1:/' : unsuccessful EFS utils command execution; code: 32`
const noDirectory = `${EFS} mount.nfs4: mounting 127.0.0.1:/dough failed, reason given by server: No such file or directory : unsuccessful EFS utils command execution; code: 32`

/** The bakery with its recipes on a file system, behind a group of its own. */
function recipes(said: string, ingress?: (webGroup: string) => aws.Permission, zones = 2) {
  const shop = bakeryShop()
  const group = aws.securityGroup(shop.world, {
    vpc: shop.vpc,
    name: 'recipes',
    ingress: ingress ? [ingress(shop.webGroup)] : [],
  })
  const id = aws.fileSystem(shop.world, {
    name: 'recipes',
    subnets: shop.privateSubnets.slice(0, zones),
    groups: [group],
  })
  aws.taskDefinitionOf(shop.world, shop.taskDefinition).volumes = [aws.efsVolume('recipes', id)]
  failToStart(shop, said)
  return { ...shop, group, id }
}

const nfs = (webGroup: string) => aws.tcp(2049).fromGroup(webGroup)

describe(code, () => {
  it('is proven where the mount targets’ group admits no NFS from the tasks', () => {
    const shop = recipes(timedOut)
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([code])
    const cause = causeOf(diagnosis, code)
    expect(cause).toMatchObject({
      confidence: 'proven',
      component: { type: 'security-group', id: shop.group },
    })
    expect(cause.title).toContain(`cannot reach the file system ${shop.id}`)
    expect(cause.evidence.map(({ operation }) => operation)).toContain(
      'efs:DescribeMountTargetSecurityGroups',
    )
  })

  it('is cured by one rule, which was tried', () => {
    const [cure] = curesOf(recipes(timedOut).world, code)
    expect(cure?.verified).toBe(true)
    expect(cure?.commands).toEqual([
      expect.stringMatching(/^aws ec2 authorize-security-group-ingress .*"FromPort":2049/),
    ])
  })

  it('is a zone without a mount target', () => {
    const shop = recipes(timedOut, nfs, 1)
    const cause = causeOf(diagnosed(shop.world, shop.service), code)
    expect(cause.title).toContain(`no mount target in the zone of ${shop.privateSubnets[1]}`)
    expect(cause.fixes).toEqual([])
  })

  it.each([
    ['refuses', denied],
    ['rootDirectory is not there', noDirectory],
  ])('is what the server answers: %s', (words, said) => {
    const shop = recipes(said, nfs)
    const cause = causeOf(diagnosed(shop.world, shop.service), code)
    expect(cause.confidence).toBe('proven')
    expect(cause.title).toContain(words)
  })

  it('is not where the tasks’ group, or the VPC, is admitted', () => {
    for (const ingress of [nfs, () => aws.tcp(2049).fromCidr('10.0.0.0/16')]) {
      const shop = recipes(timedOut, ingress)
      expect(reasonAgainst(diagnosed(shop.world, shop.service), code)).toContain('same zone is reached')
    }
  })

  it('is unknown without the mount targets', () => {
    const shop = recipes(timedOut)
    const blind = diagnosed(aws.withError(aws.jsonOf(shop.world), 'efs:DescribeMountTargets'), shop.service)
    expect(codes(blind)).toEqual([])
    expect(missingFor(blind, code)).toEqual(['efs:DescribeMountTargets'])
  })
})
