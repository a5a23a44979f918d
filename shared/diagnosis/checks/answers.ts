/**
 * The status codes that AWS quotes: "Health checks failed with these codes: [404]". Application Load Balancers only.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
import type { TargetGroup } from '../../snapshot/types.ts'
import type { TargetFacts } from '../incident.ts'

/** HTTP codes begin at 100, gRPC codes end at 99. */
const FIRST_HTTP_CODE = 100

export const isHttpCode = (code: number): boolean => code >= FIRST_HTTP_CODE

/** Empty where the description names none. */
export function codesOf({ description = '' }: Pick<TargetFacts, 'description'>): readonly number[] {
  const list = /\bcodes?\b[^\d]*([\d,;\s]+)/i.exec(description)?.[1] ?? ''
  return [...new Set((list.match(/\d+/g) ?? []).map(Number))]
}

/** The matcher that judges a code, as AWS writes it: "200", "200,202" or "200-299". */
export const matcherOf = ({ Matcher }: TargetGroup, code: number): string | undefined =>
  isHttpCode(code) ? Matcher?.HttpCode : Matcher?.GrpcCode

/** Undefined where the matcher is not told. */
export function accepts(group: TargetGroup, code: number): boolean | undefined {
  return matcherOf(group, code)
    ?.split(',')
    .some((part) => {
      const [from = Number.NaN, to = from] = part.split('-').map(Number)
      return from <= code && code <= to
    })
}

const grpcNames: Readonly<Record<number, string>> = {
  0: 'OK',
  1: 'CANCELLED',
  2: 'UNKNOWN',
  3: 'INVALID_ARGUMENT',
  4: 'DEADLINE_EXCEEDED',
  5: 'NOT_FOUND',
  7: 'PERMISSION_DENIED',
  8: 'RESOURCE_EXHAUSTED',
  12: 'UNIMPLEMENTED',
  13: 'INTERNAL',
  14: 'UNAVAILABLE',
  16: 'UNAUTHENTICATED',
}

const codeText = (code: number): string => {
  const name = isHttpCode(code) ? undefined : grpcNames[code]
  return name ? `${code} (${name})` : String(code)
}

/** "404", "404 and 405" */
export const codesText = (codes: readonly number[]): string =>
  [...codes]
    .sort((a, b) => a - b)
    .map(codeText)
    .join(' and ')
