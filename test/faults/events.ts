/** Events as EventBridge delivers them, about a shop. */
import type { Shop } from './market.ts'

export type Event = Readonly<Record<string, unknown>>

let count = 0

const iso = (moment: number) => new Date(moment).toISOString()

function envelope({ accountId: account, region }: Shop, moment: number, more: Event): Event {
  count += 1
  return { version: '0', id: `event-${count}`, account, region, time: iso(moment), resources: [], ...more }
}

const clusterArn = ({ service }: Shop) => service.replace(':service/', ':cluster/').replace(/\/[^/]+$/, '')

export const taskStopped = (shop: Shop, moment: number, version: number): Event =>
  envelope(shop, moment, {
    source: 'aws.ecs',
    'detail-type': 'ECS Task State Change',
    resources: [shop.tasks[0]],
    detail: {
      taskArn: shop.tasks[version % shop.tasks.length],
      clusterArn: clusterArn(shop),
      group: `service:${shop.service.split('/').at(-1)}`,
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      updatedAt: iso(moment),
      version,
    },
  })

export const serviceAction = (shop: Shop, moment: number, eventName: string): Event =>
  envelope(shop, moment, {
    source: 'aws.ecs',
    'detail-type': 'ECS Service Action',
    resources: [shop.service],
    detail: { eventType: 'INFO', eventName, clusterArn: clusterArn(shop), createdAt: iso(moment) },
  })

export const deploymentCompleted = (shop: Shop, moment: number): Event =>
  envelope(shop, moment, {
    source: 'aws.ecs',
    'detail-type': 'ECS Deployment State Change',
    resources: [shop.service],
    detail: {
      eventType: 'INFO',
      eventName: 'SERVICE_DEPLOYMENT_COMPLETED',
      deploymentId: `ecs-svc/${moment}`,
      updatedAt: iso(moment),
    },
  })

export const alarm = (shop: Shop, moment: number, value: 'ALARM' | 'OK'): Event =>
  envelope(shop, moment, {
    source: 'aws.cloudwatch',
    'detail-type': 'CloudWatch Alarm State Change',
    resources: [`arn:aws:cloudwatch:${shop.region}:${shop.accountId}:alarm:unhealthy`],
    detail: {
      alarmName: 'unhealthy',
      state: { value, timestamp: iso(moment).replace('Z', '+0000'), reason: 'Threshold Crossed' },
      configuration: {
        metrics: [
          {
            id: 'm1',
            returnData: true,
            metricStat: {
              period: 60,
              stat: 'Minimum',
              metric: {
                namespace: 'AWS/ApplicationELB',
                name: 'UnHealthyHostCount',
                dimensions: { TargetGroup: shop.targetGroup.split(':').at(-1) },
              },
            },
          },
        ],
      },
    },
  })

interface Call {
  readonly eventName: string
  readonly service?: 'ec2' | 'elasticloadbalancing' | 'ecs'
  readonly requestParameters: object
}

export const apiCall = (shop: Shop, moment: number, call: Call): Event =>
  envelope(shop, moment, {
    source: `aws.${call.service ?? 'ec2'}`,
    'detail-type': 'AWS API Call via CloudTrail',
    detail: {
      eventVersion: '1.09',
      eventID: `call-${count}`,
      eventName: call.eventName,
      eventSource: `${call.service ?? 'ec2'}.amazonaws.com`,
      eventTime: iso(moment),
      userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::${shop.accountId}:assumed-role/ops/anna` },
      requestParameters: call.requestParameters,
    },
  })
