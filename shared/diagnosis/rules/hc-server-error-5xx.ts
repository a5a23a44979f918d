/**
 * The application, or a proxy inside the task, answers with an error of its own: the network is proven open. A check
 * that asks a database or another service fails with it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */

import { pathFix } from '../checks/response-fixes.ts'
import { responseRule } from '../checks/response-rule.ts'
import { applicationFix } from '../checks/settings-fix.ts'
import { applicationEvidence } from '../ecs/application.ts'

export const hcServerError5xx = responseRule({
  code: 'hc.server-error-5xx',
  claims: (code) => code >= 500 && code < 600,
  tell: (answer) => ({
    confidence: 'proven',
    evidence: applicationEvidence(answer.incident, answer.targets),
    fixes: [
      applicationFix('Mend the error that the application logs for the health check'),
      pathFix(answer, 'path that answers without asking a database or another service'),
    ],
  }),
  otherwise: 'a server error',
})
