/** The filters of `hca findings list`, checked. */
import { type Command, Option } from 'commander'
import { severities } from '../../shared/findings/finding.ts'
import { parsePast } from '../../shared/findings/moment.ts'
import type { FindingFilter } from '../../shared/findings/store.ts'
import { InputError } from '../../shared/input-error.ts'

export interface FilterOptions {
  readonly status?: NonNullable<FindingFilter['status']>
  readonly code?: string
  readonly subject?: string
  readonly severity?: NonNullable<FindingFilter['severity']>
  readonly account?: string
  readonly region?: string
  readonly since?: string
  readonly until?: string
}

export const addFilterOptions = (command: Command): Command =>
  command
    .addOption(new Option('--status <status>', 'only these').choices(['open', 'resolved', 'suppressed']))
    .option('--code <code>', 'only this root cause, such as net.nacl')
    .option('--subject <arn|name>', 'only of this target group, service or task')
    .addOption(new Option('--severity <severity>', 'only these').choices(severities))
    .option('--account <id>', 'only of this account')
    .option('--region <region>', 'only of this AWS Region')
    .option(
      '--since <moment>',
      'only those seen since: 2026-11-20, 2026-11-20T03:00:00Z, or 90m, 12h, 7d ago',
    )
    .option('--until <moment>', 'only those first seen until then, in the same forms')

export function parseFilter(options: FilterOptions, now: Date): FindingFilter {
  const { status, code, subject, severity, account, region, since, until } = options
  if (account !== undefined && !/^\d{12}$/.test(account))
    throw new InputError(`--account ${JSON.stringify(account)}: expected 12 digits`)
  return {
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
    ...(subject !== undefined && { subject }),
    ...(severity !== undefined && { severity }),
    ...(account !== undefined && { accountId: account }),
    ...(region !== undefined && { region }),
    ...(since !== undefined && { since: parsePast('--since', since, now) }),
    ...(until !== undefined && { until: parsePast('--until', until, now) }),
  }
}
