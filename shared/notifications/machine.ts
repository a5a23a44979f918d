/** What is told, for programs: small and flat enough to route by; the finding itself is asked for by its id. */
import { cut } from '../render/plain-text.ts'
import type { Digest } from './digest.ts'
import type { Message } from './message.ts'

const VERSION = '1'
/** Names may be thousands of characters long. */
const MAX_TEXT = 500

export const machineMessage = (message: Message): string =>
  json({
    version: VERSION,
    event: message.kind,
    findingId: message.findingId,
    findingVersion: message.version,
    severity: message.severity,
    code: message.code,
    confidence: message.confidence,
    headline: message.headline,
    subject: message.subject,
    component: message.component,
    since: message.since,
    resolvedAt: message.over?.at,
    occurrences: message.occurrences,
    pageUrl: message.pageUrl && `${message.pageUrl}/findings/${message.findingId}`,
  })

export const machineDigest = ({ id, count, severity, causes, accounts, regions }: Digest): string =>
  json({
    version: VERSION,
    event: 'digest',
    digestId: id,
    count,
    severity,
    accounts,
    regions,
    causes: causes.map(({ code, findings }) => ({
      code,
      findingIds: findings.map(({ findingId }) => findingId),
    })),
  })

const json = (value: object): string =>
  JSON.stringify(value, (_name, field: unknown) => (typeof field === 'string' ? cut(field, MAX_TEXT) : field))
