import { type Command, Option } from 'commander'
import { type Format, formats, type PictureFormat, pictureFormats } from './render/index.ts'

export interface OutputOptions {
  readonly output: Format
  readonly quiet?: boolean
}

/** An analysis can also be drawn. */
export interface AnalysisOutputOptions {
  readonly output: Format | PictureFormat
  readonly quiet?: boolean
}

const addOptions = (command: Command, choices: readonly string[]): Command =>
  command
    .addOption(new Option('--output <format>', 'how to print the answer').choices(choices).default('table'))
    .option('--quiet', 'print the answer and errors, nothing else')

/** How the answer is printed. */
export const addOutputOptions = (command: Command): Command => addOptions(command, formats)

/** The same for every analysis command. */
export const addAnalysisOutputOptions = (command: Command): Command =>
  addOptions(command, [...formats, ...pictureFormats])
