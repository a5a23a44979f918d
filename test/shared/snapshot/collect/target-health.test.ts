import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { mockClient } from 'aws-sdk-client-mock'
import { expect, it } from 'vitest'
import { targetHealthSource } from '../../../../shared/snapshot/collect/target-health.ts'
import { groupArn } from '../../findings/checkout.ts'

const source = () => targetHealthSource(new ElasticLoadBalancingV2Client({ region: 'local' }))

it('all pages of target groups', async () => {
  const mock = mockClient(ElasticLoadBalancingV2Client)
  mock.on(DescribeTargetGroupsCommand).callsFake(({ Marker }) =>
    Marker === undefined
      ? {
          TargetGroups: [{ TargetGroupArn: groupArn('oven'), LoadBalancerArns: ['arn:alb'] }],
          NextMarker: 'more',
        }
      : { TargetGroups: [{ TargetGroupArn: groupArn('till') }] },
  )
  expect(await source().groups()).toEqual([
    { targetGroupArn: groupArn('oven'), loadBalancerArns: ['arn:alb'] },
    { targetGroupArn: groupArn('till'), loadBalancerArns: [] },
  ])
})

it('the targets of a group; one without a state is not reported as anything', async () => {
  const mock = mockClient(ElasticLoadBalancingV2Client)
  mock.on(DescribeTargetHealthCommand, { TargetGroupArn: groupArn('oven') }).resolves({
    TargetHealthDescriptions: [
      {
        Target: { Id: '10.0.1.15', Port: 8000 },
        TargetHealth: { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' },
      },
      { Target: { Id: '10.0.1.16', Port: 8000 } },
    ],
  })
  expect(await source().targets(groupArn('oven'))).toEqual([
    {
      targetId: '10.0.1.15',
      port: 8000,
      state: 'unhealthy',
      reason: 'Target.Timeout',
      description: 'Request timed out',
    },
  ])
})
