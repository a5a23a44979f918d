/** The page as `npm start` serves it: on the sample incidents, or on findings made up for a test. */
import { type ApiServer, startApi } from '../../cli/local/api-server.ts'
import { contextOf } from '../../cli/local/context.ts'
import { startDatabase } from '../../cli/local/database.ts'
import { readIncidents } from '../../cli/local/incidents.ts'
import { startSystem } from '../../cli/local/system.ts'
import { createHandler } from '../../functions/query-findings.ts'
import type { ApiPorts } from '../../shared/api/route.ts'
import type { FindingStore } from '../../shared/findings/store.ts'
import { InputError } from '../../shared/input-error.ts'
import { readSite } from '../../shared/read-site.ts'

export interface Served {
  readonly url: string
  readonly close: () => Promise<void>
}

/** @returns also the store that the page shows */
export async function serveSamples(): Promise<Served & { readonly store: FindingStore }> {
  const database = await startDatabase()
  const system = await startSystem({
    database,
    channels: [],
    site: readSite('dist/web'),
    onProblem: (problem) => {
      throw new Error(problem)
    },
  })
  for (const incident of await readIncidents('samples')) await system.replay(incident)
  const server = await startApi(system.api, 0)
  return {
    url: server.url,
    store: system.store,
    async close() {
      await server.close()
      system.close()
      await database.close()
    },
  }
}

export const servePorts = (ports: Partial<ApiPorts> & Pick<ApiPorts, 'store'>): Promise<ApiServer> => {
  const explain: ApiPorts['explain'] = async () => {
    throw new InputError('from: nothing is recorded here')
  }
  const api = createHandler({ explain, now: () => new Date(), ...ports }, { site: readSite('dist/web') })
  return startApi((event) => api(event, contextOf('query-findings')), 0)
}
