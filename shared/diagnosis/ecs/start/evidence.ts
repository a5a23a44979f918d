/** What AWS said, quoted: the words of the stops, what asks for the way, from where it starts, where it ends. */

import type { Evidence } from '../../../findings/finding.ts'
import { endpointsIn } from '../../../network/in-vpc.ts'
import { listed } from '../../../snapshot/known.ts'
import type { RouteTable, VpcEndpoint } from '../../../snapshot/types.ts'
import type { Incident } from '../../incident.ts'
import { definitionEvidence, stopEvidence, taskEvidence } from '../evidence.ts'
import type { StartBreach } from './claims.ts'
import type { StartFacts } from './facts.ts'
import type { FailedStart } from './trouble.ts'
import { distinct } from './words.ts'

/** The newest failed start of these: the stop, and what its containers say beyond it. */
export const startEvidenceOf = (failed: readonly FailedStart[]): readonly Evidence[] =>
  failed.slice(0, 1).flatMap(sayingEvidence)

const sayingEvidence = ({ stop, sayings }: FailedStart): readonly Evidence[] => {
  const ofContainers = sayings.flatMap(({ source, text }) =>
    source.kind === 'container'
      ? [taskEvidence(stop.task, `containers[${source.name}].reason`, text, 'the container starts')]
      : [],
  )
  const all = [...stopEvidence([stop], 'the task starts'), ...ofContainers]
  return [...new Map(all.map((item) => [`${item.field} ${String(item.observed)}`, item])).values()]
}

/** What every broken way of a start tells. */
export function startEvidence(breaches: readonly StartBreach[], facts: StartFacts): readonly Evidence[] {
  const { definition, tasks, trouble } = facts
  const arn = definition.known ? definition.value.taskDefinitionArn : tasks.service.taskDefinition
  const needs = distinct(breaches.map(({ way }) => way.need))
  return [
    ...startEvidenceOf(trouble.failed),
    ...placeEvidence(facts),
    ...needs.map(({ field, observed, why }) => definitionEvidence(arn, field, observed, `the task ${why}`)),
  ]
}

function placeEvidence({ tasks: { service } }: StartFacts): readonly Evidence[] {
  const observed = service.networkConfiguration?.awsvpcConfiguration
  if (!observed) return []
  return [
    {
      operation: 'ecs:DescribeServices',
      resource: service.serviceArn,
      field: 'networkConfiguration.awsvpcConfiguration',
      observed,
      expected: 'subnets and groups from which AWS’s services are reached',
    },
  ]
}

export const routeTableOf = ({ scope }: Incident, id: string): RouteTable | undefined => {
  const tables = listed(scope, 'ec2:DescribeRouteTables', 'RouteTables')
  return tables.known ? tables.value.find(({ RouteTableId }) => RouteTableId === id) : undefined
}

export const routesEvidence = (incident: Incident, tableId: string, expected: string): Evidence => ({
  operation: 'ec2:DescribeRouteTables',
  resource: tableId,
  field: 'Routes',
  observed: routeTableOf(incident, tableId)?.Routes,
  expected,
})

export const endpointsEvidence = (
  incident: Incident,
  vpcId: string | undefined,
  expected: string,
): Evidence => ({
  operation: 'ec2:DescribeVpcEndpoints',
  resource: vpcId ?? '',
  field: 'VpcEndpoints[].ServiceName',
  observed: endpointsIn(incident.network, vpcId).map(({ VpcEndpointId, ServiceName, State }) => ({
    VpcEndpointId,
    ServiceName,
    State,
  })),
  expected,
})

export const endpointEvidence = (
  endpoint: VpcEndpoint,
  field: keyof VpcEndpoint,
  expected: string,
): Evidence => ({
  operation: 'ec2:DescribeVpcEndpoints',
  resource: endpoint.VpcEndpointId,
  field,
  observed: endpoint[field],
  expected,
})
