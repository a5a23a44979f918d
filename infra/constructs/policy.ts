/** From ../access.ts to IAM. */
import { Stack, Validations } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { IConstruct } from 'constructs'
import type { Access } from '../access.ts'
import { areThere, expandAll, type Places } from './places.ts'

/** @param places what `<...>` in the resources stands for */
export const policyOf = (access: readonly Access[], places: Places): PolicyDocument =>
  new PolicyDocument({
    // Statement by statement, as the table has them.
    minimize: false,
    statements: access.filter((one) => areThere(namesIn(one), places)).map((one) => statementOf(one, places)),
  })

const statementOf = ({ actions, resources, conditions = {} }: Access, places: Places): PolicyStatement =>
  new PolicyStatement({
    actions: [...actions],
    resources: expandAll(resources, places),
    conditions: mapValues(conditions, (keys) => mapValues(keys, (values) => expandAll(values, places))),
  })

/** cdk-nag wants a reason for each `*`. @param places as for the policy */
export function acknowledgeWildcards(
  holder: IConstruct,
  access: readonly Access[],
  places: Places = {},
): void {
  for (const { resources, because = '' } of access)
    for (const resource of resources.filter((one) => one.includes('*')))
      Validations.of(holder).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${asNagSays(holder, resource, places)}]`,
        reason: because,
      })
}

/** `<Bucket>/*` is `<AuditorFindingsBucketF0C70417.Arn>/*` there. */
const asNagSays = (holder: IConstruct, resource: string, places: Places): string =>
  resource.replace(/<(\w+)>/g, (name, place: string) => {
    const { 'Fn::GetAtt': attribute } = Stack.of(holder).resolve(places[place]) ?? {}
    return attribute ? `<${attribute.join('.')}>` : name
  })

const namesIn = ({ resources, conditions = {} }: Access): readonly string[] => [
  ...resources,
  ...Object.values(conditions).flatMap((keys) => Object.values(keys).flat()),
]

const mapValues = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
