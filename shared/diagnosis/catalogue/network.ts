/** The network path: from the load balancer to the target and back. */
import type { About } from './about.ts'

const ALB_GROUPS =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html'
const NLB_TARGETS =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html'
const PRIORITY = 'https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html'

export const network = {
  'net.sg-reference-over-tgw': {
    evidence:
      'The path leads over a transit gateway, and the only rule for the check refers to a group: an outbound one, or an inbound one while SecurityGroupReferencingSupport of the gateway or of an attachment is disable.',
    fix: 'A rule for the addresses of the other end; inbound also the switch on the gateway and both attachments.',
    traps: [
      'Inbound references match where the gateway and both attachments support them.',
      'Over peering in one Region references match.',
    ],
    documentation: 'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html',
  },
  'net.ipv6': {
    evidence:
      'IpAddressType of the target group is ipv6, or that of the load balancer dualstack, and the rules of the groups hold IPv4 addresses only.',
    fix: 'The same rule for IPv6 addresses, or for the group of the other end.',
    traps: [
      'Behind a dualstack load balancer an IPv4 target group is checked over IPv4: targets need no IPv6 rule.',
      'Rules that refer to a group match both families.',
      'A list of some IPv4 addresses may be all the clients there are.',
    ],
    documentation:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html',
  },
  'net.second-hop-node-to-node': {
    evidence:
      'Instances are checked on a port of Kubernetes’ NodePort range, the path to all of them is open, some are healthy and some are not, and the nodes’ group does not admit nodes on every port.',
    fix: 'An inbound rule of the nodes’ group for itself: the pod’s port, or every port.',
    traps: [
      'With externalTrafficPolicy Local, nodes without a pod fail by design: they are checked on a port of its own.',
      'Where no node is healthy, no pod is ready.',
    ],
    documentation: 'https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html',
  },
  'net.lb-sg-egress': {
    evidence:
      'DescribeLoadBalancers names the load balancer’s groups; in DescribeSecurityGroups no IpPermissionsEgress of any of them covers the health-check port to the target.',
    fix: 'An outbound rule on the load balancer’s group: the health-check port, to the targets’ group.',
    traps: [
      'A Network Load Balancer without security groups has no outbound rules.',
      'Egress limited to the targets’ group and port is good practice, not a defect.',
      'A health-check port of its own needs a rule of its own.',
    ],
    documentation: ALB_GROUPS,
  },
  'net.target-sg-ingress': {
    evidence:
      'DescribeNetworkInterfaces names the target’s groups; no IpPermissions of any of them covers the health-check port from the load balancer’s group or addresses.',
    fix: 'An inbound rule on the target’s group: the health-check port, from the load balancer’s group.',
    traps: [
      'The rules of all groups of an interface are united: one rule in one group is enough.',
      'Rules for outbound traffic of the target do not matter to replies.',
      'The load balancer need not be open to the world.',
    ],
    documentation: ALB_GROUPS,
  },
  'net.target-sg-wrong-source': {
    evidence:
      'A rule for the health-check port is there, but it refers to a group that the load balancer does not carry, or stands on a group that the target does not carry.',
    fix: 'The rule with the right group, on a group that is on the target’s interface.',
    traps: [
      'Groups of the same name in another VPC are other groups.',
      'References match private addresses: behind NAT or an appliance they match nothing.',
    ],
    documentation: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  },
  'net.hc-port-not-opened': {
    evidence:
      'HealthCheckPort of DescribeTargetGroups is not the traffic port; the same layer passes the traffic port and blocks the health-check port.',
    fix: 'The missing rule for the health-check port, or HealthCheckPort traffic-port.',
    traps: [
      'A port of its own for health checks is fine when it is opened.',
      'With dynamic host ports a fixed health-check port is a wrong setting, not a missing rule.',
    ],
    documentation: ALB_GROUPS,
  },
  'net.nlb-source-not-allowed': {
    evidence:
      'The Network Load Balancer has no SecurityGroups; its interfaces’ addresses are in no inbound rule of the target for the health-check port.',
    fix: 'An inbound rule for the load balancer’s addresses, or its subnets’ blocks.',
    traps: [
      'Health checks come from these addresses also while client addresses are preserved.',
      'A missing rule for clients breaks traffic, not health checks.',
      'Groups cannot be added to a load balancer that was made without one.',
    ],
    documentation: NLB_TARGETS,
  },
  'net.nlb-hairpin-client-ip': {
    evidence:
      'preserve_client_ip.enabled of DescribeTargetGroupAttributes (or its default) is true, and targets can call the load balancer themselves.',
    fix: 'preserve_client_ip.enabled=false, where the protocol allows it.',
    traps: ['Health checks are not concerned.', 'IP targets over TCP or TLS do not preserve by default.'],
    documentation:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html',
  },
  'net.nacl': {
    evidence:
      'DescribeNetworkAcls: the first entry that matches denies the check on its way, or its reply to ports 1024-65535, in the load balancer’s or the target’s subnet. A part of these ports: now and then. In front of tasks that start: their requests to port 443, or the answers.',
    fix: 'An entry that allows it, before the one that denies.',
    traps: [
      'Within one subnet no ACL is asked.',
      'The last deny (*) is always there.',
      'A lower number decides: a deny behind an allow does nothing.',
    ],
    documentation: 'https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html',
  },
  'net.route-missing': {
    evidence:
      'DescribeRouteTables: no route of the subnet’s table (the main table where it has none of its own) leads to the other end, there or back.',
    fix: 'The route, over the peering connection or transit gateway that joins the VPCs.',
    traps: ['Subnets without a table use the main one.', 'Replies need a route, too.'],
    documentation: PRIORITY,
  },
  'net.route-blackhole': {
    evidence: 'The route that wins has State blackhole: what it led to is gone.',
    fix: 'A route to something that is there.',
    traps: ['A blackhole for other addresses changes nothing.'],
    documentation: PRIORITY,
  },
  'net.az-not-enabled': {
    evidence:
      'DescribeTargetHealth: unused, Target.NotInUse, “…Availability Zone that is not enabled…”; the target’s zone is not among the load balancer’s AvailabilityZones. While no task runs there it is a blind spot of severity low, told where a Fargate service’s awsvpc subnets name a zone in which its load balancer has no node, or where a load balancer in use has a node in one zone only and DescribeSubnets lists others of its VPC.',
    fix: 'A subnet of that zone on the load balancer, or targets in its zones only. While VPC endpoints use a Network Load Balancer, its subnets cannot be taken from it again.',
    traps: [
      'Load balancer and targets may be in different subnets of one zone.',
      'Cross-zone load balancing does not enable a zone.',
      'Zone names differ from account to account.',
      'A load balancer with one zone is no fault where its VPC has no other, or where it stands in a Local Zone or on an Outpost.',
    ],
    documentation:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
  },
  'net.cross-vpc': {
    evidence: 'The target’s address lies outside of the target group’s VPC.',
    fix: 'Registered with the zone `all`, with routes and rules by address both ways; or a target group in its VPC.',
    traps: ['Instances of another VPC can be registered by address only.', 'ECS never registers with `all`.'],
    documentation: NLB_TARGETS,
  },
  'net.public-access-blocked': {
    evidence:
      'DescribeVpcBlockPublicAccessOptions: InternetGatewayBlockMode is on, and no exclusion admits the load balancer’s VPC or subnets; in its bidirectional mode also where tasks that start go out by an internet gateway.',
    fix: 'An exclusion for the VPC or subnet.',
    traps: ['Health checks are not concerned.', 'Internal load balancers are not, either.'],
    documentation: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html',
  },
} as const satisfies Record<string, About>
