/**
 * Pulling an image.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2ContainerRegistryPullOnly.html (actions)
 */
import { parseImage } from '../image-reference.ts'
import { anything, arnOf, bucketArn } from './arns.ts'
import { containerField, HTTPS, type Part } from './context.ts'
import { type Finding, notUnderstood, type PathNeed, type PermissionNeed } from './need.ts'

type EcrImage = Extract<ReturnType<typeof parseImage>, { registry: 'ecr' }>

export const imageNeeds: Part = (context, container) => {
  const field = containerField(container, 'image')
  const image = parseImage(container.image ?? '')
  if (!image) return [notUnderstood(`${field} (${container.image ?? 'nothing'}) is not understood`)]
  const { platform, from } = context
  const why = `pulls the image of the container ${container.name}`
  const cached = platform.kind === 'ec2' ? 'the instance may hold the image already' : undefined
  const doubt = platform.doubt ?? cached
  const common = { field, observed: container.image, why, ...(doubt !== undefined && { doubt }) }
  const path = { ...common, kind: 'path', port: HTTPS, from, blocksStart: true } as const
  if (image.registry !== 'ecr') {
    const host = image.registry === 'docker-hub' ? 'registry-1.docker.io' : image.host
    return [{ ...path, to: { kind: 'internet', host } }]
  }
  const by = platform.kind === 'ec2' ? 'instance-role' : 'execution-role'
  return [
    ...registryPaths(image, path, platform.kind === 'fargate-1.3'),
    ...pullPermissions(image, { ...common, kind: 'permission', by }),
  ]
}

type PathTo = Omit<PathNeed, 'to'>

const service = (name: 'ecr.api' | 'ecr.dkr' | 's3', region: string) =>
  ({ kind: 'aws-service', service: name, region }) as const

function registryPaths(image: EcrImage, path: PathTo, loginElsewhere: boolean): readonly Finding[] {
  const { region, host } = image
  const aside = doubtAside(image)
  const others = aside === undefined ? path : { ...path, doubt: aside }
  return [
    ...(loginElsewhere ? [] : [{ ...others, to: service('ecr.api', region) }]),
    image.dualStack
      ? { ...path, to: { kind: 'internet', host } as const }
      : { ...others, to: service('ecr.dkr', region) },
    { ...others, why: `${path.why}: its layers`, to: service('s3', region) },
  ]
}

/** What AWS does not document of references that are not plain. */
function doubtAside({ dualStack, fips }: EcrImage): string | undefined {
  if (dualStack) return 'which other names a dual-stack reference asks is not documented'
  return fips ? 'whether VPC endpoints serve the FIPS names is not documented' : undefined
}

type Asked = Pick<PermissionNeed, 'kind' | 'by' | 'field' | 'observed' | 'why' | 'doubt'>

function pullPermissions(image: EcrImage, asked: Asked): readonly Finding[] {
  const { region, accountId, repository, dualStack } = image
  const resource = arnOf('ecr', region, accountId, `repository/${repository}`)
  const through = dualStack ? {} : ({ through: 'ecr.dkr' } as const)
  return [
    { ...asked, action: 'ecr:GetAuthorizationToken', resource: '*', through: 'ecr.api', wayUnclear: true },
    { ...asked, action: 'ecr:BatchGetImage', resource, ...through },
    { ...asked, action: 'ecr:GetDownloadUrlForLayer', resource, ...through },
    { ...asked, by: 'ecr', action: 's3:GetObject', resource: layerArn(region), through: 's3' },
  ]
}

/** An object of the bucket in which ECR keeps layers. */
const layerArn = (region: string): string =>
  bucketArn(region, `prod-${region}-starport-layer-bucket/${anything(40)}`)
