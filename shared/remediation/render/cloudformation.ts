/** CloudFormation resources as YAML, to be put under `Resources` of a template. */
import { Document } from 'yaml'
import { oneLine, wordsIn } from './names.ts'

export interface Resource {
  readonly Type: `AWS::${string}`
  readonly Properties: { readonly [property: string]: unknown }
}

/** @param note what to do with it, where the resource exists in a template already */
export function cloudformation(resources: { readonly [logicalId: string]: Resource }, note?: string): string {
  // CloudFormation reads YAML 1.1, in which an unquoted "no" or "1:30" is not a text.
  const document = new Document(withoutUndefined(resources), { version: '1.1', aliasDuplicateObjects: false })
  const comment = note === undefined ? '' : `# ${oneLine(note)}\n`
  return comment + document.toString({ lineWidth: 0, directives: false })
}

/** Letters and digits only: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
export const logicalId = (...parts: readonly string[]): string =>
  wordsIn(parts)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')

const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
