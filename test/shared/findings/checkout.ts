/** The theme: the checkout service of a web shop behind its load balancer, and what can be wrong with it. */
import type { AuditResult, Cause, Finding, Severity, Subject } from '../../../shared/findings/finding.ts'
import { findingId } from '../../../shared/findings/identity.ts'
import type { Component, Explanation } from '../../../shared/reachability/result.ts'

const ACCOUNT = '111122223333'
const REGION = 'ap-northeast-1'

export const groupArn = (name: string, id = '0123456789abcdef') =>
  `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:targetgroup/${name}/${id}`

export const targetGroup = (name: string): Subject => ({
  kind: 'target-group',
  arn: groupArn(name),
  name,
  accountId: ACCOUNT,
  region: REGION,
})

export const checkout = targetGroup('checkout')

const loadBalancerGroup: Component = { type: 'security-group', id: 'sg-0a11ba1a', name: 'shop-alb' }

export const noEgress: Cause = {
  code: 'net.lb-sg-egress',
  confidence: 'proven',
  title: 'The load balancer may not connect to port 8000 of its targets',
  component: loadBalancerGroup,
  awsExplanationCode: 'ENI_SG_RULES_MISMATCH',
  evidence: [
    {
      operation: 'ec2:DescribeSecurityGroups',
      resource: 'sg-0a11ba1a',
      field: 'IpPermissionsEgress',
      observed: [],
      expected: 'tcp 8000 to sg-07a26e75',
    },
  ],
}

export const path404: Cause = {
  code: 'hc.path-404',
  confidence: 'proven',
  title: 'The health check asks for /healthz, which answers 404',
  component: { type: 'target-group', id: groupArn('checkout'), name: 'checkout' },
  evidence: [],
}

/** From the load balancer's interface to a checkout task, stopped at the load balancer's own group. */
export const blockedPath: Explanation = {
  schemaVersion: '1',
  verdict: 'blocked',
  flow: {
    protocol: 'tcp',
    source: '10.0.0.10',
    sourcePorts: '1024-65535',
    destination: '10.0.1.15',
    destinationPorts: '8000',
  },
  forward: [
    {
      sequence: 1,
      component: { type: 'network-interface', id: 'eni-0a1b0001' },
      verdict: 'pass',
      explanation: 'the load balancer sends from here',
    },
    {
      sequence: 2,
      component: loadBalancerGroup,
      direction: 'egress',
      verdict: 'block',
      explanation: 'no outbound rule lets tcp 8000 to 10.0.1.15 pass',
    },
  ],
  return: [],
  blockers: [
    {
      leg: 'forward',
      direction: 'egress',
      component: loadBalancerGroup,
      awsExplanationCode: 'ENI_SG_RULES_MISMATCH',
      blocked: { destinationPorts: '8000' },
      explanation: 'no outbound rule lets tcp 8000 to 10.0.1.15 pass',
    },
  ],
  unknown: [],
}

export interface FindingOptions {
  readonly subject?: Subject
  readonly cause?: Cause
  readonly severity?: Severity
  readonly targets?: Finding['targets']
  readonly otherCauses?: readonly Cause[]
  readonly paths?: readonly Explanation[]
}

export function checkoutFinding(options: FindingOptions = {}): Finding {
  const {
    subject = checkout,
    cause = noEgress,
    severity = 'critical',
    otherCauses = [],
    paths = [blockedPath],
  } = options
  return {
    id: findingId(subject, cause.code, cause.component),
    subject,
    targets: options.targets ?? [
      {
        id: '10.0.1.15',
        port: 8000,
        availabilityZone: 'ap-northeast-1a',
        state: 'unhealthy',
        reason: 'Target.Timeout',
        description: 'Request timed out',
      },
    ],
    severity,
    rootCause: cause,
    otherCauses,
    ruledOut: [
      { code: 'net.nacl', because: 'the network ACLs of both subnets let tcp 8000 and its replies pass' },
    ],
    unknown: [],
    paths,
    remediation: [
      {
        title: 'Let the load balancer connect to its targets',
        steps: [
          {
            title: 'Add an outbound rule to sg-0a11ba1a',
            cli: [
              'aws ec2 authorize-security-group-egress --group-id sg-0a11ba1a --ip-permissions IpProtocol=tcp,FromPort=8000,ToPort=8000,UserIdGroupPairs=[{GroupId=sg-07a26e75}]',
            ],
          },
        ],
        opens: 'tcp 8000 from the load balancer shop-alb to the checkout tasks',
        verified: true,
      },
    ],
  }
}

export const auditOf = (findings: readonly Finding[], decided = true, subject = checkout): AuditResult => ({
  findings,
  audited: [{ subject, decided }],
})
