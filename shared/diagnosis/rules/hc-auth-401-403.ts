/**
 * The probe carries no credentials. It passes neither listener rules nor AWS WAF nor authenticate actions, so the
 * answer is the application's own. 403 may also come from a check of the Host header (hc.host-header-400).
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
import { codesText } from '../checks/answers.ts'
import { matcherFix, pathFix, pathThatAnswers, widened } from '../checks/response-fixes.ts'
import { responseRule } from '../checks/response-rule.ts'

const UNAUTHENTICATED = [401, 407]

export const hcAuth401403 = responseRule({
  code: 'hc.auth-401-403',
  claims: (code) => code === 403 || UNAUTHENTICATED.includes(code),
  tell: (answer) => ({
    confidence: answer.codes.some((code) => UNAUTHENTICATED.includes(code)) ? 'proven' : 'likely',
    fixes: [
      pathFix(answer, `${pathThatAnswers(answer)} without credentials`),
      matcherFix(
        answer,
        `Accept ${codesText(answer.codes)} as well; the check then shows only that somebody answers`,
        widened(answer),
      ),
    ],
  }),
  otherwise: '401 or 403',
})
