/** As much of bash as the commands need: words with quotes, "$NAMES", comments, NAME=$(...), and operators between simple commands. */

const OPERATORS = '()|;>'

/** The simple commands of a line, each as its words: `a 'b c' | d` is [[a, b c], [d]]. */
export function commandsIn(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]]
  let rest = line
  while (rest.length > 0) {
    const skipped = /^(?:\s+|[A-Z_]+=\$(?=\())/.exec(rest)
    if (skipped) rest = rest.slice(skipped[0].length)
    else if (rest.startsWith('#')) rest = ''
    else if (OPERATORS.includes(rest.charAt(0))) {
      commands.push([])
      rest = rest.slice(1)
    } else {
      const word = wordAt(rest)
      commands.at(-1)?.push(word.text)
      rest = rest.slice(word.length)
    }
  }
  return commands.filter((words) => words.length > 0)
}

function wordAt(text: string): { readonly text: string; readonly length: number } {
  let word = ''
  let at = 0
  while (at < text.length && !/\s/.test(text.charAt(at)) && !OPERATORS.includes(text.charAt(at))) {
    const part = /^(?:'([^']*)'|"([^"`\\$]*\$[A-Z_]+)"|\\(.)|([^'"\\\s()|;>]+))/.exec(text.slice(at))
    if (!part) throw new Error(`not understood: ${text.slice(at, at + 40)}`)
    const [whole, quoted, name, escaped, plain] = part
    if (plain && /[$`*?[\]{}~#&<!]/.test(plain)) throw new Error(`unquoted: ${plain}`)
    word += quoted ?? name ?? escaped ?? plain ?? ''
    at += whole.length
  }
  return { text: word, length: at }
}
