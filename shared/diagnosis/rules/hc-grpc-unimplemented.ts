/**
 * A gRPC check calls a method and expects a gRPC code. The default, /AWS.ALB/healthcheck, exists nowhere: servers
 * answer 12 (UNIMPLEMENTED), which is the default matcher. Changing one of the two without the other fails.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
import { codesText, isHttpCode } from '../checks/answers.ts'
import { matcherFix, widened } from '../checks/response-fixes.ts'
import { type Answer, responseRule } from '../checks/response-rule.ts'
import { applicationFix, settingsFix } from '../checks/settings-fix.ts'
import type { Fix } from '../fix.ts'

const OK = 0
const UNIMPLEMENTED = 12

/** https://github.com/grpc/grpc/blob/master/doc/health-checking.md */
const HEALTH_SERVICE = '/grpc.health.v1.Health/Check'

export const hcGrpcUnimplemented = responseRule({
  code: 'hc.grpc-unimplemented',
  claims: (code) => !isHttpCode(code),
  tell: (answer) => ({ confidence: 'proven', fixes: fixesFor(answer) }),
  otherwise: 'a gRPC code',
})

function fixesFor(answer: Answer): readonly Fix[] {
  const { codes, group } = answer
  if (codes.includes(OK)) return [matcherFix(answer, 'Accept 0 (OK), which the service answers', '0')]
  if (!codes.includes(UNIMPLEMENTED))
    return [applicationFix(`Mend why the service answers ${codesText(codes)} to the health check`)]
  const service = settingsFix(
    'Implement the standard gRPC health service and check it',
    group,
    { HealthCheckPath: HEALTH_SERVICE, Matcher: { GrpcCode: '0' } },
    false,
  )
  const anyAnswer = matcherFix(
    answer,
    'Accept 12 as well; the check then shows only that a gRPC server answers',
    widened(answer),
  )
  return [service, anyAnswer]
}
