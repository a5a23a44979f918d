/** Where an analysis gets its snapshot from: a file, or AWS now. */
import type { Command } from 'commander'
import type { Selection } from '../shared/selection.ts'
import type { Snapshot } from '../shared/snapshot/types.ts'
import { addLiveOptions } from './live-options.ts'
import type { liveSnapshot } from './live-snapshot.ts'

export type SourceOptions = Parameters<typeof liveSnapshot>[0] & { readonly snapshot?: string }

export const addSourceOptions = (command: Command): Command =>
  addLiveOptions(
    command.option('--snapshot <file>', 'a recorded snapshot, plain or gzip, in place of live AWS'),
  )

/** @param selection what a live collection may be limited to; a file is taken as it is */
export async function loadSnapshot(options: SourceOptions, selection: Selection): Promise<Snapshot> {
  if (options.snapshot !== undefined) {
    const { readSnapshot } = await import('../shared/snapshot/read.ts')
    return readSnapshot(options.snapshot)
  }
  const { liveSnapshot } = await import('./live-snapshot.ts')
  return liveSnapshot(options, selection)
}
