/** Each trigger's event goes in at the bus and comes out as a finding and a message; and how long that takes. */
import {
  AuthorizeSecurityGroupEgressCommand,
  EC2Client,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2'
import {
  DescribeServicesCommand,
  ECSClient,
  ListClustersCommand,
  ListServicesCommand,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { eventRules } from '../../infra/event-patterns.ts'
import { slackChannel } from '../../shared/notifications/slack.ts'
import { captureMetrics } from '../functions/lambda.ts'
import {
  alarmEvent,
  apiCall,
  contributorEvent,
  deploymentFailed,
  findingStillOpen,
  targetHealthEvent,
  taskStartImpaired,
  taskStopped,
} from '../shared/events/bakery-events.ts'
import { fakeSlack } from '../shared/notifications/slack/fake-slack.ts'
import { type BusEvent, createEventPath, type RuleName } from './event-path.ts'
import { busyMilliseconds } from './moto.ts'
import { createTopology, reportTimeouts, type Topology } from './topology.ts'

const REGION = 'eu-central-2'
const ACCOUNT = '123456789012'
const INCIDENTS = 200

const slack = fakeSlack()
const channel = () =>
  slackChannel(
    {
      read: async () => ({ token: 'xoxb-1', channel: 'C0FAKE' }),
      readAgain: async () => ({ token: 'xoxb-1', channel: 'C0FAKE' }),
    },
    { api: slack.api, pace: slack.pace },
  )

let web: Topology
let service: { readonly serviceArn: string; readonly clusterArn: string; readonly serviceName: string }

beforeAll(async () => {
  captureMetrics()
  web = await createTopology(REGION, 2)
  await reportTimeouts(web)
  service = await theService()
}, 120_000)
afterAll(() => {
  vi.restoreAllMocks()
})

async function theService() {
  const ecs = new ECSClient({ region: REGION })
  const { clusterArns: [cluster] = [] } = await ecs.send(new ListClustersCommand({}))
  const { serviceArns: services = [] } = await ecs.send(new ListServicesCommand({ cluster }))
  const { services: [found] = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services }))
  if (!found?.serviceArn || !found.clusterArn || !found.serviceName) throw new Error('no service')
  return { serviceArn: found.serviceArn, clusterArn: found.clusterArn, serviceName: found.serviceName }
}

const tail = () => web.targetGroupArn.split(':').at(-1) ?? ''
const ofGroup = () => ({ LoadBalancer: 'app/web/1', TargetGroup: tail() })

/** For each rule an event about what is broken. */
const eventsOf = {
  'target-health-changed': () => {
    const { detail, ...event } = targetHealthEvent(undefined, web.targetGroupArn)
    return { ...event, detail: { ...detail, account: ACCOUNT, region: REGION } }
  },
  'finding-still-open': () => {
    const { detail, ...event } = findingStillOpen(service.serviceArn)
    return { ...event, detail: { ...detail, account: ACCOUNT, region: REGION } }
  },
  'unhealthy-hosts-alarm': () => {
    const [metric] = alarmEvent.detail.configuration.metrics
    const { metricStat } = metric ?? {}
    const changed = { ...metricStat, metric: { ...metricStat?.metric, dimensions: ofGroup() } }
    return {
      ...alarmEvent,
      detail: { ...alarmEvent.detail, configuration: { metrics: [{ ...metric, metricStat: changed }] } },
    }
  },
  'unhealthy-hosts-contributor': () => ({
    ...contributorEvent,
    detail: { ...contributorEvent.detail, alarmContributor: { id: '1', attributes: ofGroup() } },
  }),
  'ecs-task-stopped': () => ({
    ...taskStopped,
    detail: {
      ...taskStopped.detail,
      clusterArn: service.clusterArn,
      group: `service:${service.serviceName}`,
    },
  }),
  'ecs-service-action': () => ({ ...taskStartImpaired, resources: [service.serviceArn] }),
  'ecs-deployment': () => ({ ...deploymentFailed, resources: [service.serviceArn] }),
  'network-change': () => apiCall('RevokeSecurityGroupEgress', { groupId: web.loadBalancerGroup }),
  'load-balancer-change': () =>
    apiCall('ModifyTargetGroup', { targetGroupArn: web.targetGroupArn }, { service: 'elasticloadbalancing' }),
  'service-change': () =>
    apiCall(
      'UpdateService',
      {},
      { service: 'ecs', responseElements: { service: { serviceArn: service.serviceArn } } },
    ),
  'role-change': () => apiCall('DeleteRolePolicy', { roleName: 'kitchen' }, { service: 'iam' }),
} as const satisfies Readonly<Record<RuleName, () => BusEvent>>

describe('an event at the bus becomes a finding and a message', () => {
  test.each(Object.keys(eventRules) as RuleName[])(
    '%s',
    async (rule) => {
      const path = await createEventPath(REGION, `path-${rule}`, [channel()])
      const subject = {
        kind: 'target-group',
        arn: web.targetGroupArn,
        name: 'web',
        accountId: ACCOUNT,
        region: REGION,
      } as const
      await path.ports.pathObjects.keep(subject, [web.targetGroupArn, web.loadBalancerGroup, 'role/kitchen'])
      await path.put(eventRules[rule].bus, eventsOf[rule]())
      expect(await path.pump()).toBe(1)
      const { items } = await path.ports.store.list({ status: 'open' }, { limit: 10 })
      expect(items.map(({ code }) => code)).toContain('net.lb-sg-egress')
      expect((await path.read()).join()).toContain('web')
      expect(slack.messages.length).toBeGreaterThan(0)
    },
    120_000,
  )
})

test(
  `${INCIDENTS} incidents, from the event to the message`,
  async () => {
    const path = await createEventPath(REGION, 'latency', [channel()])
    const ec2 = new EC2Client({ region: REGION })
    const rule = {
      GroupId: web.loadBalancerGroup,
      IpPermissions: [
        { IpProtocol: 'tcp', FromPort: 8000, ToPort: 8000, IpRanges: [{ CidrIp: '10.0.0.0/16' }] },
      ],
    }
    const times: number[] = []
    let motos = 0
    for (let incident = 0; incident < INCIDENTS; incident += 1) {
      // Broken at first; every other incident is that it is well again.
      if (incident % 2 === 1) await ec2.send(new AuthorizeSecurityGroupEgressCommand(rule))
      else if (incident > 0) await ec2.send(new RevokeSecurityGroupEgressCommand(rule))
      const busy = await busyMilliseconds(REGION)
      const start = performance.now()
      const { detail, ...event } = eventsOf['target-health-changed']()
      await path.put('own', {
        ...event,
        detail: { ...detail, observedAt: new Date(Date.now() + incident).toISOString() },
      })
      await path.pump()
      const told = await path.read()
      times.push(performance.now() - start)
      motos += (await busyMilliseconds(REGION)) - busy
      expect(told, `incident ${incident}`).not.toEqual([])
    }
    const share = (100 * motos) / times.reduce((sum, time) => sum + time, 0)
    times.sort((a, b) => a - b)
    const percentile = (part: number) => `${times[Math.ceil(INCIDENTS * part) - 1]?.toFixed(0)} ms`
    process.stdout.write(
      `${INCIDENTS} incidents from the event to the message: p50 ${percentile(0.5)}, p99 ${percentile(0.99)}, ` +
        `of which moto itself ${share.toFixed(0)} %\n`,
    )
  },
  10 * 60_000,
)
