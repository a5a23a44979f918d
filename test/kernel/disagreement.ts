/** A disagreement as a person wants it: who says what, and a command that shows the engine's reasons. */
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Snapshot } from '../../shared/snapshot/types.ts'
import type { Judged } from './compare.ts'
import type { Question } from './questions.ts'

/** Writes the snapshot beside it. @param name of the network: its file is called so */
export function disagreementText(name: string, snapshot: Snapshot, disagreed: readonly Judged[]): string {
  const file = join(tmpdir(), `hca-kernel-${name}.snapshot.json`)
  writeFileSync(file, JSON.stringify(snapshot))
  return disagreed.flatMap((judged) => linesOf(file, judged)).join('\n')
}

function linesOf(file: string, { question, passed }: Judged): readonly string[] {
  const { flow, answer, contradiction, natPort } = question
  const kernel = passed ? 'passes it' : 'does not pass it'
  const viaNat = answer.verdict === 'partial' ? `, where the NAT gateway takes port ${natPort}` : ''
  return [
    `${flow.protocol} ${flow.from} -> ${flow.to}: the engine says ${answer.verdict}, the kernel ${kernel}${viaNat}`,
    ...(contradiction === undefined ? [] : [`  the engine against itself: ${contradiction}`]),
    `  ${commandOf(file, question)}`,
  ]
}

const commandOf = (file: string, { flow }: Question): string =>
  [
    `npm run hca -- explain --snapshot ${file} --from ${flow.from} --to ${flow.to}`,
    `--protocol ${flow.protocol} --port ${flow.destinationPorts.from} --source-port ${flow.sourcePorts.from}`,
  ].join(' ')
