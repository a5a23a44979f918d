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

const bakeryService = 'arn:aws:ecs:ap-northeast-1:111122223333:service/bakery/oven'

export const taskStartImpaired = {
  ...envelope,
  source: 'aws.ecs',
  'detail-type': 'ECS Service Action',
  resources: [bakeryService],
  detail: {
    eventType: 'WARN',
    eventName: 'SERVICE_TASK_START_IMPAIRED',
    clusterArn: 'arn:aws:ecs:ap-northeast-1:111122223333:cluster/bakery',
    createdAt: '2026-11-20T03:15:00.000Z',
  },
}

export const deploymentFailed = {
  ...envelope,
  source: 'aws.ecs',
  'detail-type': 'ECS Deployment State Change',
  resources: [bakeryService],
  detail: {
    eventType: 'ERROR',
    eventName: 'SERVICE_DEPLOYMENT_FAILED',
    deploymentId: 'ecs-svc/123',
    updatedAt: '2026-11-20T03:16:00.000Z',
    reason: 'ECS deployment circuit breaker: task failed to start.',
  },
}

/** Somebody's call, as CloudTrail hands it to EventBridge. */
export const apiCall = (
  eventName: string,
  requestParameters: unknown,
  { service = 'ec2', ...more }: { readonly service?: string; readonly [field: string]: unknown } = {},
) => ({
  ...envelope,
  source: `aws.${service}`,
  'detail-type': 'AWS API Call via CloudTrail',
  detail: {
    eventVersion: '1.09',
    eventID: `0a1b2c3d-${eventName}`,
    eventName,
    eventSource: `${service}.amazonaws.com`,
    eventTime: '2026-11-20T03:10:00Z',
    awsRegion: 'ap-northeast-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'console.amazonaws.com',
    userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/baker/anna' },
    requestParameters,
    responseElements: { _return: true },
    ...more,
  },
})

/** Our own event about a service or a task with an open finding. */
export const findingStillOpen = (subjectArn: string) => ({
  ...envelope,
  source: 'health-check-auditor',
  'detail-type': 'Finding Still Open',
  resources: [subjectArn],
  detail: {
    account: '111122223333',
    region: 'ap-northeast-1',
    subjectArn,
    observedAt: '2026-11-20T03:17:00Z',
  },
})
