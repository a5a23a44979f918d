/** What the message about one finding says. */
import type { Evidence, FindingTarget, Remediation } from '../findings/finding.ts'
import type { ChangeKind } from '../findings/record.ts'
import { componentName } from '../render/names.ts'
import { pathLines } from '../render/path-text.ts'
import { cut } from '../render/plain-text.ts'
import { type Content, type DrawingSection, type FixSection, listSection, type Section } from './content.ts'
import { findingLinks } from './links.ts'
import type { Message } from './message.ts'
import { changedText, whenText } from './when.ts'

const MAX_TARGET = 96
const MAX_OBSERVED = 200

const kindWords: { readonly [K in ChangeKind]: string } = {
  opened: 'new',
  reopened: 'again',
  changed: 'changed',
  attributed: 'who changed it',
  resolved: 'resolved',
}

export function messageContent(message: Message): Content {
  const { kind, severity, headline, subject, component, code, confidence, over } = message
  return {
    label: over ? 'RESOLVED' : `${severity.toUpperCase()} · ${kindWords[kind]}`,
    mark: over ? '✓' : '✗',
    headline,
    facts: {
      cause: `${code} (${confidence})`,
      component: componentName(component),
      when: whenText(message),
      ...(message.changedBy && { changed: changedText(message.changedBy) }),
      account: subject.accountId,
      region: subject.region,
      finding: message.findingId,
    },
    sections: sectionsOf(message),
    links: findingLinks(message),
    over: over !== undefined,
    toldBefore: over !== undefined || kind === 'attributed',
  }
}

const sectionsOf = (message: Message): readonly Section[] => [
  ...listSection(
    'Affected',
    message.affected.map((target) => targetItem(target)),
    message.truncated?.targets?.total,
  ),
  ...drawing(message),
  ...listSection(
    'Evidence',
    message.evidence.map((evidence) => ({ text: evidenceText(evidence) })),
    message.truncated?.evidence?.total,
  ),
  // What is well again must not invite anybody to paste a cure.
  ...(message.over ? [] : message.fixes.map((fix, index) => fixSection(fix, index, message.fixes.length))),
  ...listSection(
    'Also in the way',
    message.otherCauses.map(({ code, title }) => ({ mark: '✗', text: `${code}: ${title}` })),
    message.truncated?.otherCauses?.total,
  ),
  ...listSection(
    'Ruled out',
    message.ruledOut.map(({ code, because }) => ({ mark: '✓', text: `${code}: ${because}` })),
    message.truncated?.ruledOut?.total,
  ),
  ...listSection(
    'Not known',
    message.unknown.map(({ code, missing, because }) => ({
      mark: '?',
      text: `${code}: ${missing} did not tell: ${because}`,
    })),
    message.truncated?.unknown?.total,
  ),
]

function targetItem({ id, port, availabilityZone, state, reason, description }: FindingTarget) {
  const address = port === undefined ? id : `${id.includes(':') ? `[${id}]` : id}:${port}`
  const why = [reason, description].filter((part) => part !== undefined).join(': ')
  const text = [address, availabilityZone, state, why].filter(Boolean).join('  ')
  return { mark: state === 'healthy' ? '✓' : '✗', text: cut(text, MAX_TARGET) } as const
}

function drawing({ path, morePaths }: Message): readonly DrawingSection[] {
  if (!path) return []
  const more = morePaths > 0 ? [`(and ${morePaths} more of the kind)`] : []
  return [{ layout: 'drawing', title: 'Path', lines: (width) => [...pathLines(path, { width }), ...more] }]
}

const evidenceText = ({ operation, resource, field, observed, expected }: Evidence): string =>
  `${operation} ${resource}: ${field} is ${cut(JSON.stringify(observed) ?? 'absent', MAX_OBSERVED)}; expected: ${expected}`

function fixSection(
  { title, steps, opens, verified }: Remediation,
  index: number,
  count: number,
): FixSection {
  const name = count > 1 ? `Fix ${index + 1} of ${count}` : 'Fix'
  const proof = verified
    ? 'verified: applied to the snapshot, the analysis comes out clean'
    : 'not verified by a second analysis'
  return {
    layout: 'fix',
    title: `${name} (${proof})`,
    goal: title,
    steps: steps.map((step, number) => ({ text: `${number + 1}. ${step.title}`, commands: step.cli })),
    opens: `Opens: ${opens}`,
  }
}
