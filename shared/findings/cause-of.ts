/** Causes as findings tell them, in words that a diagnosis does not need itself. */
import type { Diagnosis } from '../diagnosis/diagnose.ts'
import { isSymptom, type RankedCause } from '../diagnosis/ranking.ts'
import type { Component } from '../reachability/result.ts'
import type { Cause, Evidence, Subject, UnknownCause } from './finding.ts'

export const causeOf = ({
  code,
  confidence,
  title,
  component,
  awsExplanationCode,
  evidence,
}: RankedCause): Cause => ({
  code,
  confidence,
  title,
  component,
  ...(awsExplanationCode !== undefined && { awsExplanationCode }),
  evidence,
})

/** What only follows from tasks that do not start says why in ECS's own words, where no cause explains them. */
export function rootOf(cause: RankedCause, subject: Subject, { unexplained }: Diagnosis): Cause {
  const root = causeOf(cause)
  const [said] = unexplained
  if (!said || !isSymptom(cause.code)) return root
  return {
    ...root,
    title: `${root.title}; ${said.because}`,
    evidence: [...root.evidence, ...unexplained.map((one) => saidOf(subject, one))],
  }
}

const saidOf = ({ arn }: Subject, { missing, because }: UnknownCause): Evidence => ({
  operation: missing,
  resource: arn,
  field: 'response',
  observed: because,
  expected: 'an answer from AWS',
})

/** An honest answer as well: what fails, and which permission or operation would tell why. */
export function undeterminedCause(
  subject: Subject,
  { unknown, unexplained }: { readonly [field in 'unknown' | 'unexplained']: readonly UnknownCause[] },
): Cause {
  const missing = [...new Set(unknown.map((item) => item.missing))]
  const said = unexplained[0]?.because ?? 'no known cause fits'
  const what = missing.length > 0 ? `${missing.join(', ')} not known` : said
  const component: Component = { type: subject.kind, id: subject.arn, name: subject.name }
  return {
    code: 'undetermined',
    confidence: 'possible',
    title: `Why ${subject.name} fails cannot be told: ${what}`,
    component,
    evidence: [...unknown, ...unexplained].map((one) => saidOf(subject, one)),
  }
}
