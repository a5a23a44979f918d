import Table from 'cli-table3'
import type { AuditTimes } from './audits.ts'
import { number } from './report.ts'

export function auditReport({ oneGroup, region, stages, groups, targets, findings }: AuditTimes): string {
  const table = new Table({
    head: ['audit, of a parsed snapshot', 'time of one core', 'goal'],
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [] },
  })
  table.push(['a target group of 50 targets, broken', `${oneGroup.toFixed(1)} ms`, '10 ms'])
  table.push([
    `a Region: ${number(groups)} groups, ${number(targets)} targets, ${number(findings)} findings`,
    `${number(region)} ms`,
    '5,000 ms',
  ])
  for (const [stage, time] of Object.entries(stages))
    table.push([`  ${stage}`, `${number(time)} ms  (${((time * 100) / region).toFixed(0)} %)`, ''])
  return table.toString()
}
