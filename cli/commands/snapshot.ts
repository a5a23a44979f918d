import type { Command } from 'commander'
import { readSnapshotJson } from '../../shared/snapshot/read.ts'
import { addLiveOptions, type LiveOptions } from '../live-options.ts'
import { parseSelection } from '../selection.ts'
import { writeJson } from '../write-file.ts'

interface CollectOptions extends LiveOptions {
  readonly out: string
  readonly targetGroup?: readonly string[]
  readonly service?: readonly string[]
  readonly task?: readonly string[]
}

const gather = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

export function registerSnapshot(program: Command): void {
  const snapshot = program
    .command('snapshot')
    .description('record what AWS says, to analyse it later or elsewhere')

  addLiveOptions(snapshot.command('collect'))
    .description(
      'write a snapshot of live AWS: a whole Region, or what concerns some target groups, services or tasks',
    )
    .requiredOption('--out <file>', 'where to write it; gzip when the name ends in .gz')
    .option('--target-group <arn|name>', 'only what concerns this target group (repeatable)', gather)
    .option('--service <cluster/service|arn>', 'only what concerns this ECS service (repeatable)', gather)
    .option('--task <arn>', 'only what concerns this ECS task (repeatable)', gather)
    .option('--quiet', 'print errors, nothing else')
    .action(collect)

  snapshot
    .command('redact')
    .description(
      'replace account ids, names and addresses consistently; the analysis gives the same verdicts',
    )
    .argument('<file>', 'a snapshot, plain or gzip')
    .requiredOption('--out <file>', 'where to write it; gzip when the name ends in .gz')
    .action(redact)
}

async function collect(options: CollectOptions): Promise<void> {
  const selection = parseSelection(options)
  const { collectLive } = await import('../live-snapshot.ts')
  const snapshot = await collectLive(options, selection)
  await writeJson(options.out, snapshot)
  if (!options.quiet) for (const line of refusals(snapshot.scopes)) process.stderr.write(`${line}\n`)
}

/** What is not in the file, and why: it will be `unknown` to the analysis. */
function refusals(scopes: readonly { readonly errors: object }[]): string[] {
  return scopes
    .flatMap(({ errors }) => Object.entries(errors))
    .map(([operation, { name, message }]) => `not collected: ${operation}: ${name}: ${message}`)
}

async function redact(file: string, { out }: { readonly out: string }): Promise<void> {
  const { redactSnapshot } = await import('../../shared/snapshot/redact.ts')
  await writeJson(out, redactSnapshot(await readSnapshotJson(file)))
}
