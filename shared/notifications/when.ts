import type { Message } from './message.ts'

/** `since 2026-11-20 03:12:34 UTC, the 3rd time`; for what is over, from when to when. */
export function whenText({ since, over, occurrences }: Message): string {
  const often = occurrences > 1 ? `, the ${ordinal(occurrences)} time` : ''
  if (over) return `from ${moment(since)} to ${moment(over.at)}, it lasted ${over.lasted}${often}`
  return `since ${moment(since)}${often}`
}

const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`

const ordinal = (count: number): string => {
  const teen = count % 100 > 10 && count % 100 < 14
  return `${count}${(teen ? undefined : ['th', 'st', 'nd', 'rd'][count % 10]) ?? 'th'}`
}
