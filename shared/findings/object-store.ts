/** The port of the object store: where a finding that is too large for an item of the table is whole. */

interface ObjectAddress {
  readonly bucket: string
  readonly key: string
}

export interface ObjectReader {
  /**
   * @returns undefined when there is no such object
   * @throws Error when it may not be read, or not now
   */
  readonly get: (at: ObjectAddress) => Promise<Uint8Array | undefined>
}

export interface ObjectStore extends ObjectReader {
  readonly bucket: string
  /** It goes by itself when the days of the history are over, unless it is kept. Put again, its days begin anew. */
  readonly put: (key: string, body: Uint8Array) => Promise<void>
  /** It stays, until it is released or put again. @returns false when there is no such object */
  readonly keep: (key: string) => Promise<boolean>
  /** It goes when its days are over, counted from when it was put. Harmless where there is none. */
  readonly release: (key: string) => Promise<void>
}

/** Where a finding is whole, and how to tell that it is. */
export interface ObjectPointer extends ObjectAddress {
  /** Of the finding as JSON, hexadecimal. */
  readonly sha256: string
  /** Of the same JSON; the object is compressed. */
  readonly bytes: number
}
