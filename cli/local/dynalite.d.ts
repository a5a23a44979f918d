declare module 'dynalite' {
  import type { Server } from 'node:http'

  interface DynaliteOptions {
    /** Folder of the LevelDB store; in memory without it. */
    readonly path?: string
    readonly createTableMs?: number
  }

  export default function dynalite(options?: DynaliteOptions): Server
}
