/**
 * Signs that a check speaks another protocol than the target. Hints: any port can serve anything.
 * A check may differ from the traffic's protocol, and a target may show any certificate.
 */
import type { Evidence } from '../../findings/finding.ts'
import type { TargetGroup } from '../../snapshot/types.ts'
import type { Fix } from '../fix.ts'
import type { GroupFacts, Incident, TargetFacts } from '../incident.ts'
import { attributeEvidence, checkPortEvidence, groupName, settingEvidence } from './evidence.ts'
import { portsAt, servedPorts } from './served-ports.ts'
import { applicationFix, settingsFix } from './settings-fix.ts'

export interface ProtocolHint {
  /** What does not fit, for the title: "over HTTP on port 8443, where TLS is usual". */
  readonly says: string
  /** Whether the target gets bytes that it cannot read at all; proxy protocol is read by those who expect it. */
  readonly strong: boolean
  readonly evidence: readonly Evidence[]
  readonly fixes: readonly Fix[]
}

const TLS_PORTS = [443, 8443]
const PLAIN_PORTS = [80, 8080]

export const PROXY_PROTOCOL = 'proxy_protocol_v2.enabled'

export function protocolHint(incident: Incident, target: TargetFacts): ProtocolHint | undefined {
  const { group } = incident
  if (!group || group.targetGroup.HealthCheckProtocol === 'TCP') return undefined
  return portHint(group.targetGroup, target) ?? grpcHint(incident, target) ?? proxyHint(group)
}

function portHint(group: TargetGroup, target: TargetFacts): ProtocolHint | undefined {
  const { checkPort = 0 } = target
  const { HealthCheckProtocol: protocol } = group
  const plainToTls = protocol === 'HTTP' && TLS_PORTS.includes(checkPort)
  const tlsToPlain = protocol === 'HTTPS' && PLAIN_PORTS.includes(checkPort)
  if (!plainToTls && !tlsToPlain) return undefined
  const other = plainToTls ? 'HTTPS' : 'HTTP'
  return {
    says: `over ${protocol} on port ${checkPort}, where ${plainToTls ? 'TLS' : 'plain HTTP'} is usual`,
    strong: true,
    evidence: [
      settingEvidence(group, 'HealthCheckProtocol', other),
      checkPortEvidence(target, `a port that speaks ${protocol}`),
    ],
    fixes: [
      settingsFix(`Check ${groupName(group)} over ${other}`, group, { HealthCheckProtocol: other }, false),
    ],
  }
}

/** `appProtocol` is what the task definition itself says of the port. */
function grpcHint(incident: Incident, target: TargetFacts): ProtocolHint | undefined {
  const { targetGroup: group } = incident.group ?? {}
  const served = servedPorts(incident, target)
  const { ProtocolVersion: version } = group ?? {}
  if (!group || !served?.known || version === undefined) return undefined
  const told = portsAt(served.value, target.checkPort ?? -1).map(({ appProtocol }) => appProtocol)
  const grpcToHttp = version === 'GRPC' && told.some((item) => item === 'http')
  const httpToGrpc = version !== 'GRPC' && told.includes('grpc')
  if (!grpcToHttp && !httpToGrpc) return undefined
  const [speaks, needs] = grpcToHttp ? ['HTTP', 'HTTP1'] : ['gRPC', 'GRPC']
  return {
    says: `with protocol version ${version} on port ${target.checkPort}, which the task definition declares as ${speaks}`,
    strong: true,
    evidence: [
      settingEvidence(group, 'ProtocolVersion', needs),
      served.value.evidence(`an appProtocol that fits ${version}`),
    ],
    fixes: [anotherVersion(group, needs, incident.scope.region)],
  }
}

/** The protocol version of a target group cannot be changed. */
function anotherVersion(group: TargetGroup, version: string, region: string): Fix {
  const { VpcId, Port = 80, Protocol = 'HTTP', TargetType = 'ip' } = group
  const name = `${groupName(group)}-${version.toLowerCase()}`
  return {
    title: `Make a target group with protocol version ${version} and move the listener and the service to it`,
    patches: [],
    verifiable: false,
    manual: {
      cli: [
        `aws elbv2 create-target-group --name ${name} --protocol ${Protocol} --protocol-version ${version} --port ${Port} --vpc-id ${VpcId} --target-type ${TargetType} --region ${region}`,
      ],
    },
  }
}

/** The header stands in front of health checks, too. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html */
function proxyHint(group: GroupFacts): ProtocolHint | undefined {
  const { attributes, targetGroup } = group
  if (!attributes.known || attributes.value[PROXY_PROTOCOL] !== 'true') return undefined
  return {
    says: 'with a proxy protocol header in front, which many servers refuse',
    strong: false,
    evidence: [attributeEvidence(group, PROXY_PROTOCOL, 'false, unless the target reads the header')],
    fixes: [
      applicationFix('Let the target read proxy protocol version 2'),
      {
        title: `Send ${groupName(targetGroup)} no proxy protocol header`,
        patches: [
          {
            kind: 'target-group-attribute',
            targetGroupArn: targetGroup.TargetGroupArn,
            key: PROXY_PROTOCOL,
            value: 'false',
          },
        ],
        verifiable: false,
      },
    ],
  }
}
