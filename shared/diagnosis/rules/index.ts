/** Every cause that is judged. A new one is its file, one line here and one in causes.ts. */
import type { CauseRule } from '../judgement.ts'
import { appNotAnswering } from './app-not-answering.ts'
import { ecsContainerHealthcheck } from './ecs-container-healthcheck.ts'
import { ecsEssentialContainerExited } from './ecs-essential-container-exited.ts'
import { ecsGracePeriod } from './ecs-grace-period.ts'
import { ecsOom } from './ecs-oom.ts'
import { netCrossVpc } from './net-cross-vpc.ts'
import { netHcPortNotOpened } from './net-hc-port-not-opened.ts'
import { netLbSgEgress } from './net-lb-sg-egress.ts'
import { netNacl } from './net-nacl.ts'
import { netNlbSourceNotAllowed } from './net-nlb-source-not-allowed.ts'
import { netRouteBlackhole } from './net-route-blackhole.ts'
import { netRouteMissing } from './net-route-missing.ts'
import { netTargetSgIngress } from './net-target-sg-ingress.ts'
import { netTargetSgWrongSource } from './net-target-sg-wrong-source.ts'
import { tgDynamicPortRange } from './tg-dynamic-port-range.ts'

export const rules: readonly CauseRule[] = [
  netLbSgEgress,
  netHcPortNotOpened,
  netNlbSourceNotAllowed,
  tgDynamicPortRange,
  netTargetSgWrongSource,
  netTargetSgIngress,
  netNacl,
  netRouteBlackhole,
  netCrossVpc,
  netRouteMissing,
  ecsOom,
  ecsContainerHealthcheck,
  ecsEssentialContainerExited,
  ecsGracePeriod,
  appNotAnswering,
]
