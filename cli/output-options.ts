import { type Command, Option } from 'commander'
import { type Format, formats } from './render/index.ts'

export interface OutputOptions {
  readonly output: Format
  readonly quiet?: boolean
}

/** How the answer is printed; the same for every analysis command. */
export const addOutputOptions = (command: Command): Command =>
  command
    .addOption(new Option('--output <format>', 'how to print the answer').choices(formats).default('table'))
    .option('--quiet', 'print the answer and errors, nothing else')
