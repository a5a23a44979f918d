/**
 * A login, a trailing slash, or the application forces HTTPS because the probe comes without X-Forwarded-Proto.
 * An HTTPS listener in front of an HTTP target group is TLS termination as usual and no cause.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
import { matcherFix, pathFix, pathThatAnswers } from '../checks/response-fixes.ts'
import { responseRule } from '../checks/response-rule.ts'

export const hcRedirect3xx = responseRule({
  code: 'hc.redirect-3xx',
  claims: (code) => code >= 300 && code < 400,
  tell: (answer) => ({
    confidence: 'proven',
    fixes: [
      pathFix(answer, `${pathThatAnswers(answer)} without a redirect`),
      matcherFix(
        answer,
        'Accept redirects; an application that redirects to a broken page then looks healthy, too',
        '200-399',
      ),
    ],
  }),
  otherwise: 'a redirect',
})
