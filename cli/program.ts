/** All commands of `hca`. What a command works with is loaded when it runs, so that help comes at once. */
import { Command, CommanderError } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { registerAudit } from './commands/audit.ts'
import { registerCauses } from './commands/causes.ts'
import { registerExplain } from './commands/explain.ts'
import { registerFindings } from './commands/findings.ts'
import { registerLocal } from './commands/local.ts'
import { registerSnapshot } from './commands/snapshot.ts'

const EXAMPLES = `
Examples:
  hca audit --target-group web                      why are its targets unhealthy?
  hca audit --snapshot incident.json.gz             the same, from what was recorded
  hca explain --from i-0abc --to 10.0.1.15 --port 443
  hca snapshot collect --out incident.json.gz       record what AWS says now

Exit codes: 0 nothing found, 1 findings (explain: blocked), 2 wrong use or failed run,
3 could not decide for lack of data, 130 interrupted.`

const registrations = [
  registerAudit,
  registerExplain,
  registerSnapshot,
  registerFindings,
  registerCauses,
  registerLocal,
] as const

/** @returns the command line, not yet run; it throws CommanderError where commander would end the process. */
export function createProgram(): Command {
  const program = new Command('hca')
    .description(packageJson.description)
    .version(packageJson.version)
    .addHelpText('after', EXAMPLES)
  for (const register of registrations) register(program)
  everyCommand(program).forEach(throwInsteadOfExit)
  return program
}

const everyCommand = (command: Command): Command[] => [command, ...command.commands.flatMap(everyCommand)]

/** The caller reports errors, in one line: commander itself prints none, and no help in their place. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride((error) => {
    throw error.code === 'commander.help' && error.exitCode !== 0 ? commandMissing(command) : error
  })
  command.configureOutput({ writeErr: () => {}, outputError: () => {} })
}

function commandMissing(command: Command): CommanderError {
  const names = command.commands.map((child) => child.name()).join(', ')
  return new CommanderError(1, 'hca.commandMissing', `name a command of ${pathOf(command)}: ${names}`)
}

const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()
