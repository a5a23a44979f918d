/** The filters of `hca findings list`, checked. */
import { type Command, Option } from 'commander'
import { severities } from '../../shared/findings/finding.ts'
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

export function parseFilter(options: FilterOptions, now: Date): FindingFilter {
  const { status, code, subject, severity, account, region, since } = options
  if (account !== undefined && !/^\d{12}$/.test(account))
    throw new InputError(`--account ${JSON.stringify(account)}: expected 12 digits`)
  return {
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
    ...(subject !== undefined && { subject }),
    ...(severity !== undefined && { severity }),
    ...(account !== undefined && { accountId: account }),
    ...(region !== undefined && { region }),
    ...(since !== undefined && { since: parseSince(since, now) }),
  }
}

const MILLISECONDS: { readonly [unit: string]: number } = { m: 60_000, h: 3_600_000, d: 86_400_000 }

function parseSince(text: string, now: Date): string {
  const [, count = '', unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? []
  const ago = MILLISECONDS[unit]
  return ago === undefined
    ? parseMoment('--since', text)
    : new Date(now.getTime() - Number(count) * ago).toISOString()
}

/** @throws InputError naming the option */
export function parseMoment(option: string, text: string): string {
  const moment = /^\d{4}-\d\d-\d\d/.test(text) ? new Date(text) : undefined
  if (moment && !Number.isNaN(moment.getTime())) return moment.toISOString()
  throw new InputError(
    `${option} ${JSON.stringify(text)}: expected a day or moment in ISO 8601, such as 2026-11-20 or 2026-11-20T03:00:00Z`,
  )
}
