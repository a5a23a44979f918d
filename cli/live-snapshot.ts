/** What live AWS says, for the commands that were given no snapshot file. */
import { InputError } from '../shared/input-error.ts'
import type { Selection } from '../shared/selection.ts'
import type { Clients, CollectOptions } from '../shared/snapshot/collect/index.ts'
import { parseSnapshot } from '../shared/snapshot/parse.ts'
import type { Snapshot } from '../shared/snapshot/types.ts'
import { explainAwsError } from './aws-errors.ts'
import { type LiveOptions, liveClients } from './live-options.ts'
import { startProgress } from './progress.ts'

/**
 * The parts of live AWS that the selection needs, validated as a snapshot file is.
 * @throws InputError when AWS cannot be asked: credentials, Region, endpoint, an unknown target group
 */
export const liveSnapshot = async (options: LiveOptions, selection: Selection): Promise<Snapshot> =>
  parseSnapshot(await collectLive(options, selection), 'live AWS')

/** The same as AWS gave it, with what the analysis does not read (yet): the form that is written to a file. */
export async function collectLive(options: LiveOptions, selection: Selection): Promise<Snapshot> {
  const progress = startProgress(options)
  try {
    return await collect(await liveClients(options), selection, progress.collectOptions)
  } catch (error) {
    throw explainAwsError(error, options.endpointUrl)
  } finally {
    progress.stop()
  }
}

/** Services and tasks may be anywhere in the Region; target groups lead to all that concerns them. */
async function collect(clients: Clients, selection: Selection, options: CollectOptions): Promise<Snapshot> {
  const { collectForTargetGroups, collectRegion, resolveTargetGroupArns } = await import(
    '../shared/snapshot/collect/index.ts'
  )
  const scoped = selection.targetGroups.length > 0 && selection.services.length + selection.tasks.length === 0
  if (!scoped) return collectRegion(clients, options)
  const arns = await resolveTargetGroupArns(clients, selection.targetGroups)
  await checkRegion(clients, arns)
  return collectForTargetGroups(clients, arns, options)
}

async function checkRegion(clients: Clients, arns: readonly string[]): Promise<void> {
  const region = await clients.ec2.config.region()
  const other = arns.find((arn) => arn.split(':')[3] !== region)
  if (other)
    throw new InputError(`target group ${other} is not in ${region}: give --region ${other.split(':')[3]}`)
}
