/** What `<...>` in the tables of this folder stands for. */
import { Aws } from 'aws-cdk-lib'

/** Name -> ARN or name; undefined: this deployment does not have it. */
export type Places = Readonly<Record<string, string | undefined>>

const pseudo: Places = {
  'AWS::Partition': Aws.PARTITION,
  'AWS::Region': Aws.REGION,
  'AWS::AccountId': Aws.ACCOUNT_ID,
}

/** @throws Error for a name that nobody gave: a policy without its resource must not be deployed */
export const expand = (text: string, places: Places): string =>
  text.replace(/<([\w:]+)>/g, (_, name: string) => {
    const place = places[name] ?? pseudo[name]
    if (place === undefined) throw new Error(`infra: nothing is called <${name}> in ${text}`)
    return place
  })

/** @returns false when the text names something that this deployment does not have */
export const isThere = (text: string, places: Places): boolean =>
  [...text.matchAll(/<([\w:]+)>/g)].every(([, name = '']) => !(name in places) || places[name] !== undefined)
