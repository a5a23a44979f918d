/** ECR's part of the table: the account's own registry. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/ */
import type { ECR } from '@aws-sdk/client-ecr'
import type { Responses } from '../../types.ts'
import type { Clients } from '../clients.ts'
import { answer, further, orNone, slices } from '../fetch.ts'
import type { Json } from '../json.ts'
import type { KeyedTable, KeySource } from '../keyed.ts'
import { type ImageId, imagesOf } from './named.ts'

const repositories: KeySource = {
  from: ['ecs:DescribeTaskDefinition', 'ecs:DescribeTasks'],
  keys: (responses) => [...imagesOf(responses).keys()],
}

const NO_REPOSITORY = 'RepositoryNotFoundException'
const repositoryPolicy = orNone(
  further('ecr', (ecr, repositoryName: string) => ecr.getRepositoryPolicy({ repositoryName })),
  ['RepositoryPolicyNotFoundException', NO_REPOSITORY],
  {},
)

/** DescribeImages takes so many ids at once. */
const IDS = 100

/** Only the images in use: a repository may hold thousands. */
async function images(clients: Clients, repository: string, responses: Responses): Promise<Json> {
  const ecr = await clients.further('ecr')
  const wanted = slices(imagesOf(responses).get(repository) ?? [], IDS)
  const pages = await Promise.all(wanted.map((ids) => describe(ecr, repository, ids)))
  return answer([{ imageDetails: [] }, ...pages.flat()], { imageDetails: { imageTags: {} } })
}

/** One image that is not there fails the call for all: then each is asked for alone. */
async function describe(ecr: ECR, repositoryName: string, imageIds: readonly ImageId[]): Promise<object[]> {
  try {
    return [await ecr.describeImages({ repositoryName, imageIds: [...imageIds] })]
  } catch (error) {
    const { name } = error as Error
    if (name === NO_REPOSITORY || (name === NO_IMAGE && imageIds.length === 1)) return []
    if (name !== NO_IMAGE) throw error
    return (await Promise.all(imageIds.map((id) => describe(ecr, repositoryName, [id])))).flat()
  }
}

const NO_IMAGE = 'ImageNotFoundException'

export const ecrKeyed = {
  'ecr:DescribeImages': { ...repositories, fetch: images },
  'ecr:GetRepositoryPolicy': { ...repositories, fetch: repositoryPolicy },
} as const satisfies KeyedTable
