/** Who changed something last, as CloudTrail remembers it. */
import type { Change } from '../../events/change.ts'
import { lastChange } from '../../events/last-change.ts'
import type { Clients } from './clients.ts'

/** CloudTrail remembers 90 days; what broke a path is mostly the last thing that was done, and much younger. */
const DAYS = 14
/** AWS allows two calls a second in an account and Region, to everybody together. Of 50 events each, newest first. */
const MOST_PAGES = 3

/**
 * @param object an id, an ARN or `role/NAME`; an event about it shows up some minutes after the call
 * @param before ISO 8601: when it was broken
 * @returns undefined where nothing is recorded
 * @throws what CloudTrail answers when it may not be asked
 */
export async function askLastChange(
  clients: Clients,
  object: string,
  before: string,
): Promise<Change | undefined> {
  const trail = await clients.further('cloudtrail')
  const until = new Date(before)
  let NextToken: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await trail.lookupEvents({
      LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: object.replace(/^role\//, '') }],
      StartTime: new Date(until.getTime() - DAYS * 24 * 3_600_000),
      EndTime: until,
      MaxResults: 50,
      ...(NextToken !== undefined && { NextToken }),
    })
    const texts = (answer.Events ?? []).map(({ CloudTrailEvent }) => ({ CloudTrailEvent }))
    const found = lastChange(texts, object, before)
    NextToken = answer.NextToken
    if (found || NextToken === undefined) return found
  }
  return undefined
}
