/** Names and places of a failing start, as titles tell them. */
import type { Network } from '../../../network/network.ts'
import { groupOf } from '../../../reachability/filters.ts'
import type { Component } from '../../../reachability/result.ts'
import { familyName, subjectName } from '../words.ts'
import type { StartBreach } from './claims.ts'
import type { StartFacts } from './facts.ts'
import type { StartWay } from './ways.ts'

export const distinct = <T>(items: readonly T[]): readonly T[] => [...new Set(items)]

/** "ecr.api, ecr.dkr and s3" */
export const servicesText = (breaches: readonly StartBreach[]): string =>
  listText(distinct(breaches.map(({ way }) => way.name)))

export function listText(items: readonly string[]): string {
  const last = items.at(-1) ?? ''
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`
}

/** "tasks of service web", or the instances below them. */
export function tasksText({ tasks: { service } }: StartFacts, [first]: readonly StartBreach[]): string {
  const who = first?.way.need.from === 'instance' ? 'container instances' : 'tasks'
  return `${who} of ${subjectName(service)}`
}

/** ", only from subnet-0a1b" */
export const placeText = (breaches: readonly StartBreach[]): string =>
  `, only from ${listText(subnetIds(breaches))}`

export const subnetIds = (breaches: readonly StartBreach[]): readonly string[] =>
  distinct(breaches.map(({ way }) => way.place.subnet.id))

export function groupText(network: Network, id: string): string {
  const name = groupOf(network, id)?.name
  return name ? `${id} (${name})` : id
}

export const waysOf = ({ ways }: StartFacts): readonly StartWay[] => (ways.known ? ways.value : [])

/** Characters of an ARN that are not known, as a pattern; six are what Secrets Manager adds to a name. */
export const anyOf = (resource: string): string => resource.replace(/\?{7,}/g, '*')

/** Stable over revisions. */
export function definitionComponent({ definition, tasks }: StartFacts): Component {
  const arn = definition.known ? definition.value.taskDefinitionArn : tasks.service.taskDefinition
  return { type: 'task-definition', id: familyName(arn), name: familyName(arn) }
}
