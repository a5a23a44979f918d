/**
 * How many calls an incident costs, and how long a hundred at once take by what AWS grants an account and Region.
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html, and each service's own page
 */
import Table from 'cli-table3'
import { everything, type Selection } from '../../shared/selection.ts'
import { collectForSelection } from '../../shared/snapshot/collect/index.ts'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import { printShop } from '../fixtures/themes/print-shop.ts'
import { awsOf } from '../snapshot/collect/world-aws.ts'
import { taskAnswers } from '../snapshot/collect/world-tasks.ts'

/** A bucket of calls that fills again at so many a second; `perCall`: one for each operation. */
interface Budget {
  readonly bucket: number
  readonly refill: number
  readonly perCall: boolean
}

const budgets = {
  elasticloadbalancing: { bucket: 40, refill: 10, perCall: false },
  ec2: { bucket: 100, refill: 20, perCall: true },
  ecs: { bucket: 100, refill: 20, perCall: true },
} as const satisfies Readonly<Record<string, Budget>>

type Counted = ReadonlyMap<string, number>

const INCIDENTS = 100

export async function callReport(): Promise<string> {
  const shop = bakeryShop()
  aws.setEgress(shop.world, shop.albGroup)
  aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
  const press = printShop()
  for (const task of press.tasks)
    aws.stopTask(press.world, task, {
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'ResourceInitializationError',
    })
  const group = await callsOf(shop.world, { ...everything, targetGroups: [shop.targetGroup] })
  const service = await callsOf(press.world, { ...everything, services: [press.service] })
  const table = new Table({
    head: [
      'calls of one incident',
      'target group',
      'service that cannot start',
      `${INCIDENTS} groups at once`,
    ],
    colAligns: ['left', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  })
  for (const name of [...new Set([...servicesIn(group), ...servicesIn(service)])].sort())
    table.push([name, String(sumOf(group, name)), String(sumOf(service, name)), burstText(group, name)])
  table.push(['all', String(sumOf(group)), String(sumOf(service)), `${INCIDENTS * sumOf(group)} calls`])
  return table.toString()
}

async function callsOf(world: aws.World, selection: Selection): Promise<Counted> {
  const { clients, calls } = awsOf(world, taskAnswers(world))
  await collectForSelection(clients, selection)
  const counted = new Map<string, number>()
  for (const { service, operation } of calls) {
    const key = `${service}:${operation}`
    counted.set(key, (counted.get(key) ?? 0) + 1)
  }
  return counted
}

const serviceOf = (key: string) => key.split(':')[0] ?? ''
const servicesIn = (counted: Counted) => [...counted.keys()].map(serviceOf)
const sumOf = (counted: Counted, service?: string): number =>
  [...counted].reduce(
    (sum, [key, count]) => sum + (service === undefined || serviceOf(key) === service ? count : 0),
    0,
  )

/** AWS's own limit, with the whole budget for us; in earnest the functions at work are fewer, and take longer. */
function burstText(counted: Counted, service: string): string {
  const calls = INCIDENTS * sumOf(counted, service)
  const budget: Budget | undefined = (budgets as Readonly<Record<string, Budget>>)[service]
  if (!budget || calls === 0) return `${calls} calls`
  const most = budget.perCall
    ? INCIDENTS *
      Math.max(...[...counted].flatMap(([key, count]) => (serviceOf(key) === service ? count : [])))
    : calls
  const seconds = Math.max(0, most - budget.bucket) / budget.refill
  return `${calls} calls, ${Math.ceil(seconds)} s by its budget`
}
