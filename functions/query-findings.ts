/** API Gateway (HTTP API, payload 2.0) -> what was found, and whether X can reach Y. The routes: shared/api/routes. */
import { fileURLToPath } from 'node:url'
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware'
import { MetricUnit } from '@aws-lambda-powertools/metrics'
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware'
import middy from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { type ApiSettings, answerRequest } from '../shared/api/answer.ts'
import { requestOf } from '../shared/api/request.ts'
import type { ApiPorts } from '../shared/api/route.ts'
import { lazily, requiredSetting } from '../shared/environment.ts'
import { explainPlace, placesIn } from '../shared/explain-place.ts'
import { connectTable } from '../shared/findings/connect.ts'
import { connectReader } from '../shared/findings/connect-reader.ts'
import { dynamodbStore } from '../shared/findings/dynamodb-store.ts'
import { discoverLogin } from '../shared/login/discover.ts'
import { loginSettings } from '../shared/login/settings.ts'
import { placesSettings } from '../shared/places-settings.ts'
import { readSite } from '../shared/read-site.ts'
import type { Clients } from '../shared/snapshot/collect/index.ts'
import type { Place } from '../shared/snapshot/types.ts'
import { createTelemetry } from '../shared/telemetry.ts'

/**
 * Lambda answers with at most 6 MB, in which the quotes and backslashes of JSON are written as two characters: whatever
 * somebody called his resources, twice as much fits.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const MOST_BYTES = 3_000_000

type Serving = Pick<ApiSettings, 'allowedOrigin' | 'site' | 'login' | 'closed'>

export function createHandler(ports: ApiPorts, serving: Serving = {}) {
  const { logger, metrics } = createTelemetry('query-findings')
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .handler(async (event, { awsRequestId: requestId }) => {
      const onFailure = (error: unknown) => logger.error('a request failed', { error: error as Error })
      const { status, ...answer } = await answerRequest(ports, requestOf(event), {
        ...serving,
        requestId,
        onFailure,
      })
      metrics.addMetric('Requests', MetricUnit.Count, 1)
      metrics.addMetric('RequestsRefused', MetricUnit.Count, status >= 400 && status < 500 ? 1 : 0)
      metrics.addMetric('RequestsFailed', MetricUnit.Count, status >= 500 ? 1 : 0)
      return { statusCode: status, ...answer }
    })
}

/** The build puts the findings page there. */
const besideThisFile = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

export const handler = lazily(() => {
  const now = () => new Date()
  const store = dynamodbStore(connectTable(requiredSetting('FINDINGS_TABLE')), {
    now,
    reader: connectReader(),
    mostBytes: MOST_BYTES,
  })
  const login = loginSettings()
  let clientsOf: ((place: Place) => Clients) | undefined
  const own = { accountId: requiredSetting('ACCOUNT_ID'), region: requiredSetting('AWS_REGION') }
  const members = placesIn(process.env.MEMBER_PLACES)
  const explain: ApiPorts['explain'] = async (query, asked) => {
    const place = explainPlace(asked, own, members)
    // The engine and the clients that it needs take a third of a second to load: only for who asks for a path.
    const { explainLive } = await import('../shared/explain-live.ts')
    const { clientsByPlace } = await import('../shared/snapshot/collect/index.ts')
    clientsOf ??= clientsByPlace(placesSettings())
    return explainLive(clientsOf(place), query)
  }
  return createHandler(
    { store, explain, now },
    {
      allowedOrigin: process.env.ALLOWED_ORIGIN,
      site: readSite(besideThisFile('web')),
      login: login && discoverLogin(login),
      closed: true,
    },
  )
})
