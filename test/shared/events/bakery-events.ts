/** Events around a bakery's web shop, in the shapes that AWS documents. */
import { groupArn } from '../findings/checkout.ts'

export const ovenArn = groupArn('oven', 'b2c22dab4145cb90')

const envelope = {
  version: '0',
  id: 'feabd4d6-020b-4c01-7fbf-f230f282c636',
  account: '111122223333',
  region: 'ap-northeast-1',
  time: '2026-11-20T03:12:30Z',
  resources: [] as string[],
}

export const targetHealthEvent = (observedAt = '2026-11-20T03:12:30Z', targetGroupArn = ovenArn) => ({
  ...envelope,
  source: 'health-check-auditor',
  'detail-type': 'Target Health Changed',
  resources: [targetGroupArn],
  detail: {
    account: '111122223333',
    region: 'ap-northeast-1',
    targetGroupArn,
    loadBalancerArns: [
      'arn:aws:elasticloadbalancing:ap-northeast-1:111122223333:loadbalancer/app/bakery/b6153c94',
    ],
    changes: [
      {
        targetId: '10.0.1.15',
        port: 8000,
        from: { state: 'initial', reason: 'Elb.RegistrationInProgress' },
        to: { state: 'unhealthy', reason: 'Target.Timeout', description: 'Request timed out' },
      },
    ],
    observedAt,
  },
})

const alarmArn = 'arn:aws:cloudwatch:ap-northeast-1:111122223333:alarm:oven-unhealthy'

export const alarmEvent = {
  ...envelope,
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  resources: [alarmArn],
  detail: {
    alarmName: 'oven-unhealthy',
    configuration: {
      metrics: [
        {
          id: 'm1',
          metricStat: {
            metric: {
              namespace: 'AWS/ApplicationELB',
              name: 'UnHealthyHostCount',
              dimensions: {
                LoadBalancer: 'app/bakery/b6153c9433efa0b4',
                TargetGroup: 'targetgroup/oven/b2c22dab4145cb90',
              },
            },
            period: 60,
            stat: 'Minimum',
          },
          returnData: true,
        },
      ],
    },
    previousState: { value: 'OK', timestamp: '2026-11-20T03:00:00.000+0000', reason: 'all well' },
    state: { value: 'ALARM', timestamp: '2026-11-20T03:13:00.000+0000', reason: 'Threshold Crossed' },
  },
}

export const contributorEvent = {
  ...envelope,
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm Contributor State Change',
  resources: [alarmArn],
  detail: {
    alarmName: 'any-unhealthy',
    alarmContributor: {
      id: '6d442278dba546f6',
      attributes: {
        LoadBalancer: 'app/bakery/b6153c9433efa0b4',
        TargetGroup: 'targetgroup/oven/b2c22dab4145cb90',
      },
    },
    state: { value: 'ALARM', reason: 'Threshold Crossed', timestamp: '2026-11-20T03:13:00.000+0000' },
    configuration: {
      metrics: [{ id: 'm1', expression: 'SELECT MAX(UnHealthyHostCount) ...', returnData: true, period: 60 }],
    },
  },
}

export const scheduledTick = {
  ...envelope,
  source: 'aws.events',
  'detail-type': 'Scheduled Event',
  resources: ['arn:aws:events:ap-northeast-1:111122223333:rule/watch'],
  detail: {},
}

export const taskStopped = {
  ...envelope,
  source: 'aws.ecs',
  'detail-type': 'ECS Task State Change',
  resources: ['arn:aws:ecs:ap-northeast-1:111122223333:task/bakery/0b69d5c0'],
  detail: {
    taskArn: 'arn:aws:ecs:ap-northeast-1:111122223333:task/bakery/0b69d5c0',
    clusterArn: 'arn:aws:ecs:ap-northeast-1:111122223333:cluster/bakery',
    group: 'service:oven',
    lastStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    updatedAt: '2026-11-20T03:14:00.123Z',
    version: 7,
  },
}
