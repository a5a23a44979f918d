/** `hca causes`: the catalogue of root causes. */
import type { Command } from 'commander'
import { InputError } from '../../shared/input-error.ts'
import { writeData } from '../output.ts'
import { addOutputOptions, type OutputOptions } from '../output-options.ts'

const EXAMPLES = `
Examples:
  hca causes list
  hca causes show net.lb-sg-egress
  hca causes show ecs.oom --output markdown`

export function registerCauses(program: Command): void {
  const causes = program
    .command('causes')
    .description('the root causes that can be named: what decides them, what ends them')
    .addHelpText('after', EXAMPLES)
  addOutputOptions(causes.command('list')).description('every cause').action(listCauses)
  addOutputOptions(causes.command('show <code>')).description('one cause').action(showCause)
}

async function listCauses({ output }: OutputOptions): Promise<void> {
  const { catalogue } = await import('../../shared/diagnosis/catalogue/index.ts')
  const { renderCauses } = await import('../causes/render.ts')
  await writeData(renderCauses(output, catalogue))
}

async function showCause(code: string, { output }: OutputOptions): Promise<void> {
  const { catalogue } = await import('../../shared/diagnosis/catalogue/index.ts')
  const { renderCause } = await import('../causes/render.ts')
  const entry = catalogue.find((one) => one.code === code)
  if (!entry) {
    const codes = catalogue.map((one) => one.code)
    const near = codes.filter((one) => one.includes(code) || code.includes(one.split('.')[1] ?? one))
    const hint = near.length > 0 ? `did you mean ${near.join(', ')}?` : 'hca causes list names all'
    throw new InputError(`cause ${JSON.stringify(code)} does not exist; ${hint}`)
  }
  await writeData(renderCause(output, entry))
}
