/** What the analysis reads of ECR's responses. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/ */
import * as z from 'zod'
import { list, policyDocument, text, timestamp } from './common.ts'

/**
 * DescribeImages. Of the images that a task or a task definition of this snapshot names, those that exist: whichever
 * is missing here does not exist. Nothing is in the list of a repository that does not exist either.
 */
export const images = z.object({
  imageDetails: list(
    z.object({
      registryId: text,
      repositoryName: text,
      imageDigest: text,
      imageTags: list(z.string()),
      imagePushedAt: timestamp,
      imageManifestMediaType: text,
      artifactMediaType: text,
    }),
  ),
})

/** GetRepositoryPolicy. No `policyText` (`{}`): the repository has none, or does not exist. */
export const repositoryPolicy = z.object({
  registryId: text,
  repositoryName: text,
  policyText: policyDocument,
})
