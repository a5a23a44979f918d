/**
 * `hca findings serve`: the page and the API of a deployed table on this machine, with the AWS credentials of whoever
 * runs it. The deployed API takes signed requests only, which a browser cannot send.
 */
import { createHandler } from '../../functions/query-findings.ts'
import type { ApiPorts } from '../../shared/api/route.ts'
import { InputError } from '../../shared/input-error.ts'
import { builtPage } from '../built-page.ts'
import { onInterrupt } from '../interrupt.ts'
import { type ApiServer, startApi } from '../local/api-server.ts'
import { contextOf } from '../local/context.ts'
import { note } from '../output.ts'
import { parsePort } from '../port.ts'
import { type ConnectionOptions, connectStore } from './connection.ts'

export interface ServeOptions extends ConnectionOptions {
  readonly port: string
}

/** As whoever runs it, in any Region. */
const explainHere: ApiPorts['explain'] = async (query, { accountId, region }) => {
  if (accountId !== undefined)
    throw new InputError('accountId: here AWS is asked with your own credentials; leave it out')
  const { explainLive } = await import('../../shared/explain-live.ts')
  const { createClients } = await import('../../shared/snapshot/collect/index.ts')
  return explainLive(createClients({ region }), query)
}

/** @throws InputError when no store can be asked, or the port is taken */
export async function serveFindings(options: ServeOptions): Promise<ApiServer> {
  // The function's own log and metrics are nothing for a terminal.
  process.env.POWERTOOLS_METRICS_DISABLED ??= 'true'
  process.env.POWERTOOLS_LOG_LEVEL ??= 'ERROR'
  const port = parsePort(options.port)
  const store = await connectStore(options)
  const site = builtPage()
  const query = createHandler(
    {
      store,
      explain: explainHere,
      now: () => new Date(),
    },
    { site },
  )
  const server = await startApi((event) => query(event, contextOf('query-findings')), port)
  onInterrupt(server.close)
  note(`findings: ${server.url}/findings; Ctrl-C ends it`)
  return server
}
