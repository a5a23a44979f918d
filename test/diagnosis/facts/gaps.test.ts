/** Nothing found is an answer only about what was looked at. */
import { describe, expect, it } from 'vitest'
import { auditExitCode } from '../../../cli/commands/audit.ts'
import { audit } from '../../../shared/audit.ts'
import { InputError } from '../../../shared/input-error.ts'
import { everything, type Selection } from '../../../shared/selection.ts'
import { parseSnapshot } from '../../../shared/snapshot/parse.ts'

const GROUP = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/6d0ecf831eec9f09'
const CLUSTER = 'arn:aws:ecs:eu-west-1:111122223333:cluster/prod'
const SERVICE = 'arn:aws:ecs:eu-west-1:111122223333:service/prod/web'
const TASK = 'arn:aws:ecs:eu-west-1:111122223333:task/prod/0123456789abcdef0123456789abcdef'

const HEALTH = 'elasticloadbalancing:DescribeTargetHealth'

const noGroups = { 'elasticloadbalancing:DescribeTargetGroups': { TargetGroups: [] } }
const cluster = { 'ecs:DescribeClusters': { clusters: [{ clusterArn: CLUSTER }] } }
const services = {
  'ecs:DescribeServices': {
    [CLUSTER]: {
      services: [
        { serviceArn: SERVICE, serviceName: 'web', clusterArn: CLUSTER, desiredCount: 1, runningCount: 1 },
      ],
    },
  },
}
const noTasks = { 'ecs:DescribeTasks': { [CLUSTER]: { tasks: [] } } }
const denied = (operation: string) => ({ [operation]: { name: 'AccessDenied', message: 'not authorized' } })

function run(responses: object, selection: Partial<Selection> = {}, errors: object = {}) {
  const scope = { accountId: '111122223333', region: 'eu-west-1', responses, errors }
  const snapshot = parseSnapshot({ schemaVersion: '1', collectedAt: '2026-11-20T03:00:00Z', scopes: [scope] })
  const result = audit(snapshot, { ...everything, ...selection })
  return {
    code: auditExitCode(result),
    missing: [...new Set(result.findings.flatMap(({ unknown }) => unknown.map(({ missing }) => missing)))],
    decided: result.audited.map(({ decided }) => decided),
    subjects: result.findings.map(({ subject }) => subject),
    titles: result.findings.map(({ rootCause }) => rootCause.title),
  }
}

describe('everything in scope', () => {
  it.each([
    ['nothing was asked', {}, {}, 'elasticloadbalancing:DescribeTargetGroups'],
    [
      'target groups may not be listed',
      {},
      denied('elasticloadbalancing:DescribeTargetGroups'),
      'elasticloadbalancing:DescribeTargetGroups',
    ],
    ['clusters may not be listed', noGroups, denied('ecs:DescribeClusters'), 'ecs:DescribeClusters'],
    ['the services of a cluster', { ...noGroups, ...cluster }, {}, 'ecs:DescribeServices'],
    [
      'the tasks of a cluster without services',
      { ...noGroups, ...cluster, 'ecs:DescribeServices': { [CLUSTER]: { services: [] } } },
      {},
      'ecs:DescribeTasks',
    ],
    ['the tasks of a service', { ...noGroups, ...cluster, ...services }, {}, 'ecs:DescribeTasks'],
  ])('is undecided: %s', (_name, responses, errors, operation) => {
    const { code, missing, decided } = run(responses, {}, errors)
    expect({ code, missing, decided }).toEqual({ code: 3, missing: [operation], decided: [false] })
  })

  it('says what cannot be told', () => {
    expect(run({}).titles).toEqual([
      'Whether anything is wrong with the target groups of eu-west-1 cannot be told: elasticloadbalancing:DescribeTargetGroups not known',
    ])
  })

  it('is clean where all was told, and where nobody asked for ECS', () => {
    expect(run(noGroups).code).toBe(0)
    expect(run({ ...noGroups, ...cluster, ...services, ...noTasks }).code).toBe(0)
  })
})

describe('a target whose state is not told', () => {
  const group = { TargetGroupArn: GROUP, TargetGroupName: 'web', LoadBalancerArns: [] }
  const withTargets = (...TargetHealthDescriptions: object[]) =>
    run({
      'elasticloadbalancing:DescribeTargetGroups': { TargetGroups: [group] },
      'elasticloadbalancing:DescribeTargetHealth': { [GROUP]: { TargetHealthDescriptions } },
    })
  const target = { Target: { Id: '10.0.1.15', Port: 8000 } }

  it.each([
    ['no health', target],
    ['no state', { ...target, TargetHealth: { Reason: 'Target.Timeout' } }],
  ])('may be failing: %s', (_name, silent) => {
    const { code, missing, decided } = withTargets(silent)
    expect({ code, decided }).toEqual({ code: 3, decided: [false] })
    expect(missing).toContain(HEALTH)
  })

  it('leaves open what is said of the others that are healthy', () => {
    const healthy = { Target: { Id: '10.0.1.16', Port: 8000 }, TargetHealth: { State: 'healthy' } }
    expect(withTargets(healthy, target).code).toBe(3)
    expect(withTargets(healthy).missing).not.toContain(HEALTH)
  })
})

describe('something named that is not listed', () => {
  it.each([
    ['target group', { targetGroups: ['web'] }, 'elasticloadbalancing:DescribeTargetGroups'],
    ['target group ARN', { targetGroups: [GROUP] }, 'elasticloadbalancing:DescribeTargetGroups'],
    ['service', { services: ['prod/web'] }, 'ecs:DescribeClusters'],
    ['task', { tasks: [TASK] }, 'ecs:DescribeTasks'],
  ])('is undecided where it could not be listed: %s', (_name, selection, operation) => {
    const { code, missing, decided } = run({}, selection)
    expect({ code, missing, decided }).toEqual({ code: 3, missing: [operation], decided: [false] })
  })

  it.each([
    ['target group', { targetGroups: ['web'] }],
    ['target group of another Region', { targetGroups: [GROUP.replace('eu-west-1', 'eu-west-2')] }],
    ['service', { services: ['prod/web'] }],
    ['task', { tasks: [TASK] }],
  ])('is a mistake where everything was listed: %s', (_name, selection) => {
    const none = { 'ecs:DescribeServices': { [CLUSTER]: { services: [] } } }
    const all = { ...noGroups, ...cluster, ...none, ...noTasks }
    expect(() => run(all, selection)).toThrow(InputError)
  })

  it('is a mistake where another Region was asked', () => {
    const elsewhere = GROUP.replace('eu-west-1', 'eu-west-2')
    expect(() => run({}, { targetGroups: [elsewhere] })).toThrow('not in the snapshot')
  })

  it('a service that AWS does not list is the same subject as when it does, however it was named', () => {
    const errors = denied('ecs:DescribeServices')
    for (const name of ['prod/web', SERVICE]) {
      const { subjects } = run(cluster, { services: [name] }, errors)
      expect(subjects).toMatchObject([{ kind: 'ecs-service', arn: SERVICE, name: 'prod/web' }])
    }
  })
})
