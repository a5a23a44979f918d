/**
 * Every cause the product can name. The order within a class is the order of ranking between equals.
 * `class` says what AWS's reason codes can exclude (reasons.ts):
 *   path          packets do not arrive, or replies do not
 *   port          the target refuses, or listens elsewhere
 *   protocol      the target speaks something else
 *   response      the target answers, with a code the check does not accept
 *   registration  the target is never checked, or should not be registered
 *   start         tasks do not start: images, secrets, logs, volumes, addresses
 *   lifecycle     ECS takes tasks out or they end by themselves
 *   application   what the application seems to do behind an open path
 *   runtime       what configuration cannot show
 *   blind-spot    nothing fails, but a failure would not be seen
 *   calls         tasks cannot reach a service of AWS's that they call; checks rarely are concerned
 *   upstream      clients cannot reach the load balancer; checks are not concerned
 */
export const causes = {
  'net.sg-reference-over-tgw': {
    class: 'path',
    severity: 'high',
    title: 'A rule refers to a group behind a transit gateway',
  },
  'net.ipv6': { class: 'path', severity: 'high', title: 'Security groups admit IPv4 and not IPv6' },
  'net.lb-sg-egress': {
    class: 'path',
    severity: 'high',
    title: 'The load balancer’s security group has no egress to the health-check port',
  },
  'net.hc-port-not-opened': {
    class: 'path',
    severity: 'high',
    title: 'The health check uses a port of its own that is not opened',
  },
  'net.nlb-source-not-allowed': {
    class: 'path',
    severity: 'high',
    title: 'The target does not admit the addresses of a Network Load Balancer without security groups',
  },
  'tg.dynamic-port-range': {
    class: 'path',
    severity: 'high',
    title: 'The dynamic host port lies outside the admitted range',
  },
  'net.target-sg-wrong-source': {
    class: 'path',
    severity: 'high',
    title: 'A rule admits another group than the load balancer’s',
  },
  'net.target-sg-ingress': {
    class: 'path',
    severity: 'high',
    title: 'The target’s security group does not admit the load balancer',
  },
  'net.nacl': { class: 'path', severity: 'high', title: 'A network ACL blocks the check or its replies' },
  'net.route-blackhole': {
    class: 'path',
    severity: 'high',
    title: 'A route leads to something that is gone',
  },
  'net.route-missing': { class: 'path', severity: 'high', title: 'There is no route there or back' },
  'net.second-hop-node-to-node': {
    class: 'path',
    severity: 'high',
    title: 'Nodes of a cluster do not pass the check on to one another',
  },
  'net.az-not-enabled': {
    class: 'registration',
    severity: 'high',
    title: 'The target’s Availability Zone is not enabled on the load balancer',
  },
  'tg.target-stopped': {
    class: 'registration',
    severity: 'high',
    title: 'The target’s instance is stopped or terminated',
  },
  'tg.unused-no-listener': {
    class: 'registration',
    severity: 'high',
    title: 'No listener or rule forwards to the target group',
  },
  'net.cross-vpc': {
    class: 'registration',
    severity: 'high',
    title: 'The target lies outside the load balancer’s VPC',
  },
  'tg.target-type-mismatch': {
    class: 'registration',
    severity: 'high',
    title: 'The target type does not fit the task’s network mode',
  },
  'tg.no-targets': {
    class: 'registration',
    severity: 'high',
    title: 'A listener forwards to a group without targets',
  },
  'tg.stale-target': {
    class: 'registration',
    severity: 'medium',
    title: 'A stopped task is still registered',
  },
  'hc.udp-needs-tcp-port': {
    class: 'port',
    severity: 'high',
    title: 'A UDP service is checked over TCP on a port where nothing listens',
  },
  'hc.port-mismatch': {
    class: 'port',
    severity: 'high',
    title: 'The health check asks a port that no container serves',
  },
  'hc.protocol-mismatch': {
    class: 'protocol',
    severity: 'high',
    title: 'The health check speaks another protocol than the target',
  },
  'hc.grpc-unimplemented': {
    class: 'response',
    severity: 'high',
    title: 'The gRPC service answers the check with a code that the matcher does not accept',
  },
  'hc.path-404': { class: 'response', severity: 'high', title: 'The health-check path does not exist' },
  'hc.redirect-3xx': { class: 'response', severity: 'high', title: 'The health-check path redirects' },
  'hc.auth-401-403': {
    class: 'response',
    severity: 'high',
    title: 'The health-check path asks for authentication',
  },
  'hc.host-header-400': {
    class: 'response',
    severity: 'high',
    title: 'The application rejects the probe’s Host header',
  },
  'hc.server-error-5xx': {
    class: 'response',
    severity: 'high',
    title: 'The application answers the health check with a server error',
  },
  'ecs.task-sg-egress': {
    class: 'start',
    severity: 'high',
    title: 'The tasks’ security group lets nothing out to the registry or AWS’s APIs',
  },
  'ecs.no-egress-route': {
    class: 'start',
    severity: 'high',
    title: 'The tasks’ subnet has no way out to the registry or AWS’s APIs',
  },
  'ecs.public-ip-disabled': {
    class: 'start',
    severity: 'high',
    title: 'Tasks in a public subnet get no public address',
  },
  'ecs.private-dns-off': {
    class: 'start',
    severity: 'high',
    title: 'A VPC endpoint does not answer for its service’s name',
  },
  'ecs.vpce-missing': {
    class: 'start',
    severity: 'high',
    title: 'A VPC endpoint that the start needs is missing',
  },
  'ecs.s3-gateway-route-missing': {
    class: 'start',
    severity: 'high',
    title: 'The tasks’ subnet has no route to the gateway endpoint of S3',
  },
  'ecs.vpce-sg-443': {
    class: 'start',
    severity: 'high',
    title: 'The security group of a VPC endpoint does not admit the tasks',
  },
  'ecs.vpce-policy': {
    class: 'start',
    severity: 'high',
    title: 'The policy of a VPC endpoint refuses what the start needs',
  },
  'ecs.exec-role-permission': {
    class: 'start',
    severity: 'high',
    title: 'The execution role may not do what the start needs',
  },
  'ecs.image-not-found': {
    class: 'start',
    severity: 'high',
    title: 'The image is not in its registry',
  },
  'ecs.log-group-missing': {
    class: 'start',
    severity: 'high',
    title: 'The log group of a container does not exist',
  },
  'ecs.secret-missing-or-malformed': {
    class: 'start',
    severity: 'high',
    title: 'A secret or parameter is missing or malformed',
  },
  'ecs.subnet-ip-exhausted': {
    class: 'start',
    severity: 'high',
    title: 'The tasks’ subnets have no free addresses',
  },
  'ecs.efs-mount': {
    class: 'start',
    severity: 'high',
    title: 'A file system cannot be mounted',
  },
  'ecs.docker-hub-rate-limit': {
    class: 'lifecycle',
    severity: 'high',
    title: 'Docker Hub lets the tasks pull no more images',
  },
  'ecs.image-arch': {
    class: 'lifecycle',
    severity: 'high',
    title: 'The image is made for another processor',
  },
  'ecs.oom': { class: 'lifecycle', severity: 'high', title: 'A container is killed for memory' },
  'ecs.container-healthcheck': {
    class: 'lifecycle',
    severity: 'high',
    title: 'The container’s own health check fails',
  },
  'ecs.essential-container-exited': {
    class: 'lifecycle',
    severity: 'high',
    title: 'An essential container exits',
  },
  'ecs.readiness-ordering': {
    class: 'lifecycle',
    severity: 'high',
    title: 'The task counts as ready before the container behind its proxy is',
  },
  'ecs.grace-period': {
    class: 'lifecycle',
    severity: 'high',
    title: 'The task is stopped before it had time to start',
  },
  'hc.threshold-too-tight': {
    class: 'lifecycle',
    severity: 'medium',
    title: 'The health check gives up sooner than a start or a hiccup takes',
  },
  'app.deep-healthcheck-dependency': {
    class: 'application',
    severity: 'high',
    title: 'The health check depends on something else that fails',
  },
  'app.overload-timeout': {
    class: 'application',
    severity: 'high',
    title: 'The application seems too busy to answer the check',
  },
  'app.not-answering': {
    class: 'runtime',
    severity: 'high',
    title: 'The path is open and the configuration right, but the target does not answer',
  },
  'svc.gateway-endpoint-needed': {
    class: 'calls',
    severity: 'high',
    title: 'Tasks in an isolated subnet call DynamoDB or S3 without a gateway endpoint',
  },
  'svc.endpoint-wrong-api': {
    class: 'calls',
    severity: 'high',
    title: 'OpenSearch Serverless is called without an endpoint of its own API',
  },
  'net.public-access-blocked': {
    class: 'upstream',
    severity: 'high',
    title: 'VPC Block Public Access stops the internet-facing load balancer',
  },
  'aws-side': {
    class: 'runtime',
    severity: 'high',
    title: 'Elastic Load Balancing reports an internal error of its own',
  },
  'edge.lb-subnet-not-public': {
    class: 'upstream',
    severity: 'high',
    title: 'A subnet of an internet-facing load balancer has no route to an internet gateway',
  },
  'edge.lb-sg-ingress': {
    class: 'upstream',
    severity: 'high',
    title: 'The load balancer’s security group does not admit its clients',
  },
  'edge.privatelink-sg-enforcement': {
    class: 'upstream',
    severity: 'high',
    title: 'A Network Load Balancer applies its inbound rules to PrivateLink traffic and drops it',
  },
  'edge.api-gateway-listener-mismatch': {
    class: 'upstream',
    severity: 'high',
    title: 'API Gateway calls a scheme and port on which the load balancer does not listen',
  },
  'edge.vpclink-inactive': {
    class: 'upstream',
    severity: 'high',
    title: 'The VPC link from API Gateway is not available',
  },
  'edge.route53-evaluate-target-health': {
    class: 'upstream',
    severity: 'high',
    title: 'One unhealthy target group makes Route 53 turn clients away from the whole load balancer',
  },
  'net.nlb-hairpin-client-ip': {
    class: 'blind-spot',
    severity: 'low',
    title: 'Targets that call their own Network Load Balancer time out',
  },
  'hc.shallow-false-healthy': {
    class: 'blind-spot',
    severity: 'low',
    title: 'The health check would pass although the service is broken',
  },
  'hc.grpc-not-probed': {
    class: 'blind-spot',
    severity: 'low',
    title: 'A gRPC service is checked by its port only',
  },
  undetermined: {
    class: 'undetermined',
    severity: 'medium',
    title: 'The cause cannot be told for lack of data',
  },
} as const

export type CauseCode = keyof typeof causes
export type CauseClass = (typeof causes)[CauseCode]['class']

/** In the order in which a check meets them; what never fails a check comes last. */
export const causeClasses: readonly CauseClass[] = [
  'registration',
  'path',
  'response',
  'port',
  'protocol',
  'start',
  'lifecycle',
  'application',
  'runtime',
  'calls',
  'upstream',
  'blind-spot',
  'undetermined',
]
