/** Clients for each account and Region: our own, and those that trust us with a role to read. */
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import type { Place } from '../types.ts'
import { type Clients, createClients } from './clients.ts'

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

/** @returns the same clients for the same place, whose credentials renew themselves */
export function clientsByPlace(options: PlacesOptions): (place: Place) => Clients {
  const made = new Map<string, Clients>()
  return (place) => {
    const key = `${place.accountId} ${place.region}`
    const clients = made.get(key) ?? createFor(options, place)
    made.set(key, clients)
    return clients
  }
}

/** @throws Error for another account without a role: an answer about the wrong account would be worse than none */
function createFor(options: PlacesOptions, { accountId, region }: Place): Clients {
  if (accountId === options.accountId) return createClients({ region })
  const { memberRole, partition = 'aws', externalId } = options
  if (!memberRole)
    throw new Error(
      `account ${accountId}: no role to read it is set up (MEMBER_ROLE), only ${options.accountId}`,
    )
  const sts = new STSClient({ region })
  const assume = new AssumeRoleCommand({
    RoleArn: `arn:${partition}:iam::${accountId}:role/${memberRole}`,
    RoleSessionName: SESSION,
    ...(externalId !== undefined && { ExternalId: externalId }),
  })
  return createClients({
    region,
    credentials: async () => {
      const { Credentials: given } = await sts.send(assume)
      if (!given?.AccessKeyId || !given.SecretAccessKey)
        throw new Error(`account ${accountId}: STS gave no credentials for the role ${memberRole}`)
      return {
        accessKeyId: given.AccessKeyId,
        secretAccessKey: given.SecretAccessKey,
        ...(given.SessionToken && { sessionToken: given.SessionToken }),
        ...(given.Expiration && { expiration: given.Expiration }),
      }
    },
  })
}
