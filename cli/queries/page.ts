/** Where answers are written, one behind the other, as UTF-8, until they are taken away. */

/** Taken away in pieces of about this many bytes: few system calls, little memory. */
export const PIECE = 1024 * 1024
const ROOM = 2 * PIECE
/** A character takes no more bytes than this. */
const WIDEST = 3

interface Page {
  readonly add: (text: string) => void
  readonly size: () => number
  /** What is written, good until more is written. */
  readonly take: () => Uint8Array
}

export function newPage(): Page {
  let bytes = Buffer.allocUnsafe(ROOM)
  let end = 0
  return {
    add(text) {
      if (end + WIDEST * text.length > bytes.length)
        bytes = Buffer.concat([bytes.subarray(0, end)], end + WIDEST * text.length + ROOM)
      end += bytes.write(text, end)
    },
    size: () => end,
    take() {
      const taken = bytes.subarray(0, end)
      end = 0
      return taken
    },
  }
}
