/** What a container's own health check is worth. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
import type { ContainerDefinition } from '../../snapshot/types.ts'

/** ["NONE"] turns a check off. */
export const hasOwnCheck = ({ healthCheck }: ContainerDefinition): boolean =>
  healthCheck?.command !== undefined && healthCheck.command.length > 0 && healthCheck.command[0] !== 'NONE'

const textOf = ({ healthCheck }: ContainerDefinition): string => healthCheck?.command?.join(' ') ?? ''

/** "-f", also among others as in "-fsS". */
const FAILS_ON_ERROR = /(?:^|\s)(?:--fail(?:-with-body)?(?=\s|$)|-[a-zA-Z]*f[a-zA-Z]*(?=\s|$))/
/** The answer is looked at after all. */
const LOOKS_AT_ANSWER = /http_code|\b(?:grep|jq|awk|test|expr)\b|\[\s/
const ALWAYS_PASSES = /\s*(?:\|\|\s*(?:true|:|exit\s+0)|;\s*(?:true|exit\s+0))\s*$/

/** Without --fail, curl is content with any answer, 500 too. https://curl.se/docs/manpage.html#-f */
export function acceptsAnyAnswer(container: ContainerDefinition): boolean {
  const text = textOf(container)
  return (
    hasOwnCheck(container) &&
    /\bcurl\b/.test(text) &&
    !FAILS_ON_ERROR.test(text) &&
    !LOOKS_AT_ANSWER.test(text)
  )
}

export const alwaysPasses = (container: ContainerDefinition): boolean =>
  hasOwnCheck(container) && ALWAYS_PASSES.test(textOf(container))

/** `curl` with -f, and a failure that counts. */
export const mended = ({ healthCheck }: ContainerDefinition): readonly string[] => {
  const [first = '', ...rest] = healthCheck?.command ?? []
  const inShell = first === 'CMD-SHELL' || rest.length === 0
  const list = [first, ...rest]
  if (!inShell) return list.flatMap((part) => (/(?:^|\/)curl$/.test(part) ? [part, '-f'] : [part]))
  const text = list.at(-1) ?? ''
  const strict = FAILS_ON_ERROR.test(text) ? text : text.replace(/\bcurl\b/, 'curl -f')
  return [...list.slice(0, -1), strict.replace(ALWAYS_PASSES, ' || exit 1')]
}
