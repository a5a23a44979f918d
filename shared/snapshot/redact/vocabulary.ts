/** AWS's own words. What is not here is taken for somebody's name and replaced: better too much than too little. */

/** Fields whose values AWS chose: states, protocols, reason codes, zones. */
const KEPT_FIELDS = new Set(
  `schemaVersion collectedAt coverage region Region RegionName GroupLongName NetworkBorderGroup
  AvailabilityZone AvailabilityZoneId availabilityZone ZoneName ZoneId ZoneType OptInStatus Zone
  State Code Type Scheme Status Reason Origin Protocol IpProtocol RuleAction ProtocolVersion TargetType
  IpAddressType AddressFamily InterfaceType HostnameType InstanceTenancy InternetGatewayBlockMode
  InternetGatewayExclusionMode ExclusionsAllowed ManagedBy Priority SslPolicy HealthCheckPort HealthCheckProtocol
  HttpCode GrpcCode StatusCode Port Mode VpcEndpointType DnsRecordIpType ConnectivityType AvailabilityMode
  AutoProvisionZones AutoScalingIps EncryptionState PeeringStatus ResourceType EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic AlpnPolicy
  PrivateDnsNameState PayerResponsibility Architecture VirtualizationType RootDeviceType Hypervisor InstanceType
  PlatformDetails Tenancy AmdSevSnp HttpTokens HttpEndpoint HttpPutResponseHopLimit InstanceLifecycle Platform
  DefaultRouteTableAssociation DefaultRouteTablePropagation AutoAcceptSharedAttachments DnsSupport
  VpnEcmpSupport MulticastSupport SecurityGroupReferencingSupport Ipv6Support ApplianceModeSupport
  status lastStatus desiredStatus healthStatus stopCode connectivity launchType platformVersion platformFamily
  networkMode compatibilities requiresCompatibilities schedulingStrategy propagateTags rolloutState protocol
  assignPublicIp cpu memory logDriver condition cpuArchitecture operatingSystemFamily appProtocol pidMode ipcMode
  AwsRegion containerPortRange hostPortRange type scope agentUpdateStatus availabilityZoneRebalancing strategy
  capacityProviderType targetType unit Effect Action NotAction Version aws:PrincipalType PermissionsBoundaryType VersionId
  logGroupClass mode awslogs-create-group max-buffer-size imageManifestMediaType artifactMediaType imageScanStatus
  Tier DataType LifeCycleState AvailabilityZoneName transitEncryption iam connectionType httpMethod types
  passthroughBehavior authorizationType apiKeySource ipAddressType ProtocolType IntegrationType IntegrationMethod
  ConnectionType PassthroughBehavior PayloadFormatVersion VpcLinkStatus VpcLinkVersion ApiKeySelectionExpression
  RouteSelectionExpression EventName EventSource eventName eventSource eventType eventCategory awsRegion errorCode
  ipProtocol Failover ContinentCode CountryCode SubdivisionCode`.split(/\s+/),
)

/** Where a `Key` or `name` says what kind of value follows, it is AWS's. Everywhere else it is somebody's. */
const KEYS_OF_AWS = new Set(['Attributes', 'details', 'attributes', 'settings', 'Filters'])

/** Texts that AWS wrote, with names in them. */
const TEXT_FIELDS = new Set([
  'message',
  'Message',
  'stoppedReason',
  'reason',
  'rolloutStateReason',
  'statusReason',
  'StatusMessage',
  'FailureMessage',
  'StateReason',
  'statusMessage',
  'VpcLinkStatusMessage',
  'apiStatusMessage',
  'errorMessage',
])

/** What a container runs: the probe stays readable, its arguments do not. */
const COMMAND_FIELDS = new Set(['command', 'entryPoint', 'HealthCheckPath'])

const KEPT_VALUES = new Set(
  `local default traffic-port amazon-elb amazon-aws amazon aws AWS self all * <redacted> true false http https latest ecs
  root log-stream AWSCURRENT AWSPREVIOUS AWSPENDING`.split(/\s+/),
)
/** The buckets of every Region in which ECR keeps the layers of images, as endpoint policies name them. */
const ECR_LAYERS = /^prod-(\*|[a-z\d-]+)-starport-layer-bucket$/

/** AWS's managed policies, and the keys that AWS makes in every account: the same for everybody. */
const OF_AWS = /^arn:[^:]+:iam::aws:|^(arn:[^:]+:kms:[^:]*:[^:]*:)?alias\/aws\//
export const isOfAws = (value: string): boolean => OF_AWS.test(value)

const COMMAND_WORDS = new Set(
  `CMD CMD-SHELL NONE sh bash exec curl wget nc grpc_health_probe grpc-health-probe grpcurl pg_isready redis-cli python
  python3 node test http https tcp grpc localhost exit spider quiet fail silent output dev null addr service
  connect-timeout max-time no-check-certificate insecure location bin usr O S f s q z o u health healthz healthcheck livez readyz ready live status ping`.split(
    /\s+/,
  ),
)

/** First words of ARN resources and of composed names such as `service:web` and `ELB app/web/...`. */
export const RESOURCE_WORDS = new Set(
  `loadbalancer listener listener-rule targetgroup security-group subnet vpc network-interface route-table network-acl
  internet-gateway natgateway instance prefix-list vpc-endpoint vpc-peering-connection transit-gateway
  transit-gateway-attachment transit-gateway-route-table availability-zone cluster service task task-definition
  container container-instance attachment capacity-provider deployment service-deployment service-revision role user policy assumed-role group root secret parameter
  log-group log-stream hostedzone repository key alias file-system access-point collection ecs-svc family sha256 ELB table function`.split(
    /\s+/,
  ),
)

export const LOAD_BALANCER_KINDS = new Set(['app', 'net', 'gwy'])

const REGION =
  /^(af|ap|ca|cn|eu|il|me|mx|sa|us)(-gov|-isob?)?-(north|south|east|west|central)(east|west)?-\d$/

/** Labels of host names that are AWS's or everybody's. */
const DNS_LABEL =
  /^(amazonaws|dualstack|com|cn|net|org|io|local|internal|elb|ec2|ecr|dkr|compute|compute-\d|vpce|docker|ghcr|quay|gcr|mcr|microsoft|registry|k8s|public|library|aws)$/

/** In AWS's own host names: `api.ecr.eu-central-1.amazonaws.com`. Elsewhere they may be somebody's. */
const SERVICE_LABEL =
  /^(api|aoss|dynamodb|ec2messages|ecs|ecs-agent|ecs-telemetry|ecs-tasks|elasticfilesystem|email-smtp|events|execute-api|kms|lambda|logs|monitoring|s3|secretsmanager|sns|sqs|ssm|ssmmessages|sts|xray)$/
export const isServiceLabel = (label: string): boolean => SERVICE_LABEL.test(label)

export const isKeptLabel = (label: string): boolean => DNS_LABEL.test(label) || REGION.test(label)
export const isKeptValue = (value: string): boolean =>
  KEPT_VALUES.has(value) || REGION.test(value) || ECR_LAYERS.test(value)
export const isCommandWord = (word: string): boolean => COMMAND_WORDS.has(word) || /^--?[a-z]$/i.test(word)

/** Words of AWS's own messages: a container that is called `task` must not garble them. */
const MESSAGE_WORDS = new Set(
  `a an the and or of in on to is are was were with for not has have be been by as at it its this that from due
  request timed out target targets group health checks check failed healthy unhealthy these codes code reason port
  service task tasks container containers essential exited exit error errors stopped started starting running
  deployment completed progress steady state reached deregistered registered draining unable place placement
  instance instances cluster user authorized perform because no resource action access denied unable pull pulled pulling
  image images registry auth network connection timeout between there does exist exists whether cannot can secret secrets
  retrieve retrieved ssm asm ecr ecs efs s3 logs log stream create created failed initialize logging driver validate
  logger args command volume volumes mount root directory role permissions execution initialization api`.split(
    /\s+/,
  ),
)
export const isMessageWord = (word: string): boolean => MESSAGE_WORDS.has(word.toLowerCase())

export type Treatment = 'keep' | 'text' | 'command' | 'value'

/** What becomes of a string, by the fields that lead to it, outermost first. */
export function treatment(path: readonly string[], sibling?: string): Treatment {
  const [field = '', parent = ''] = path.slice(-2).reverse()
  if (path.includes('errors')) return field === 'name' ? 'keep' : 'text'
  if (isText(parent, field)) return 'text'
  if (isNameOfAws(parent, field, sibling)) return 'keep'
  if (COMMAND_FIELDS.has(field)) return 'command'
  if (KEYS_OF_AWS.has(parent)) return treatmentOfAttribute(field, sibling)
  if (/^(Tags|TagSet|tags)$/.test(parent)) return isTagOfAws(field, sibling) ? 'keep' : 'value'
  return KEPT_FIELDS.has(field) ? 'keep' : 'value'
}

/** A load balancer's `State.Reason` is a sentence, a target's `TargetHealth.Reason` a code. */
const isText = (parent: string, field: string): boolean =>
  TEXT_FIELDS.has(field) || ['State.Reason', 'TargetHealth.Description'].includes(`${parent}.${field}`)

/** Who may act: `ecs-tasks.amazonaws.com`; and what AWS calls the policy that it manages. */
const isNameOfAws = (parent: string, field: string, sibling: string | undefined): boolean =>
  (field === 'Service' && /^(Not)?Principal$/.test(parent)) ||
  (field === 'PolicyName' && isOfAws(sibling ?? ''))

function treatmentOfAttribute(field: string, sibling: string | undefined): Treatment {
  if (field === 'Key' || field === 'name') return 'keep'
  return field === 'Value' && !/bucket|prefix|log/.test(sibling ?? '') ? 'keep' : 'value'
}

const isTagOfAws = (field: string, sibling: string | undefined) =>
  /^key$/i.test(field) && (sibling === 'Name' || (sibling ?? '').startsWith('aws:'))
