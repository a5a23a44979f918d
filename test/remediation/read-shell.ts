/** As much of bash as the commands need: words with quotes, and operators between simple commands. */

const OPERATORS = '()|;>'

/** The simple commands of a line, each as its words: `a 'b c' | d` is [[a, b c], [d]]. */
export function commandsIn(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]]
  let rest = line
  while (rest.length > 0) {
    const space = /^\s+/.exec(rest)
    if (space) rest = rest.slice(space[0].length)
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
    const part = /^(?:'([^']*)'|\\(.)|([^'"\\\s()|;>]+))/.exec(text.slice(at))
    if (!part) throw new Error(`not understood: ${text.slice(at, at + 40)}`)
    if (part[3] && /[$`*?[\]{}~#&<!]/.test(part[3])) throw new Error(`unquoted: ${part[3]}`)
    word += part[1] ?? part[2] ?? part[3] ?? ''
    at += part[0].length
  }
  return { text: word, length: at }
}
