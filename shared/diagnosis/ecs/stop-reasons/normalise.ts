import { type Category, categories } from './pattern.ts'

/** Straight apostrophes and quotes, one space for each run of white space: AWS writes all of them. */
export const normalise = (text: string): string =>
  text
    .replace(/[\u2018\u2019\u02BC\u00B4`]/g, "'")
    .replace(/[\u201C\u201D]/g, '"')
    .replace(/\s+/g, ' ')
    .trim()

const aliases: Readonly<Record<string, Category>> = {
  ...Object.fromEntries(categories.map((name) => [name.toLowerCase(), name])),
  cannotpullcontainer: 'CannotPullContainerError',
  cannotpullecrcontainererror: 'CannotPullContainerError',
  dockertimeouterror: 'ContainerRuntimeTimeoutError',
  spotinterruption: 'SpotInterruptionError',
}

const NAMES = new RegExp(
  `\\b(?:${Object.keys(aliases)
    .sort((a, b) => b.length - a.length)
    .join('|')})\\b`,
  'i',
)

/** The first that the text names: what follows it is quoted from others. */
export function categoryIn(text: string): Category | undefined {
  const [name] = NAMES.exec(text) ?? []
  return name === undefined ? undefined : aliases[name.toLowerCase()]
}
