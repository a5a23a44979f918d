/** `hca local`: the whole system on this machine. */
import type { Command } from 'commander'
import type { LocalCommandOptions } from '../local/run-local.ts'

export function registerLocal(program: Command): void {
  program
    .command('local')
    .description('run the whole system on this machine with embedded parts and recorded incidents')
    .option('--once', 'end after the recorded incidents')
    .option('--dir <folder>', 'where the findings are kept', '.hca')
    .option('--port <port>', 'where the API answers, on this machine only (0: any that is free)', '8787')
    .option(
      '--samples <folder>',
      'other incidents: a folder each, with incident.json, snapshot.json, event.json',
    )
    .action(async (options: LocalCommandOptions) => {
      // Powertools' and the SDK's own switches: a terminal wants neither metrics nor announcements.
      process.env.POWERTOOLS_METRICS_DISABLED ??= 'true'
      process.env.POWERTOOLS_LOG_LEVEL ??= 'ERROR'
      process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
      const { runLocal } = await import('../local/run-local.ts')
      await runLocal(options)
    })
}
