import { createHash } from 'node:crypto'
import type { Component } from '../reachability/result.ts'
import type { Subject } from './finding.ts'

/**
 * The same problem has the same id tomorrow: a hash of (account, Region, subject, root cause, component).
 * @returns 32 hexadecimal digits
 */
export function findingId(subject: Subject, code: string, component: Component): string {
  const tuple = [
    subject.accountId,
    subject.region,
    subject.kind,
    subject.arn,
    code,
    component.type,
    component.id,
  ]
  return createHash('sha256').update(JSON.stringify(tuple)).digest('hex').slice(0, 32)
}
