/**
 * The target answers, and nothing is behind the path: packets arrive, and users may see a working site, since their
 * paths exist and a load balancer without a healthy target sends to all of them (fail-open).
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
import { codesText } from '../checks/answers.ts'
import { matcherFix, pathFix, pathThatAnswers, widened } from '../checks/response-fixes.ts'
import { responseRule } from '../checks/response-rule.ts'

const NOT_THERE = [404, 410]
/** Those of other causes: authentication, Host validation. */
const OTHERS = [400, 401, 403, 407, 421]

const isSuccess = (code: number): boolean => code >= 200 && code < 300

export const hcPath404 = responseRule({
  code: 'hc.path-404',
  claims: (code) => isSuccess(code) || (code >= 400 && code < 500 && !OTHERS.includes(code)),
  tell(answer) {
    const { codes } = answer
    // The path answers well; it is the matcher that asks for another code.
    const narrow = codes.every(isSuccess)
      ? [matcherFix(answer, `Accept ${codesText(codes)} as well`, widened(answer))]
      : []
    return {
      confidence: codes.some((code) => NOT_THERE.includes(code)) ? 'proven' : 'likely',
      fixes: [...narrow, pathFix(answer, pathThatAnswers(answer))],
    }
  },
  otherwise: '404 or another code of a wrong path',
})
