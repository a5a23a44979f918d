import { aws } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { label, terraform } from '../render/terraform.ts'
import { changeListed } from './change.ts'
import type { PatchKind, PatchOf } from './kind.ts'

export const logGroup: PatchKind<PatchOf<'log-group'>> = {
  apply(scope, { name, accountId, region }) {
    if (scope.accountId !== accountId || scope.region !== region) return undefined
    const arn = `arn:aws:logs:${region}:${accountId}:log-group:${name}:*`
    return changeListed(scope, 'logs:DescribeLogGroups', 'logGroups', (groups) => [
      ...groups,
      { logGroupName: name, arn },
    ])
  },

  /** In the driver's Region, which the snapshot need not hold. */
  step({ name, region }, { scope }) {
    const note = region === scope.region ? undefined : `In ${region}`
    return {
      title: `Make the log group ${name}${note === undefined ? '' : ` in ${region}`}`,
      cli: [aws('logs', 'create-log-group', region, { 'log-group-name': name })],
      cloudformation: cloudformation(
        { [logicalId(name, 'logs')]: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: name } } },
        note,
      ),
      terraform: terraform('aws_cloudwatch_log_group', label(name), { values: { name } }, note),
    }
  },

  opens: () => undefined,
}
