/**
 * Health checks name the target's address as Host, which cannot be changed; frameworks that allow only known hosts
 * answer 400, 403 or 421. AWS's answers never prove it: 400 is also what plain HTTP gets on a TLS port.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
import type { Confidence, Evidence } from '../../findings/finding.ts'
import { codesText } from '../checks/answers.ts'
import { groupName } from '../checks/evidence.ts'
import { protocolHint } from '../checks/protocol-hints.ts'
import { type Answer, pathText, responseRule } from '../checks/response-rule.ts'
import { applicationFix } from '../checks/settings-fix.ts'
import { serverOf } from '../ecs/application.ts'
import { definitionEvidence } from '../ecs/evidence.ts'

const FORBIDDEN = 403
const CODES = [400, FORBIDDEN, 421]

export const hcHostHeader400 = responseRule({
  code: 'hc.host-header-400',
  claims: (code) => CODES.includes(code),
  tell(answer) {
    const { group, codes, targets } = answer
    const [{ id, checkPort }] = targets
    return {
      confidence: confidenceOf(answer),
      title: `Health check of ${groupName(group)} asks ${pathText(group)} with Host ${id}:${checkPort ?? '<port>'} and gets ${codesText(codes)}, as from an application that allows only known hosts`,
      evidence: settingsOf(answer),
      fixes: [
        applicationFix(
          `Let the application answer ${pathText(group)} for any Host header, or allow the targets’ subnets as hosts`,
        ),
      ],
    }
  },
  otherwise: '400 or another code for an unknown host',
})

/** 403 is rather authentication, and 400 where the protocol does not fit rather that. */
function confidenceOf({ incident, codes, targets }: Answer): Confidence {
  const rather =
    codes.every((code) => code === FORBIDDEN) || targets.some((target) => protocolHint(incident, target))
  return rather ? 'possible' : 'likely'
}

/** Django, Rails, Drupal, Sentry and others take the list of hosts from the environment. */
const HOST_SETTING = /ALLOWED_?HOST|TRUSTED_?HOST|HOST_?PATTERN|^(APP|DJANGO|RAILS|SENTRY)_\w*(HOST|URL)/i

function settingsOf({ incident, targets: [target] }: Answer): readonly Evidence[] {
  const server = serverOf(incident, target)
  const names =
    server?.container.environment?.flatMap(({ name = '' }) => (HOST_SETTING.test(name) ? [name] : [])) ?? []
  if (!server || names.length === 0) return []
  const field = `containerDefinitions[${server.container.name}].environment`
  return [
    definitionEvidence(server.task.taskDefinitionArn, field, names, 'hosts that include the health check’s'),
  ]
}
