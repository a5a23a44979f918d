/** Whether an NLB's groups filter what comes over PrivateLink. */
import { expect, test } from 'vitest'
import { filtersPrivateLink } from '../../../shared/network/load-balancing/private-link.ts'

const postOffice = {
  LoadBalancerArn:
    'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/post/0123456789abcdef',
  SecurityGroups: ['sg-counter'],
}
const enforced = (value?: string) => ({
  ...postOffice,
  EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: value,
})

test.each([
  ['on', enforced('on'), true],
  ['off', enforced('off'), false],
  ['without groups', { ...enforced('on'), SecurityGroups: [] }, false],
  ['without the field of groups', { LoadBalancerArn: postOffice.LoadBalancerArn }, false],
])('%s: %o', (_name, balancer, filters) => {
  expect(filtersPrivateLink(balancer)).toEqual({ known: true, value: filters })
})

test('groups without the setting leave it unknown', () => {
  expect(filtersPrivateLink(enforced())).toMatchObject({
    known: false,
    missing: { missing: 'elasticloadbalancing:DescribeLoadBalancers' },
  })
})
