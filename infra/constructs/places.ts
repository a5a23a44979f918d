/** What `<...>` in the tables of this folder stands for. */
import { Aws } from 'aws-cdk-lib'

/** Name -> ARN or name, or several; undefined: this deployment does not have it. */
export type Places = Readonly<Record<string, string | readonly string[] | undefined>>

const pseudo: Places = {
  'AWS::Partition': Aws.PARTITION,
  'AWS::Region': Aws.REGION,
  'AWS::AccountId': Aws.ACCOUNT_ID,
  'AWS::StackName': Aws.STACK_NAME,
}

/** @throws Error for a name that nobody gave: a policy without its resource must not be deployed */
export const expand = (text: string, places: Places): string =>
  text.replace(/<([\w:]+)>/g, (_, name: string) => {
    const place = places[name] ?? pseudo[name]
    if (typeof place !== 'string') throw new Error(`infra: nothing is called <${name}> in ${text}`)
    return place
  })

/** A text that is a name of several stands for all of them. */
export const expandAll = (texts: readonly string[], places: Places): string[] =>
  texts.flatMap((text) => {
    const several = places[/^<(\w+)>$/.exec(text)?.[1] ?? '']
    return typeof several === 'object' ? several : [expand(text, places)]
  })

/** @returns false when a text names something that this deployment does not have */
export const areThere = (texts: readonly string[], places: Places): boolean =>
  texts
    .flatMap((text) => [...text.matchAll(/<([\w:]+)>/g)])
    .every(([, name = '']) => !(name in places) || places[name] !== undefined)
