/** `hca local`: replays the recorded incidents, prints what people are told, then answers a second terminal. */
import { join } from 'node:path'
import { InputError } from '../../shared/input-error.ts'
import { wrap } from '../../shared/render/plain-text.ts'
import { onInterrupt } from '../interrupt.ts'
import { note, renderOptions, writeData } from '../output.ts'
import { packageRoot } from '../package-root.ts'
import { type Database, LOCAL_TABLE, startDatabase } from './database.ts'
import { openFolder } from './folder.ts'
import { type Incident, readIncidents } from './incidents.ts'
import { startSystem } from './system.ts'
import { terminalChannel } from './terminal.ts'

export interface LocalCommandOptions {
  readonly dir: string
  readonly once?: boolean
  readonly samples?: string
}

/** @throws InputError when the folder is taken or unusable, or an incident came to nothing */
export async function runLocal({ dir, once, samples }: LocalCommandOptions): Promise<void> {
  const incidents = await readIncidents(samples ?? join(packageRoot(), 'samples'))
  const folder = await openFolder(dir)
  const database = await startDatabase(folder.databasePath)
  const close = async () => {
    await folder.withdraw()
    await database.close()
  }
  onInterrupt(close)
  try {
    await folder.announce({ endpoint: database.endpoint, table: LOCAL_TABLE })
    await replayAll(database, incidents)
    note(`${incidents.length} incidents replayed; the findings are kept in ${folder.path}`)
  } catch (error) {
    await close()
    throw error
  }
  if (once) return close()
  note(
    `running. In a second terminal: npm run hca -- findings list${dir === '.hca' ? '' : ` --dir ${folder.path}`}`,
  )
  note('Ctrl-C ends it.')
}

async function replayAll(database: Database, incidents: readonly Incident[]): Promise<void> {
  const problems: string[] = []
  let told = 0
  const print = (text: string) => {
    told += 1
    return writeData(`${text}\n`)
  }
  const system = await startSystem({
    database,
    channels: [terminalChannel(print, renderOptions().colour)],
    onProblem: (problem) => {
      problems.push(problem)
      note(problem)
    },
  })
  try {
    await system.catchUp()
    for (const incident of incidents) {
      const before = told
      await writeData(heading(incident))
      await system.replay(incident)
      if (told === before)
        await writeData('  Nothing new to tell: nothing was found, or it was told before.\n\n')
    }
  } finally {
    system.close()
  }
  if (problems.length > 0) throw new InputError(`${problems.length} of the events above came to nothing`)
}

const heading = ({ name, title, description }: Incident): string =>
  [`▶ ${name.split('-')[0]}  ${title}`, ...wrap(description, 96).map((line) => `  ${line}`), '', ''].join(
    '\n',
  )
