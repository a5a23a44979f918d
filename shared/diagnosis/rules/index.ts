/** Every cause that is judged. A new one is its file, one line here and one in causes.ts. */
import type { CauseRule } from '../judgement.ts'
import { appDeepHealthcheckDependency } from './app-deep-healthcheck-dependency.ts'
import { appNotAnswering } from './app-not-answering.ts'
import { appOverloadTimeout } from './app-overload-timeout.ts'
import { awsSide } from './aws-side.ts'
import { ecsContainerHealthcheck } from './ecs-container-healthcheck.ts'
import { ecsDockerHubRateLimit } from './ecs-docker-hub-rate-limit.ts'
import { ecsEfsMount } from './ecs-efs-mount.ts'
import { ecsEssentialContainerExited } from './ecs-essential-container-exited.ts'
import { ecsExecRolePermission } from './ecs-exec-role-permission.ts'
import { ecsGracePeriod } from './ecs-grace-period.ts'
import { ecsGracePeriodAhead } from './ecs-grace-period-ahead.ts'
import { ecsImageArch } from './ecs-image-arch.ts'
import { ecsImageNotFound } from './ecs-image-not-found.ts'
import { ecsLogGroupMissing } from './ecs-log-group-missing.ts'
import { ecsNoEgressRoute } from './ecs-no-egress-route.ts'
import { ecsOom } from './ecs-oom.ts'
import { ecsPrivateDnsOff } from './ecs-private-dns-off.ts'
import { ecsPublicIpDisabled } from './ecs-public-ip-disabled.ts'
import { ecsReadinessOrdering } from './ecs-readiness-ordering.ts'
import { ecsS3GatewayRouteMissing } from './ecs-s3-gateway-route-missing.ts'
import { ecsSecretMissingOrMalformed } from './ecs-secret-missing-or-malformed.ts'
import { ecsSubnetIpExhausted } from './ecs-subnet-ip-exhausted.ts'
import { ecsTaskSgEgress } from './ecs-task-sg-egress.ts'
import { ecsVpceMissing } from './ecs-vpce-missing.ts'
import { ecsVpcePolicy } from './ecs-vpce-policy.ts'
import { ecsVpceSg443 } from './ecs-vpce-sg-443.ts'
import { edgeApiGatewayListenerMismatch } from './edge-api-gateway-listener-mismatch.ts'
import { edgeLbSgIngress } from './edge-lb-sg-ingress.ts'
import { edgeLbSubnetNotPublic } from './edge-lb-subnet-not-public.ts'
import { edgePrivatelinkSgEnforcement } from './edge-privatelink-sg-enforcement.ts'
import { edgeRoute53EvaluateTargetHealth } from './edge-route53-evaluate-target-health.ts'
import { edgeVpclinkInactive } from './edge-vpclink-inactive.ts'
import { hcAuth401403 } from './hc-auth-401-403.ts'
import { hcGrpcNotProbed } from './hc-grpc-not-probed.ts'
import { hcGrpcUnimplemented } from './hc-grpc-unimplemented.ts'
import { hcHostHeader400 } from './hc-host-header-400.ts'
import { hcPath404 } from './hc-path-404.ts'
import { hcPortMismatch } from './hc-port-mismatch.ts'
import { hcProtocolMismatch } from './hc-protocol-mismatch.ts'
import { hcRedirect3xx } from './hc-redirect-3xx.ts'
import { hcServerError5xx } from './hc-server-error-5xx.ts'
import { hcShallowFalseHealthy } from './hc-shallow-false-healthy.ts'
import { hcThresholdTooTight } from './hc-threshold-too-tight.ts'
import { hcUdpNeedsTcpPort } from './hc-udp-needs-tcp-port.ts'
import { netAzNotEnabled } from './net-az-not-enabled.ts'
import { netAzNotEnabledAhead } from './net-az-not-enabled-ahead.ts'
import { netAzNotEnabledOneZone } from './net-az-not-enabled-one-zone.ts'
import { netCrossVpc } from './net-cross-vpc.ts'
import { netHcPortNotOpened } from './net-hc-port-not-opened.ts'
import { netIpv6 } from './net-ipv6.ts'
import { netLbSgEgress } from './net-lb-sg-egress.ts'
import { netNacl } from './net-nacl.ts'
import { netNaclStart } from './net-nacl-start.ts'
import { netNlbHairpinClientIp } from './net-nlb-hairpin-client-ip.ts'
import { netNlbSourceNotAllowed } from './net-nlb-source-not-allowed.ts'
import { netPublicAccessBlocked } from './net-public-access-blocked.ts'
import { netPublicAccessBlockedStart } from './net-public-access-blocked-start.ts'
import { netRouteBlackhole } from './net-route-blackhole.ts'
import { netRouteMissing } from './net-route-missing.ts'
import { netSecondHopNodeToNode } from './net-second-hop-node-to-node.ts'
import { netSgReferenceOverTgw } from './net-sg-reference-over-tgw.ts'
import { netTargetSgIngress } from './net-target-sg-ingress.ts'
import { netTargetSgWrongSource } from './net-target-sg-wrong-source.ts'
import { svcEndpointWrongApi } from './svc-endpoint-wrong-api.ts'
import { svcGatewayEndpointNeeded } from './svc-gateway-endpoint-needed.ts'
import { tgDynamicPortRange } from './tg-dynamic-port-range.ts'
import { tgNoTargets } from './tg-no-targets.ts'
import { tgStaleTarget } from './tg-stale-target.ts'
import { tgTargetStopped } from './tg-target-stopped.ts'
import { tgTargetTypeMismatch } from './tg-target-type-mismatch.ts'
import { tgUnusedNoListener } from './tg-unused-no-listener.ts'

export const rules: readonly CauseRule[] = [
  netSgReferenceOverTgw,
  netIpv6,
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
  ecsTaskSgEgress,
  ecsNoEgressRoute,
  ecsPublicIpDisabled,
  ecsPrivateDnsOff,
  ecsVpceMissing,
  ecsS3GatewayRouteMissing,
  ecsVpceSg443,
  ecsVpcePolicy,
  netNaclStart,
  netPublicAccessBlockedStart,
  ecsExecRolePermission,
  ecsLogGroupMissing,
  ecsImageNotFound,
  ecsSecretMissingOrMalformed,
  ecsSubnetIpExhausted,
  ecsEfsMount,
  ecsImageArch,
  ecsDockerHubRateLimit,
  ecsOom,
  ecsContainerHealthcheck,
  ecsEssentialContainerExited,
  ecsReadinessOrdering,
  ecsGracePeriod,
  netSecondHopNodeToNode,
  appDeepHealthcheckDependency,
  appOverloadTimeout,
  appNotAnswering,
  awsSide,
  hcPath404,
  hcRedirect3xx,
  hcAuth401403,
  hcHostHeader400,
  hcServerError5xx,
  hcGrpcUnimplemented,
  hcUdpNeedsTcpPort,
  hcPortMismatch,
  hcProtocolMismatch,
  hcThresholdTooTight,
  hcShallowFalseHealthy,
  hcGrpcNotProbed,
  tgTargetStopped,
  tgUnusedNoListener,
  tgNoTargets,
  tgTargetTypeMismatch,
  tgStaleTarget,
  netAzNotEnabled,
  edgeLbSubnetNotPublic,
  netPublicAccessBlocked,
  edgeLbSgIngress,
  edgePrivatelinkSgEnforcement,
  edgeApiGatewayListenerMismatch,
  edgeVpclinkInactive,
  edgeRoute53EvaluateTargetHealth,
  svcGatewayEndpointNeeded,
  svcEndpointWrongApi,
  netNlbHairpinClientIp,
  ecsGracePeriodAhead,
  netAzNotEnabledAhead,
  netAzNotEnabledOneZone,
]
