/** `hca explain`: can X reach Y? */
import type { Command } from 'commander'
import type { Network, Query } from '../../shared/explain.ts'
import { InputError } from '../../shared/input-error.ts'
import type { Explanation, Verdict } from '../../shared/reachability/result.ts'
import { everything } from '../../shared/selection.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { note, renderOptions, writeData } from '../output.ts'
import { type AnalysisOutputOptions, addAnalysisOutputOptions } from '../output-options.ts'
import type { Tally } from '../queries/answer.ts'
import { formats, isPicture, loadPicture, loadRenderer } from '../render/index.ts'
import { addSourceOptions, loadSnapshot, type SourceOptions } from '../snapshot-source.ts'

interface ExplainOptions extends AnalysisOutputOptions, SourceOptions {
  readonly from?: string
  readonly to?: string
  readonly protocol?: string
  readonly port?: string
  readonly sourcePort?: string
  readonly queries?: string
}

const ENDS = 'network interface, instance, load balancer or task (id or ARN), IP address, internet'
const EXAMPLES = `
Examples:
  hca explain --from i-0abc --to 10.0.1.15 --port 8000
  hca explain --from internet --to web --port 443 --snapshot incident.json.gz
  hca explain --queries questions.ndjson --output ndjson

A line of a queries file: {"from":"i-0abc","to":"10.0.1.15","protocol":"tcp","port":8000,"sourcePort":"1024-65535"}
Answers come in the order of the lines; empty lines are skipped.

The way to a load balancer goes on to the targets of its listeners and rules. Which node, rule and target a request
meets is not known: where some of them are blocked, the answer is "partly blocked".`

const verdictExitCodes: { readonly [V in Verdict]: ExitCode } = {
  reachable: exitCodes.ok,
  partial: exitCodes.found,
  blocked: exitCodes.found,
  unknown: exitCodes.undecided,
}

export function registerExplain(program: Command): void {
  const command = program
    .command('explain')
    .description('can X reach Y: the path there and back, hop by hop, with every blocker')
    .option('--from <x>', ENDS)
    .option('--to <y>', 'the same, a VPC endpoint, or an AWS service name such as ecr.api')
    .option('--protocol <name|number>', 'tcp, udp, icmp, icmpv6 or a number (default: tcp)')
    .option('--port <port>', 'destination port, range or list (default: every port)')
    .option('--source-port <range>', 'source ports (default: 1024-65535)')
    .option('--queries <file>', 'many questions, one JSON object a line (- for stdin)')
    .addHelpText('after', EXAMPLES)
  addAnalysisOutputOptions(addSourceOptions(command)).action(runExplain)
}

async function runExplain(options: ExplainOptions): Promise<void> {
  if (options.queries === undefined) await explainOne(options)
  else await explainMany(options, options.queries)
}

async function explainOne(options: ExplainOptions): Promise<void> {
  const { from, to, protocol, port, sourcePort } = options
  if (from === undefined || to === undefined)
    throw new InputError(
      `${from === undefined ? '--from' : '--to'} is missing: give --from X and --to Y, or --queries FILE`,
    )
  const explanation = await answerTo(options, { from, to, protocol, port, sourcePort })
  const renderer = await loadPicture(options.output)
  process.exitCode = verdictExitCodes[explanation.verdict]
  await writeData(renderer.explanation(explanation, renderOptions()))
}

async function answerTo(options: ExplainOptions, query: Query): Promise<Explanation> {
  if (options.snapshot === undefined) {
    const { liveExplanation } = await import('../live-explain.ts')
    return liveExplanation(options, query)
  }
  const network = await loadNetwork(options)
  const { explainQuery } = await import('../../shared/explain.ts')
  return explainQuery(network, query)
}

async function explainMany(options: ExplainOptions, file: string): Promise<void> {
  if (
    [options.from, options.to, options.protocol, options.port, options.sourcePort].some(
      (given) => given !== undefined,
    )
  )
    throw new InputError(
      '--queries holds the questions: leave out --from, --to, --protocol, --port and --source-port',
    )
  const { openQueries } = await import('../queries/open.ts')
  const { answerQueries } = await import('../queries/answer.ts')
  const { tellerFor } = await import('../queries/teller.ts')
  const { output } = options
  if (isPicture(output))
    throw new InputError(
      `--output ${output}: draws one path; with --queries give one of ${formats.join(', ')}`,
    )
  const { answers } = await loadRenderer(output)
  const queries = await openQueries(file)
  const network = await loadNetwork(options)
  const render = renderOptions()
  const teller = tellerFor(network, answers, render)
  const tally = await answerQueries(queries, teller, answers, render, writeData)
  process.exitCode = tallyExitCode(tally)
  if (tally.bad > 0 && options.quiet !== true)
    note(`${tally.bad} of ${tally.total} queries could not be answered (first: line ${tally.firstBad})`)
}

/** A bad line fails the run, but only after all others were answered. */
export function tallyExitCode({ bad, verdicts }: Tally): ExitCode {
  if (bad > 0) return exitCodes.failed
  const codes = [...verdicts].map((verdict) => verdictExitCodes[verdict])
  return codes.includes(exitCodes.undecided)
    ? exitCodes.undecided
    : (codes.find((code) => code !== 0) ?? exitCodes.ok)
}

async function loadNetwork(options: ExplainOptions): Promise<Network> {
  const snapshot = await loadSnapshot(options, everything)
  const { compileSnapshot } = await import('../../shared/explain.ts')
  return compileSnapshot(snapshot)
}
