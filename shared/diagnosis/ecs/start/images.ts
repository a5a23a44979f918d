/** Whether an image is where a start looks for it. */
import { keyedResponse, known, unknown } from '../../../snapshot/known.ts'
import type { Known, Scope } from '../../../snapshot/types.ts'
import type { ImageReference } from '../image-reference.ts'

const IMAGES = 'ecr:DescribeImages'

/** Only the account's own registry of the Region is collected; of the images that anything names it tells all that exist. */
export function imageExists(scope: Scope, image: ImageReference): Known<boolean> {
  const { repository, tag, digest } = image
  if (image.registry !== 'ecr' || image.accountId !== scope.accountId || image.region !== scope.region)
    return unknown(
      IMAGES,
      `${image.host} is not a registry of this account and Region: its images are not collected`,
    )
  const found = keyedResponse(scope, IMAGES, repository)
  if (!found.known) return found
  const { imageDetails } = found.value
  if (!imageDetails) return unknown(IMAGES, `the images of ${repository} are not told`)
  return known(
    imageDetails.some(({ imageDigest, imageTags }) =>
      digest !== undefined ? imageDigest === digest : imageTags?.includes(tag ?? ''),
    ),
  )
}

/** "bakery/web:v7" or "bakery/web@sha256:0123…" */
export const imageText = ({ host, repository, tag, digest }: ImageReference): string =>
  `${host}/${repository}${digest === undefined ? `:${tag}` : `@${digest.slice(0, 19)}…`}`
