/** AWS CLI v2 commands that can be pasted into bash. */

type OptionValue = string | number | boolean | readonly string[] | object | undefined

/**
 * `aws('ec2', 'create-route', 'eu-west-1', { 'route-table-id': 'rtb-0a', ... })`. Texts are quoted where bash needs
 * it, `true` is a flag, lists of texts are words, structures are JSON; what is undefined is left out.
 */
export function aws(
  service: string,
  operation: string,
  region: string,
  options: { readonly [option: string]: OptionValue },
): string {
  const given = Object.entries({ ...options, region }).filter(([, value]) => value !== undefined)
  return [
    'aws',
    service,
    operation,
    ...given.flatMap(([name, value]) => [`--${name}`, ...wordsOf(value)]),
  ].join(' ')
}

function wordsOf(value: OptionValue): readonly string[] {
  if (value === true) return []
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.map(shellWord)
  return [typeof value === 'object' ? quoted(JSON.stringify(value)) : shellWord(String(value))]
}

const SAFE = /^[\w@%+=:,./-]+$/

export const shellWord = (text: string): string => (SAFE.test(text) ? text : quoted(text))

/** Inside single quotes bash leaves everything alone but the single quote itself. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
