/** One more statement in the policy of an endpoint. What it denies, no statement can allow. */
import type { VpcEndpoint } from '../../../snapshot/types.ts'
import type { Fix } from '../../fix.ts'
import type { Permission } from './permissions.ts'
import { anyOf, distinct } from './words.ts'

export function policyFixes(endpoint: VpcEndpoint, asked: readonly Permission[]): readonly Fix[] {
  const statements = statementsOf(endpoint)
  if (!statements || asked.some(({ byEndpoint }) => byEndpoint?.kind === 'denied')) return []
  const added = distinct(asked.map(({ need }) => anyOf(need.resource))).map((Resource) => ({
    Effect: 'Allow',
    Principal: '*',
    Action: distinct(
      asked.filter(({ need }) => anyOf(need.resource) === Resource).map(({ need }) => need.action),
    ),
    Resource,
  }))
  const policy = { Version: '2012-10-17', Statement: [...statements, ...added] }
  return [
    {
      title: `Let the policy of ${endpoint.VpcEndpointId} allow what the start needs`,
      patches: [{ kind: 'vpc-endpoint', endpointId: endpoint.VpcEndpointId, settings: { policy } }],
      verifiable: true,
    },
  ]
}

function statementsOf({ PolicyDocument = '' }: VpcEndpoint): readonly object[] | undefined {
  try {
    const { Statement } = JSON.parse(PolicyDocument) as { readonly Statement?: object | readonly object[] }
    return Statement === undefined ? undefined : [Statement].flat()
  } catch {
    return undefined
  }
}
