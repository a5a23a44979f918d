import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { image } from '../../fixtures/themes/two-zones.ts'
import { bakeryShop as bakery, livedAndStopped } from '../bakery-tasks.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { bakeryShop, failToStart, firstContainer, forgetTasks, printShop, says } from '../start-failures.ts'

describe('ecs.image-not-found', () => {
  const code = 'ecs.image-not-found'
  const unpushed = (said: string = says.imageMissing) => {
    const shop = printShop()
    failToStart(shop, said)
    aws.removeImage(shop.world, image(shop.world, 'print-shop/press:2026-11-18'))
    return shop
  }

  it('is proven where the tag is not in the account’s registry', () => {
    const shop = unpushed()
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([code])
    const cause = causeOf(diagnosis, code)
    expect(cause.confidence).toBe('proven')
    expect(cause.title).toBe(
      'The image 111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/print-shop/press:2026-11-18 of container press of the tasks of service press is not in its registry',
    )
    expect(observed(cause, 'imageDetails')).toEqual([])
    expect(cause.fixes[0]?.manual?.cli).toEqual([
      expect.stringMatching(/^docker push 111122223333/),
      expect.stringMatching(/--force-new-deployment --region ap-northeast-1$/),
    ])
  })

  it('is proven where a pinned digest has expired, although the tag is there', () => {
    const digest = `sha256:${'5'.repeat(64)}`
    const shop = printShop()
    failToStart(
      shop,
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image(shop.world, 'print-shop/press')}@${digest}: ${image(shop.world, 'print-shop/press')}@${digest}: not found`,
    )
    const cause = causeOf(diagnosed(shop.world, shop.service), code)
    expect(cause.confidence).toBe('proven')
    expect(cause.title).toContain('print-shop/press@sha256:555555555555…')
  })

  it('is pushed under a tag where the definition names a digest: none is pushed by its digest', () => {
    const digest = `sha256:${'5'.repeat(64)}`
    const shop = printShop()
    const named = `${image(shop.world, 'print-shop/press')}@${digest}`
    Object.assign(firstContainer(shop), { image: named })
    failToStart(
      shop,
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${named}: not found`,
    )
    const [fix] = causeOf(diagnosed(shop.world, shop.service), code).fixes
    expect(fix?.manual?.cli.slice(0, 2)).toEqual([
      `TAG=… # any free tag, of the image with the digest ${digest}`,
      `docker push "${image(shop.world, 'print-shop/press')}:$TAG"`,
    ])
  })

  it('is proven by the registry alone where ECS remembers nothing, and likely where it speaks of the network', () => {
    const silent = unpushed()
    forgetTasks(silent)
    expect(causeOf(diagnosed(silent.world, silent.service), code).confidence).toBe('proven')
    const other = unpushed(says.ecrConnection)
    expect(causeOf(diagnosed(other.world, other.service), code).confidence).toBe('likely')
  })

  it('is likely where another registry says so, which nobody collects', () => {
    const shop = bakeryShop()
    Object.assign(firstContainer(shop), { image: 'nginx:abc123' })
    failToStart(
      shop,
      'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref docker.io/library/nginx:abc123: docker.io/library/nginx:abc123: not found',
    )
    expect(causeOf(diagnosed(shop.world, shop.service), code).confidence).toBe('likely')
  })

  it('is only possible where “pull access denied” may mean a missing permission', () => {
    const shop = bakeryShop()
    Object.assign(firstContainer(shop), { image: 'flour/oven:3' })
    failToStart(
      shop,
      "CannotPullContainerError: pull access denied for flour/oven, repository does not exist or may require 'docker login'",
    )
    expect(causeOf(diagnosed(shop.world, shop.service), code).confidence).toBe('possible')
  })

  it('is not where the image is there', () => {
    const shop = printShop()
    failToStart(shop, says.imageMissing)
    expect(reasonAgainst(diagnosed(shop.world, shop.service), code)).toContain(
      'every image is in its registry',
    )
  })

  it('is unknown without the images', () => {
    const shop = unpushed(says.ecrConnection)
    const blind = diagnosed(aws.withError(aws.jsonOf(shop.world), 'ecr:DescribeImages'), shop.service)
    expect(codes(blind)).toEqual([])
    expect(missingFor(blind, code)).toEqual(['ecr:DescribeImages'])
  })
})

describe('ecs.docker-hub-rate-limit', () => {
  const code = 'ecs.docker-hub-rate-limit'
  const limited = (from: string) => {
    const shop = bakeryShop()
    Object.assign(firstContainer(shop), { image: from })
    failToStart(shop, says.tooManyRequests)
    return shop
  }

  it('is proven by ECS’s words and an image from Docker Hub', () => {
    const shop = limited('nginx:1.29')
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([code])
    const cause = causeOf(diagnosis, code)
    expect(cause).toMatchObject({
      confidence: 'proven',
      title: 'Docker Hub lets the tasks of service web pull no more: nginx:1.29',
    })
    expect(observed(cause, 'stoppedReason')).toBe(says.tooManyRequests)
    expect(cause.fixes[0]?.manual?.cli).toEqual([
      expect.stringMatching(/^SECRET_ARN=\$\(aws secretsmanager create-secret .* --query ARN --output text /),
      expect.stringContaining('--credential-arn "$SECRET_ARN"'),
      expect.stringMatching(
        /web: 111122223333\.dkr\.ecr\.ap-northeast-1\.amazonaws\.com\/docker-hub\/library\/nginx:1\.29$/,
      ),
    ])
  })

  it('is not: another registry that throttles', () => {
    const shop = limited('public.ecr.aws/docker/library/nginx:1.29')
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).not.toContain(code)
    expect(reasonAgainst(diagnosis, code)).toContain('no image comes from Docker Hub')
  })

  it('is not: a network that does not reach Docker Hub', () => {
    const shop = limited('nginx:1.29')
    for (const task of shop.tasks) aws.taskOf(shop.world, task).stoppedReason = says.layersConnection
    expect(reasonAgainst(diagnosed(shop.world, shop.service), code)).toBe('ECS speaks of no limit of pulls')
  })

  it('is unknown without the task definition', () => {
    const shop = limited('nginx:1.29')
    const blind = diagnosed(
      aws.withoutOperation(aws.jsonOf(shop.world), 'ecs:DescribeTaskDefinition'),
      shop.service,
    )
    expect(missingFor(blind, code)).toEqual(['ecs:DescribeTaskDefinition'])
  })
})

describe('ecs.image-arch', () => {
  const code = 'ecs.image-arch'

  it('is proven where the registry has no image for the platform', () => {
    const shop = printShop()
    failToStart(shop, says.otherPlatform)
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([code])
    const cause = causeOf(diagnosis, code)
    expect(cause).toMatchObject({
      confidence: 'proven',
      title: 'An image of service press does not run on linux/arm64 (2 tasks)',
    })
    expect(observed(cause, 'runtimePlatform')).toMatchObject({ cpuArchitecture: 'ARM64' })
    expect(cause.fixes[0]?.manual?.cli).toEqual([
      `docker buildx build --platform linux/amd64,linux/arm64 --tag ${firstContainer(shop).image} --push .`,
      expect.stringMatching(/^aws ecs update-service .* --service press --force-new-deployment /),
    ])
  })

  it('asks for the image where several containers may be meant', () => {
    const shop = printShop()
    const { containerDefinitions = [] } = aws.taskDefinitionOf(shop.world, shop.taskDefinition)
    containerDefinitions.push(aws.container({ name: 'ink', image: image(shop.world, 'ink:1') }))
    failToStart(shop, says.otherPlatform)
    const [fix] = causeOf(diagnosed(shop.world, shop.service), code).fixes
    expect(fix?.manual?.cli.slice(0, 2)).toEqual([
      expect.stringMatching(/^IMAGE=… /),
      expect.stringContaining('--tag "$IMAGE" --push .'),
    ])
  })

  it('is likely where the kernel cannot run the program', () => {
    const shop = bakery()
    const reason = 'exec /usr/local/bin/serve: exec format error'
    livedAndStopped(shop, [2], { ...aws.stops.essentialExited, containers: { web: { exitCode: 1, reason } } })
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([code])
    const cause = causeOf(diagnosis, code)
    expect(cause.confidence).toBe('likely')
    expect(observed(cause, 'containers[web].reason')).toBe(reason)
    expect(reasonAgainst(diagnosis, 'ecs.essential-container-exited')).toContain('another processor')
  })

  it('is not: a manifest list, of which ECS takes the image that fits', () => {
    const shop = printShop()
    const [details] = shop.world.images['print-shop/press'] ?? []
    if (details) details.imageManifestMediaType = 'application/vnd.oci.image.index.v1+json'
    aws.taskDefinitionOf(shop.world, shop.taskDefinition).runtimePlatform = { cpuArchitecture: 'ARM64' }
    const stop = { ...aws.stops.essentialExited, containers: { press: { exitCode: 1 } } }
    for (const task of shop.tasks) aws.stopTask(shop.world, task, stop)
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(details).toBeDefined()
    expect(codes(diagnosis)).toEqual(['ecs.essential-container-exited'])
    expect(reasonAgainst(diagnosis, code)).toContain('ECS names no other processor')
  })

  it('is not: exit code 1 alone', () => {
    const shop = bakery()
    livedAndStopped(shop, [2], { ...aws.stops.essentialExited, containers: { web: { exitCode: 1 } } })
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).not.toContain(code)
    expect(reasonAgainst(diagnosis, code)).toContain('ECS names no other processor')
  })

  it('is unknown without the tasks', () => {
    const shop = printShop()
    failToStart(shop, says.otherPlatform)
    const blind = diagnosed(aws.withError(aws.jsonOf(shop.world), 'ecs:DescribeTasks'), shop.service)
    expect(missingFor(blind, code)).toEqual(['ecs:DescribeTasks'])
  })
})
