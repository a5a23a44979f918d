/** Other accounts and Regions that this deployment, their hub, audits. docs/deploy.md has the steps. */

/** The role that the hub takes in each of their accounts: member-template.yaml. */
export const MEMBER_ROLE = 'health-check-auditor-member'

export interface Member {
  /** Twelve digits; the hub's own account for its other Regions. */
  readonly accountId: string
  /** Such as `eu-west-1`. */
  readonly regions: readonly string[]
}

/** `ACCOUNT/REGION`, as the state machines are given them. */
export const placesOf = (members: readonly Member[]): readonly string[] =>
  members.flatMap(({ accountId, regions }) => regions.map((region) => `${accountId}/${region}`))

export const accountsOf = (members: readonly Member[]): readonly string[] => [
  ...new Set(members.map(({ accountId }) => accountId)),
]

/**
 * @param text `222233334444/eu-west-1,222233334444/us-east-1`
 * @throws Error for anything else
 */
export function parseMembers(text: string): readonly Member[] {
  return text.split(',').map((place) => {
    const [, accountId = '', region = ''] = /^(\d{12})\/([a-z]{2}(?:-[a-z]+)+-\d)$/.exec(place) ?? []
    if (!accountId)
      throw new Error(
        `members: ${JSON.stringify(place)}: give ACCOUNT/REGION, such as 222233334444/eu-west-1`,
      )
    return { accountId, regions: [region] }
  })
}
