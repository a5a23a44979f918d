/** What live AWS says, for the commands that were given no snapshot file. */
import { InputError } from '../shared/input-error.ts'
import { type Selection, selectsEverything } from '../shared/selection.ts'
import type { Clients, CollectOptions } from '../shared/snapshot/collect/index.ts'
import { parseSnapshot } from '../shared/snapshot/parse.ts'
import type { Snapshot } from '../shared/snapshot/types.ts'
import { explainAwsError } from './aws-errors.ts'
import { type LiveOptions, liveClients } from './live-options.ts'
import { startProgress } from './progress.ts'

/**
 * The parts of live AWS that the selection needs, validated as a snapshot file is.
 * @throws InputError when AWS cannot be asked: credentials, Region, endpoint, an unknown subject
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

/** Whatever is selected leads to all that concerns it; without a selection the whole Region is asked. */
async function collect(clients: Clients, selection: Selection, options: CollectOptions): Promise<Snapshot> {
  const { collectForSelection, collectRegion, resolveTargetGroupArns } = await import(
    '../shared/snapshot/collect/index.ts'
  )
  if (selectsEverything(selection)) return collectRegion(clients, options)
  const targetGroups = await resolveTargetGroupArns(clients, selection.targetGroups)
  const subjects = { ...selection, targetGroups }
  await checkRegion(clients, subjects)
  return collectForSelection(clients, subjects, options)
}

async function checkRegion(clients: Clients, { targetGroups, services, tasks }: Selection): Promise<void> {
  const region = await clients.ec2.config.region()
  const arns = [...targetGroups, ...services, ...tasks].filter((one) => one.startsWith('arn:'))
  const other = arns.find((arn) => arn.split(':')[3] !== region)
  if (other) throw new InputError(`${other} is not in ${region}: give --region ${other.split(':')[3]}`)
}
