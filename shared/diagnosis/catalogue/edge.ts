/** How clients get to the load balancer. */
import type { About } from './about.ts'

export const edge = {
  'edge.lb-subnet-not-public': {
    evidence:
      'DescribeLoadBalancers: Scheme is internet-facing; DescribeRouteTables of its subnets: no route to an internet gateway.',
    fix: 'Move the load balancer into a public subnet of that zone, or give the subnet the route.',
    traps: [
      'Internal load balancers belong into private subnets.',
      'An Elastic IP address does not make a subnet public.',
    ],
    documentation:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer',
  },
  'edge.lb-sg-ingress': {
    evidence:
      'DescribeSecurityGroups of the load balancer: no inbound rule for the port of any listener, or none for the subnets and groups of the VPC link that calls it.',
    fix: 'An inbound rule for the clients.',
    traps: [
      'A rule for an office or a CDN is somebody’s choice: who else should be admitted is not told by configuration.',
      'Rules that refer to a group do not match clients that come over the internet gateway.',
    ],
    documentation:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html',
  },
  'edge.privatelink-sg-enforcement': {
    evidence:
      'DescribeLoadBalancers: EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic is on; the groups do not admit every address; a VPC link of API Gateway has the load balancer as its target.',
    fix: 'Turn the enforcement off.',
    traps: [
      'A Network Load Balancer without groups filters nothing.',
      'VPC links of the second kind have interfaces and groups of their own: there the load balancer’s inbound rules must admit them.',
      'Rules that refer to a group never match PrivateLink traffic.',
    ],
    documentation:
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html',
  },
  'edge.api-gateway-listener-mismatch': {
    evidence:
      'GetResources or GetIntegrations: the URL or listener of an integration over a VPC link; DescribeListeners: no listener with that port that speaks that scheme.',
    fix: 'Let the integration call a listener that is there, and deploy the API.',
    traps: [
      'http without a port is 80, https is 443.',
      'A TCP listener passes TLS on to the targets.',
      'A port that is a stage variable is not known.',
    ],
    documentation:
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html',
  },
  'edge.vpclink-inactive': {
    evidence: 'GetVpcLinks: the status of a link that an integration uses is not AVAILABLE.',
    fix: 'An inactive link is made anew when it is called, after minutes; a failed one must be replaced.',
    traps: ['A link that no integration uses harms nobody.', 'PENDING passes by itself.'],
    documentation:
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html',
  },
  'edge.route53-evaluate-target-health': {
    evidence:
      'ListResourceRecordSets: an alias of the load balancer with EvaluateTargetHealth, beside other record sets of its name; DescribeTargetHealth: one of several target groups has no healthy target, another one has.',
    fix: 'Turn EvaluateTargetHealth off, or give the group that fails a load balancer of its own.',
    traps: [
      'With a single target group, or with none that has a healthy target, sending clients elsewhere is right.',
      'Where the name has no other record set, Route 53 answers with the alias all the same.',
      'Record sets of weight 0 and secondary ones take clients only where the others fail.',
    ],
    documentation: 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html',
  },
} as const satisfies Record<string, About>
