/** Paths that lead over transit gateways. */
import type { TargetFacts } from '../incident.ts'
import type { Breach } from './breaches.ts'

const TRANSIT = 'transit-gateway'

export const crossesTransit = (targets: readonly TargetFacts[]): boolean =>
  targets.some(
    ({ probes }) =>
      probes.known &&
      probes.value.some(({ explanation }) =>
        explanation.forward.some(({ component }) => component.type === TRANSIT),
      ),
  )

export const transitGatewaysOn = ({ paths }: Breach): readonly string[] => [
  ...new Set(
    paths.flatMap(({ probe }) =>
      probe.explanation.forward.flatMap(({ component }) =>
        component.type === TRANSIT ? [component.id] : [],
      ),
    ),
  ),
]
