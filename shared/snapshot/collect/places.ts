/** As whom we ask in each account and Region: in our own as ourselves, elsewhere by a role that trusts us to read. */
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import type { Place } from '../types.ts'

export interface PlacesOptions {
  /** The account that this runs in. */
  readonly accountId: string
  /** The role's name in every other account, with its path; undefined where only our own is audited. */
  readonly memberRole?: string | undefined
  /** The partition of the ARNs, such as `aws-cn`. @default aws */
  readonly partition?: string | undefined
  /** Which other accounts' roles must know, so that nobody else can make us use them. */
  readonly externalId?: string | undefined
}

/** What CloudTrail of the member account shows. */
const SESSION = 'health-check-auditor'

/** How clients are made for a place: where, and as whom. */
interface PlaceConfig {
  readonly region: string
  /** Asked again before they end. */
  readonly credentials?: () => Promise<PlaceCredentials>
}

interface PlaceCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
}

/**
 * @returns the same configuration for the same place
 * @throws Error for another account without a role: an answer about the wrong account would be worse than none
 */
export function configByPlace(options: PlacesOptions): (place: Place) => PlaceConfig {
  return eachPlaceOnce(({ accountId, region }) =>
    accountId === options.accountId
      ? { region }
      : { region, credentials: memberCredentials(options, { accountId, region }) },
  )
}

/** Makes one for each place. */
export function eachPlaceOnce<T>(make: (place: Place) => T): (place: Place) => T {
  const made = new Map<string, T>()
  return (place) => {
    const key = `${place.accountId} ${place.region}`
    const one = made.get(key) ?? make(place)
    made.set(key, one)
    return one
  }
}

function memberCredentials(
  { accountId: own, memberRole, partition = 'aws', externalId }: PlacesOptions,
  { accountId, region }: Place,
): () => Promise<PlaceCredentials> {
  if (!memberRole)
    throw new Error(`account ${accountId}: no role to read it is set up (MEMBER_ROLE), only ${own}`)
  const sts = new STSClient({ region })
  const assume = new AssumeRoleCommand({
    RoleArn: `arn:${partition}:iam::${accountId}:role/${memberRole}`,
    RoleSessionName: SESSION,
    ...(externalId !== undefined && { ExternalId: externalId }),
  })
  return async () => {
    const { Credentials: given } = await sts.send(assume)
    if (!given?.AccessKeyId || !given.SecretAccessKey)
      throw new Error(`account ${accountId}: STS gave no credentials for the role ${memberRole}`)
    return {
      accessKeyId: given.AccessKeyId,
      secretAccessKey: given.SecretAccessKey,
      ...(given.SessionToken && { sessionToken: given.SessionToken }),
      ...(given.Expiration && { expiration: given.Expiration }),
    }
  }
}
