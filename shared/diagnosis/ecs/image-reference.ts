/**
 * What an image reference says: registry, repository, tag or digest.
 * https://github.com/distribution/reference (grammar, Docker Hub's short forms)
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html (names of ECR's registries)
 */

interface Named {
  /** `docker.io` for Docker Hub. */
  readonly host: string
  /** `library/nginx` for Docker Hub's `nginx`. */
  readonly repository: string
  /** `latest` where the reference has neither tag nor digest. */
  readonly tag?: string
  /** `sha256:...` It wins over a tag. */
  readonly digest?: string
}

interface EcrImage extends Named {
  readonly registry: 'ecr'
  readonly accountId: string
  readonly region: string
  readonly fips: boolean
  /** Through `dkr-ecr.REGION.on.aws`, which no VPC endpoint serves. */
  readonly dualStack: boolean
}

interface OtherImage extends Named {
  readonly registry: 'ecr-public' | 'docker-hub' | 'other'
}

export type ImageReference = EcrImage | OtherImage

const PART = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const REFERENCE = new RegExp(
  `^(${PART}(?:/${PART})*)(?::([\\w][\\w.-]{0,127}))?(?:@([a-z0-9+._-]+:[0-9a-fA-F]{32,}))?$`,
)
const ECR =
  /^(\d{12})\.dkr([.-])ecr(-fips)?\.([a-z]{2,4}(?:-[a-z]+)+-\d+)\.(?:amazonaws\.(?:com|com\.cn|eu)|on\.aws|on\.amazonwebservices\.com\.cn|c2s\.ic\.gov|sc2s\.sgov\.gov)$/
const DOCKER_HUB = ['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']

/** @returns undefined for what is no reference: a placeholder, upper case in the repository, an empty tag. */
export function parseImage(text: string): ImageReference | undefined {
  const { host, rest } = splitHost(text)
  const [, repository, tag, digest] = REFERENCE.exec(rest) ?? []
  if (repository === undefined) return undefined
  const version = {
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
    ...(tag === undefined && digest === undefined && { tag: 'latest' }),
  }
  return located(host, repository, version)
}

/** The first part is a host when it looks like one; `bakery/web` is on Docker Hub. */
function splitHost(text: string): { readonly host: string; readonly rest: string } {
  const slash = text.indexOf('/')
  const first = text.slice(0, Math.max(slash, 0))
  const isHost = /^[A-Za-z0-9.-]+(:\d+)?$/.test(first) && (/[.:]/.test(first) || first === 'localhost')
  return isHost
    ? { host: first.toLowerCase(), rest: text.slice(slash + 1) }
    : { host: 'docker.io', rest: text }
}

function located(host: string, repository: string, version: Pick<Named, 'tag' | 'digest'>): ImageReference {
  const [, accountId, separator, fips, region] = ECR.exec(host) ?? []
  if (accountId !== undefined && region !== undefined) {
    const kind = { registry: 'ecr', fips: fips !== undefined, dualStack: separator === '-' } as const
    return { ...kind, accountId, region, host, repository, ...version }
  }
  if (DOCKER_HUB.includes(host)) {
    const full = repository.includes('/') ? repository : `library/${repository}`
    return { registry: 'docker-hub', host: 'docker.io', repository: full, ...version }
  }
  return { registry: host === 'public.ecr.aws' ? 'ecr-public' : 'other', host, repository, ...version }
}
