/** Another path, or other codes: whether the application then answers as hoped lies outside configuration. */
import type { Fix } from '../fix.ts'
import { isHttpCode, matcherOf } from './answers.ts'
import { groupName } from './evidence.ts'
import { ownCheckPath } from './own-check-path.ts'
import type { Answer } from './response-rule.ts'
import { settingsFix } from './settings-fix.ts'

/** @param wanted what only a person knows, such as `path that answers 200` */
export function pathFix(answer: Answer, wanted: string): Fix {
  const { group } = answer
  const path = ownCheckPath(answer)
  const title =
    path === undefined
      ? `Check a ${wanted} in ${groupName(group)}`
      : `Check ${path} in ${groupName(group)}, as the container’s own check does, which passes`
  return settingsFix(title, group, { HealthCheckPath: path ?? `<${wanted}>` }, false)
}

export const pathThatAnswers = ({ group, codes }: Answer): string =>
  `path that answers ${matcherOf(group, codes[0] ?? 0) ?? '200'}`

/** @param accepted as AWS writes it; replaces the matcher */
export function matcherFix({ group, codes }: Answer, title: string, accepted: string): Fix {
  const Matcher = isHttpCode(codes[0] ?? 0) ? { HttpCode: accepted } : { GrpcCode: accepted }
  return settingsFix(title, group, { Matcher }, false)
}

/** What the matcher accepts already, and the codes that were met. */
export const widened = ({ group, codes }: Answer): string =>
  [matcherOf(group, codes[0] ?? 0), ...codes].filter((item) => item !== undefined).join(',')
