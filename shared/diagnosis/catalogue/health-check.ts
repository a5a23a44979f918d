/** How the health check is configured. */
import type { About } from './about.ts'

const ALB_CHECKS =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html'
const NLB_CHECKS =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html'
const ALB_TROUBLE =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html'
const CONTAINER_CHECKS = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html'

export const healthCheck = {
  'hc.path-404': {
    evidence: 'Target.ResponseCodeMismatch with [404]; HealthCheckPath of DescribeTargetGroups.',
    fix: 'A path that the application serves.',
    traps: [
      'The code proves that network and port are fine.',
      'Network Load Balancers never report codes.',
      'Users may see a working site: with no healthy target the load balancer fails open.',
    ],
    documentation: ALB_CHECKS,
  },
  'hc.redirect-3xx': {
    evidence: 'Target.ResponseCodeMismatch with 301, 302, 307 or 308; the Matcher accepts none of them.',
    fix: 'A path that answers without redirecting; widening the matcher only hides it.',
    traps: ['HTTPS at the listener and HTTP to the targets is normal.'],
    documentation: ALB_CHECKS,
  },
  'hc.auth-401-403': {
    evidence: 'Target.ResponseCodeMismatch with 401 or 403.',
    fix: 'A path that needs no login.',
    traps: [
      '403 may be the application’s check of the Host header.',
      'Listener rules, authentication actions and WAF do not see health checks.',
    ],
    documentation: ALB_CHECKS,
  },
  'hc.server-error-5xx': {
    evidence: 'Target.ResponseCodeMismatch with a 5xx code.',
    fix: 'In the application; a check without dependencies until then.',
    traps: ['The code proves that network and port are fine.'],
    documentation: ALB_TROUBLE,
  },
  'hc.host-header-400': {
    evidence:
      'Target.ResponseCodeMismatch with [400]: the check’s Host header is the target’s address, which frameworks may refuse.',
    fix: 'In the application: the health-check path takes any Host.',
    traps: ['400 is also what a TLS port answers to plain HTTP, and what proxy protocol bytes provoke.'],
    documentation: ALB_TROUBLE,
  },
  'hc.port-mismatch': {
    evidence:
      'The port that the check really uses is in no portMappings of the task definition’s containers.',
    fix: 'HealthCheckPort traffic-port, or the container’s port.',
    traps: [
      'The group’s own port may differ from the container’s: ECS registers each target with its port.',
      'With awsvpc a container may listen on ports that it does not declare.',
    ],
    documentation:
      'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshoot-service-load-balancers.html',
  },
  'hc.protocol-mismatch': {
    evidence: 'Protocol, HealthCheckProtocol and Matcher do not fit what the port speaks.',
    fix: 'The protocol that the target speaks.',
    traps: [
      'Certificates of targets are never validated.',
      'Network Load Balancers’ HTTPS checks fail against targets that speak TLS 1.3 only.',
    ],
    documentation: NLB_CHECKS,
  },
  'hc.udp-needs-tcp-port': {
    evidence: 'The group’s Protocol is UDP; the port that is checked over TCP has only udp port mappings.',
    fix: 'A container that answers TCP, and HealthCheckPort set to its port.',
    traps: ['With all targets unhealthy the load balancer fails open, so that traffic may flow.'],
    documentation: NLB_CHECKS,
  },
  'hc.threshold-too-tight': {
    evidence: 'HealthCheckIntervalSeconds × UnhealthyThresholdCount is less than a start takes.',
    fix: 'A longer interval, a higher threshold, or a grace period.',
    traps: ['A new target needs one good answer only.'],
    documentation: ALB_CHECKS,
  },
  'hc.shallow-false-healthy': {
    evidence:
      'The check would pass although the service is broken: curl without --fail, a proxy’s own page, a sidecar that answers in place of a UDP service.',
    fix: 'A check that asks the process that does the work.',
    traps: ['Checks of all dependencies are worse: one that is slow takes everything out.'],
    documentation: CONTAINER_CHECKS,
  },
  'hc.grpc-not-probed': {
    evidence: 'A gRPC service whose only check is that its port opens.',
    fix: 'A container health check with a gRPC probe, or an ALB target group with protocol version GRPC.',
    traps: ['It is a blind spot, never why a check fails.'],
    documentation: CONTAINER_CHECKS,
  },
  'hc.grpc-unimplemented': {
    evidence: 'The gRPC answer’s code is not among those of the Matcher (12 is the default).',
    fix: 'The code that the service answers with, or the health service in the application.',
    traps: ['Only target groups with protocol version GRPC speak gRPC.'],
    documentation: ALB_CHECKS,
  },
} as const satisfies Record<string, About>
