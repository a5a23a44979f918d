/** What the shell is told. Fixed: scripts and CI jobs branch on it. */
export const exitCodes = {
  /** Nothing found, or only findings of severity low and info; reachable. */
  ok: 0,
  /** Findings; blocked or partial. */
  found: 1,
  /** Wrong use, or the run failed. */
  failed: 2,
  /** Could not decide for lack of data. */
  undecided: 3,
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
