/** `hca audit`: why is it unhealthy? */
import type { Command } from 'commander'
import type { AuditResult, Finding } from '../../shared/findings/finding.ts'
import { InputError } from '../../shared/input-error.ts'
import { type Selection, selectsEverything } from '../../shared/selection.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { renderOptions, writeData } from '../output.ts'
import { type AnalysisOutputOptions, addAnalysisOutputOptions } from '../output-options.ts'
import { readJson } from '../read-file.ts'
import { loadPicture } from '../render/index.ts'
import { parseSelection, type SelectionOptions } from '../selection.ts'
import { addSourceOptions, loadSnapshot, type SourceOptions } from '../snapshot-source.ts'

interface AuditOptions extends SelectionOptions, AnalysisOutputOptions {
  readonly event?: string
}

const EXAMPLES = `
Examples:
  hca audit                                         everything in the account's Region
  hca audit --target-group web --target-group api
  hca audit --service prod/checkout --output markdown
  hca audit --event event.json                      what an EventBridge event speaks of
  hca audit --snapshot incident.json.gz --output json`

const several = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

export function registerAudit(program: Command): void {
  const command = program
    .command('audit')
    .description('find the root cause of what is unhealthy, and the blind spots')
    .option('--target-group <arn|name>', 'a target group (may be repeated)', several)
    .option('--service <cluster/service>', 'an ECS service (may be repeated)', several)
    .option('--task <arn>', 'an ECS task (may be repeated)', several)
    .option('--event <file>', 'the subject of an EventBridge event in JSON')
    .addHelpText('after', EXAMPLES)
  addAnalysisOutputOptions(addSourceOptions(command)).action(runAudit)
}

async function runAudit(options: AuditOptions & SourceOptions): Promise<void> {
  const selection = await chooseSelection(options)
  const snapshot = await loadSnapshot(options, selection)
  const { audit } = await import('../../shared/audit.ts')
  const result = audit(snapshot, selection)
  const renderer = await loadPicture(options.output)
  process.exitCode = snapshot.scopes.length === 0 ? exitCodes.undecided : auditExitCode(result)
  await writeData(renderer.audit(result, renderOptions()))
}

async function chooseSelection(options: AuditOptions): Promise<Selection> {
  const named = parseSelection(options)
  if (options.event === undefined) return named
  if (!selectsEverything(named))
    throw new InputError('--event names what to audit: leave out --target-group, --service and --task')
  const { parseTrigger, triggerSelection } = await import('../../shared/events/index.ts')
  return triggerSelection(parseTrigger(await readJson(options.event, 'event')))
}

/** A decided finding outweighs what could not be decided; severity `low` and `info` alarm nobody. */
export function auditExitCode({ findings }: AuditResult): ExitCode {
  const undecided = findings.filter(({ rootCause }) => rootCause.code === 'undetermined')
  const alarming = findings.filter((finding) => !undecided.includes(finding) && !isQuiet(finding))
  if (alarming.length > 0) return exitCodes.found
  return undecided.some(lacksData) ? exitCodes.undecided : exitCodes.ok
}

const isQuiet = ({ severity }: Finding): boolean => severity === 'low' || severity === 'info'

/** A start that failed and is over, of which ECS's words are all that is left, lacks nothing. */
const lacksData = (finding: Finding): boolean => !isQuiet(finding) || finding.unknown.length > 0
