/** Many findings that opened at once, as after the outage of a zone: told in one message. */
import { createHash } from 'node:crypto'
import { type Severity, severities } from '../findings/finding.ts'
import type { Message } from './message.ts'

export interface Digest {
  /** The same for the same findings: for channels that refuse duplicates. */
  readonly id: string
  readonly count: number
  /** The worst of them. */
  readonly severity: Severity
  /** By cause, the most frequent first. */
  readonly causes: readonly DigestCause[]
  readonly accounts: readonly string[]
  readonly regions: readonly string[]
  readonly pageUrl?: string
}

interface DigestCause {
  readonly code: string
  readonly findings: readonly DigestFinding[]
}

interface DigestFinding {
  readonly findingId: string
  readonly headline: string
}

/** @param messages at least one */
export function digestOf(messages: readonly Message[]): Digest {
  const causes = distinct(messages.map(({ code }) => code)).map((code) => ({
    code,
    findings: messages.filter((message) => message.code === code).map(digestFinding),
  }))
  const pageUrl = messages[0]?.pageUrl
  return {
    id: idOf(messages),
    count: messages.length,
    severity:
      severities.find((severity) => messages.some((message) => message.severity === severity)) ?? 'info',
    causes: causes.sort((a, b) => b.findings.length - a.findings.length),
    accounts: distinct(messages.map(({ subject }) => subject.accountId)),
    regions: distinct(messages.map(({ subject }) => subject.region)),
    ...(pageUrl !== undefined && { pageUrl }),
  }
}

const digestFinding = ({ findingId, headline }: Message): DigestFinding => ({ findingId, headline })

const idOf = (messages: readonly Message[]): string => {
  const versions = messages.map(({ findingId, version }) => `${findingId}-${version}`).sort()
  return createHash('sha256').update(JSON.stringify(versions)).digest('hex').slice(0, 32)
}

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)].sort()
