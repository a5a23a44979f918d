/** ELBv2's part of the table. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/ */
import {
  DescribeLoadBalancerAttributesCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetHealthCommand,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
  paginateDescribeRules,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { elb, once } from '../fetch.ts'
import { idsOf, idsOfEach, type KeyedTable } from '../keyed.ts'

// biome-ignore format: a table reads best with one operation a line
export const elbUnkeyed = {
  // A Network Load Balancer without security groups has no SecurityGroups at all in AWS's answer.
  'elasticloadbalancing:DescribeLoadBalancers': elb(paginateDescribeLoadBalancers, { LoadBalancers: { SecurityGroups: {}, AvailabilityZones: { LoadBalancerAddresses: {} } } }),
  'elasticloadbalancing:DescribeTargetGroups': elb(paginateDescribeTargetGroups, { TargetGroups: { LoadBalancerArns: {} } }),
} as const

const listeners = elb(paginateDescribeListeners, { Listeners: { DefaultActions: {} } })
const rules = elb(paginateDescribeRules, { Rules: { Conditions: {}, Actions: {} } })
const loadBalancerAttributes = once(
  (c, LoadBalancerArn: string) => c.elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn })),
  { Attributes: {} },
)
const targetGroupAttributes = once(
  (c, TargetGroupArn: string) => c.elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn })),
  { Attributes: {} },
)
const targetHealth = once(
  (c, TargetGroupArn: string) => c.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn })),
  { TargetHealthDescriptions: {} },
)

const loadBalancers = idsOf('elasticloadbalancing:DescribeLoadBalancers', 'LoadBalancers', 'LoadBalancerArn')
const targetGroups = idsOf('elasticloadbalancing:DescribeTargetGroups', 'TargetGroups', 'TargetGroupArn')

// biome-ignore format: a table reads best with one operation a line
export const elbKeyed = {
  'elasticloadbalancing:DescribeListeners': { ...loadBalancers, fetch: (c, LoadBalancerArn) => listeners(c, { LoadBalancerArn }) },
  'elasticloadbalancing:DescribeLoadBalancerAttributes': { ...loadBalancers, fetch: loadBalancerAttributes },
  'elasticloadbalancing:DescribeRules': { ...idsOfEach('elasticloadbalancing:DescribeListeners', 'Listeners', 'ListenerArn'), fetch: (c, ListenerArn) => rules(c, { ListenerArn }) },
  'elasticloadbalancing:DescribeTargetGroupAttributes': { ...targetGroups, fetch: targetGroupAttributes },
  'elasticloadbalancing:DescribeTargetHealth': { ...targetGroups, fetch: targetHealth },
} as const satisfies KeyedTable
