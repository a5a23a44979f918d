/** Listeners as clients meet them: from where the load balancer's groups admit traffic to each. */
import type { Evidence } from '../../findings/finding.ts'
import { known } from '../../snapshot/known.ts'
import type { IpPermission, Known, LoadBalancer } from '../../snapshot/types.ts'
import type { Patch } from '../fix.ts'
import type { Incident } from '../incident.ts'
import { type Admitted, admitted, sourcesOf } from './admitted.ts'
import { type Listener, listenersOf, protocolsOf } from './listeners.ts'
import { listenerText } from './words.ts'

export interface Door {
  readonly listener: Listener
  readonly from: Admitted
}

export function doorsOf({ network, scope }: Incident, balancer: LoadBalancer): Known<readonly Door[]> {
  const listeners = listenersOf(scope, balancer)
  if (!listeners.known) return listeners
  const doors: Door[] = []
  for (const listener of listeners.value) {
    const from = admitted(network, balancer.SecurityGroups ?? [], listener.Port, protocolsOf(listener))
    if (!from.known) return from
    doors.push({ listener, from: from.value })
  }
  return known(doors)
}

export const groupsEvidence = ({ listener, from }: Door, groupIds: readonly string[]): readonly Evidence[] =>
  groupIds.map((resource) => ({
    operation: 'ec2:DescribeSecurityGroups',
    resource,
    field: 'IpPermissions',
    observed: sourcesOf(from),
    expected: `whoever calls ${listenerText(listener)}`,
  }))

/** Rules that let a client in to each of the doors. */
export const admitting = (
  groupId: string,
  doors: readonly Door[],
  peer: Partial<IpPermission>,
): readonly Patch[] =>
  doors.flatMap(({ listener }) =>
    protocolsOf(listener).map((IpProtocol) => ({
      kind: 'security-group-rule',
      groupId,
      direction: 'ingress',
      permission: { IpProtocol, FromPort: listener.Port, ToPort: listener.Port, ...peer },
    })),
  )
