import { placeOf } from '../snapshot/references.ts'

/**
 * Where things stand in the table. Everything of a subject shares a partition, so that one consistent query
 * reads its findings; sort keys tell the kinds of items apart.
 */
export interface ItemKey {
  readonly pk: string
  readonly sk: string
}

export const FINDING_PREFIX = 'FINDING#'

const subjectPartition = (subjectArn: string): string => `SUBJECT#${subjectArn}`

export const findingKey = (subjectArn: string, id: string): ItemKey => ({
  pk: subjectPartition(subjectArn),
  sk: FINDING_PREFIX + id,
})

/** The newest audit that decided about the subject. */
export const auditKey = (subjectArn: string): ItemKey => ({ pk: subjectPartition(subjectArn), sk: 'AUDIT' })

export const changePrefix = (id: string): string => `CHANGE#${id}#`

export const changeKey = (subjectArn: string, id: string, version: number): ItemKey => ({
  pk: subjectPartition(subjectArn),
  sk: changePrefix(id) + String(version).padStart(10, '0'),
})

export const deliveryKey = (subjectArn: string, id: string, channel: string): ItemKey => ({
  pk: subjectPartition(subjectArn),
  sk: `DELIVERY#${id}#${channel}`,
})

export const handledEventKey = (eventKey: string): ItemKey => ({ pk: `EVENT#${eventKey}`, sk: 'HANDLED' })

/** One partition per account and Region: the watcher reads all of it at once. */
export const healthPartition = (accountId: string, region: string): string => `HEALTH#${accountId}#${region}`

export function targetHealthKey(targetGroupArn: string): ItemKey {
  const { accountId, region } = placeOf(targetGroupArn)
  return { pk: healthPartition(accountId, region), sk: targetGroupArn }
}

/** Ids are unique everywhere; IAM's role names, and what is set for an account as a whole, only within one. */
export const objectKey = (accountId: string, object: string, subjectArn: string): ItemKey => ({
  pk: /^(role\/|public-access$)/.test(object) ? `OBJECT#${accountId}#${object}` : `OBJECT#${object}`,
  sk: subjectArn,
})

export const keptObjectsKey = (subjectArn: string): ItemKey => ({
  pk: subjectPartition(subjectArn),
  sk: 'OBJECTS',
})
