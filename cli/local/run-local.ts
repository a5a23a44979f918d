/** `hca local`: replays the recorded incidents, prints what people are told, then answers a second terminal. */
import { join } from 'node:path'
import type { Site } from '../../shared/api/site.ts'
import { HISTORY_DAYS } from '../../shared/findings/retention.ts'
import { InputError } from '../../shared/input-error.ts'
import { wrap } from '../../shared/render/plain-text.ts'
import { builtPage } from '../built-page.ts'
import { onInterrupt } from '../interrupt.ts'
import { note, renderOptions, writeData } from '../output.ts'
import { packageRoot } from '../package-root.ts'
import { parsePort } from '../port.ts'
import { startApi } from './api-server.ts'
import { LOCAL_TABLE, startDatabase } from './database.ts'
import { fileObjects, removeExpired } from './file-objects.ts'
import { type LocalFolder, openFolder } from './folder.ts'
import { type Incident, readIncidents } from './incidents.ts'
import { type LocalSystem, startSystem } from './system.ts'
import { terminalChannel } from './terminal.ts'

export interface LocalCommandOptions {
  readonly dir: string
  readonly port: string
  readonly once?: boolean
  readonly samples?: string
}

/** @throws InputError when the folder or the port is taken or unusable, or an incident came to nothing */
export async function runLocal({ dir, port, once, samples }: LocalCommandOptions): Promise<void> {
  const portNumber = parsePort(port)
  const incidents = await readIncidents(samples ?? join(packageRoot(), 'samples'))
  const folder = await openFolder(dir)
  const running: (() => Promise<void>)[] = [folder.withdraw]
  const close = async () => {
    for (const stop of running.splice(0).reverse()) await stop()
  }
  onInterrupt(close)
  try {
    const site = once ? undefined : builtPage()
    const { system, heard } = await start(folder, running, site)
    const server = once ? undefined : await startApi(system.api, portNumber)
    if (server) running.push(server.close)
    await replayAll(system, incidents, heard)
    note(`${incidents.length} incidents replayed; the findings are kept in ${folder.path}`)
    if (!server) return await close()
    note(`the API answers at ${server.url}/findings (${server.url}/openapi.json tells of it)`)
    if (site) note(`the findings page: open ${server.url}/findings in a browser`)
    note(
      `running. In a second terminal: npm run hca -- findings list${dir === '.hca' ? '' : ` --dir ${folder.path}`}`,
    )
    note('Ctrl-C ends it.')
  } catch (error) {
    await close()
    throw error
  }
}

interface Heard {
  told: number
  readonly problems: string[]
}

/** @param running what is to be stopped at the end, the last first */
async function start(
  folder: LocalFolder,
  running: (() => Promise<void>)[],
  site: Site | undefined,
): Promise<{ readonly system: LocalSystem; readonly heard: Heard }> {
  const database = await startDatabase(folder.databasePath)
  running.push(database.close)
  await folder.announce({ endpoint: database.endpoint, table: LOCAL_TABLE })
  await removeExpired(folder.objectsPath, HISTORY_DAYS, new Date())
  const heard: Heard = { told: 0, problems: [] }
  const print = (text: string) => {
    heard.told += 1
    return writeData(`${text}\n`)
  }
  const system = await startSystem({
    database,
    objects: fileObjects(folder.objectsPath),
    site,
    channels: [terminalChannel(print, renderOptions().colour)],
    onProblem: (problem) => {
      heard.problems.push(problem)
      note(problem)
    },
  })
  running.push(async () => system.close())
  return { system, heard }
}

async function replayAll(system: LocalSystem, incidents: readonly Incident[], heard: Heard): Promise<void> {
  await system.catchUp()
  for (const incident of incidents) {
    const before = heard.told
    await writeData(heading(incident))
    await system.replay(incident)
    if (heard.told === before)
      await writeData('  Nothing new to tell: nothing was found, or it was told before.\n\n')
  }
  if (heard.problems.length > 0)
    throw new InputError(`${heard.problems.length} of the events above came to nothing`)
}

const heading = ({ name, title, description }: Incident): string =>
  [`▶ ${name.split('-')[0]}  ${title}`, ...wrap(description, 96).map((line) => `  ${line}`), '', ''].join(
    '\n',
  )
