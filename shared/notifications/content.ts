/** A message in words and in reading order, without a layout: what a channel renders. */

export interface Content {
  /** `CRITICAL · new`, `RESOLVED`. */
  readonly label: string
  readonly mark: Mark
  /** One sentence. */
  readonly headline: string
  /** Absent where more than one finding is spoken of. */
  readonly facts?: Facts
  /** Without empty ones. */
  readonly sections: readonly Section[]
  readonly links: readonly Link[]
  /** The problem is over: the sections say what it was. */
  readonly over: boolean
  /** The sections were told before: who cannot edit a message need not repeat them. */
  readonly toldBefore: boolean
}

type Mark = '✓' | '✗' | '?'

export interface Facts {
  /** `net.nacl (proven)`. */
  readonly cause: string
  readonly component: string
  /** `since 2026-11-20 03:12:34 UTC, the 3rd time`. */
  readonly when: string
  /** `last changed by ... with RevokeSecurityGroupEgress at ...`, once known. */
  readonly changed?: string
  readonly account: string
  readonly region: string
  readonly finding: string
}

export interface Link {
  readonly text: string
  readonly url: string
}

export type Section = ListSection | DrawingSection | FixSection

export interface ListSection {
  readonly layout: 'list'
  readonly title: string
  readonly items: readonly Item[]
  /** How many more there are. */
  readonly more: number
}

export interface Item {
  readonly mark?: Mark
  readonly text: string
}

/** Lines that need a fixed-width font. */
export interface DrawingSection {
  readonly layout: 'drawing'
  readonly title: string
  /** @param width columns */
  readonly lines: (width: number) => readonly string[]
}

export interface FixSection {
  readonly layout: 'fix'
  readonly title: string
  readonly goal: string
  readonly steps: readonly Step[]
  readonly opens: string
}

interface Step {
  readonly text: string
  /** To be pasted: not to be broken or altered. */
  readonly commands: readonly string[]
}

/** A finding may hold hundreds of each; a person reads the first. */
const MAX_ITEMS = 10

/**
 * @param total how many there are, where not all are here
 * @returns nothing for an empty list
 */
export const listSection = (
  title: string,
  items: readonly Item[],
  total = items.length,
): readonly ListSection[] =>
  items.length === 0
    ? []
    : [
        {
          layout: 'list',
          title,
          items: items.slice(0, MAX_ITEMS),
          more: Math.max(0, total - MAX_ITEMS),
        },
      ]
