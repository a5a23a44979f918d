/** `hca findings`: asks what is remembered. */
import type { Command } from 'commander'
import { addConnectionOptions } from '../findings/connection.ts'
import { addFilterOptions } from '../findings/filter.ts'
import { addOutputOptions } from '../output-options.ts'

const EXAMPLES = `
Examples:
  hca findings list --status open --severity critical
  hca findings show 3f0c8a0d5b1e4f6f8d2a9c7b6e5d4c3b
  hca findings history 3f0c8a0d5b1e4f6f8d2a9c7b6e5d4c3b --output json
  hca findings suppress 3f0c8a0d5b1e4f6f8d2a9c7b6e5d4c3b --reason "moves on Monday" --until 2026-12-01
  hca findings suppress 3f0c8a0d5b1e4f6f8d2a9c7b6e5d4c3b --lift
  hca findings serve --table findings --table-region eu-central-1`

/** The AWS SDK is loaded when a command runs, so that help comes at once. */
const commands = () => {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  return import('../findings/commands.ts')
}

export function registerFindings(program: Command): void {
  const findings = program
    .command('findings')
    .description('ask what was found, and say what nobody needs to hear of')
    .addHelpText('after', EXAMPLES)

  paged(addFilterOptions(common(findings.command('list'))))
    .description('findings, the open ones first')
    .action(async (options) => (await commands()).listFindings(options))

  common(findings.command('show <id>'))
    .description('one finding with its proof and its fix')
    .action(async (id, options) => (await commands()).showFinding(id, options))

  paged(common(findings.command('history <id>')))
    .description('what happened to a finding, the latest first')
    .action(async (id, options) => (await commands()).findingHistory(id, options))

  addConnectionOptions(findings.command('serve'))
    .description('the page and the API of a findings table on this machine')
    .option('--port <number>', 'on 127.0.0.1; 0 for any that is free', '8787')
    .action(async (options) => {
      process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
      const { serveFindings } = await import('../findings/serve.ts')
      await serveFindings(options)
    })

  common(findings.command('suppress <id>'))
    .description('tell nobody of a finding for a while')
    .option('--reason <text>', 'why')
    .option('--until <moment>', 'until when: 2026-12-01, or 2026-12-01T09:00:00Z')
    .option('--lift', 'tell people again')
    .action(async (id, options) => (await commands()).suppressFinding(id, options))
}

const common = (command: Command): Command => addConnectionOptions(addOutputOptions(command))

const paged = (command: Command): Command =>
  command
    .option('--limit <count>', 'at most so many', '50')
    .option('--cursor <cursor>', 'go on where the previous page ended')
