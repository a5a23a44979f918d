/** `node:util` of the page: it has no terminal to steer, and control characters become spaces all the same. */
export const stripVTControlCharacters = (text: string): string => text
