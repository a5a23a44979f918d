/** In which account and Region a question is asked: ours, or a member's. */
import { InputError } from './input-error.ts'
import type { Place } from './snapshot/types.ts'

const textOf = ({ accountId, region }: Place): string => `${accountId}/${region}`

/** Of a long list a caller needs no more to see what is meant. */
const SHOWN = 10

/**
 * @param asked what is left out is ours
 * @throws InputError for a place that is not audited from here
 */
export function explainPlace(asked: Partial<Place>, own: Place, members: readonly Place[]): Place {
  const place = { accountId: asked.accountId ?? own.accountId, region: asked.region ?? own.region }
  const places = [own, ...members].map(textOf)
  if (places.includes(textOf(place))) return place
  const more = places.length > SHOWN ? `, and ${places.length - SHOWN} more` : ''
  throw new InputError(
    `accountId and region ${textOf(place)}: not audited from here; allowed are ${places.slice(0, SHOWN).join(', ')}${more}`,
  )
}

/** @param text `222233334444/eu-west-1,222233334444/us-east-1` */
export const placesIn = (text = ''): readonly Place[] =>
  text.split(',').flatMap((place) => {
    const [accountId, region] = place.split('/')
    return accountId && region ? [{ accountId, region }] : []
  })
