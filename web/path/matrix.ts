/** From which of the load balancer's subnets to which targets: the paths of a finding as rows and columns. */
import type { FindingTarget } from '../../shared/findings/finding.ts'
import type { Explanation } from '../../shared/reachability/result.ts'

interface MatrixRow {
  /** Address of the load balancer's node. */
  readonly source: string
  readonly subnet: string | undefined
  /** One for each column; undefined where the pair has no path of its own. */
  readonly cells: readonly (Explanation | undefined)[]
}

interface MatrixColumn {
  readonly destination: string
  readonly port: string
  readonly zone: string | undefined
}

export interface Matrix {
  readonly columns: readonly MatrixColumn[]
  readonly rows: readonly MatrixRow[]
}

/** @param paths one for each pair that is not equal to another one */
export function matrixOf(paths: readonly Explanation[], targets: readonly FindingTarget[]): Matrix {
  const columns = distinct(paths, ({ flow }) => `${flow.destination} ${flow.destinationPorts}`)
  const rows = distinct(paths, ({ flow }) => flow.source)
  return {
    columns: columns.map(({ flow }) => ({
      destination: flow.destination,
      port: flow.destinationPorts,
      zone: targets.find(({ id }) => id === flow.destination)?.availabilityZone,
    })),
    rows: rows.map((path) => ({
      source: path.flow.source,
      subnet: subnetOf(path),
      cells: columns.map(({ flow }) =>
        paths.find(
          (one) =>
            one.flow.source === path.flow.source &&
            one.flow.destination === flow.destination &&
            one.flow.destinationPorts === flow.destinationPorts,
        ),
      ),
    })),
  }
}

/** The first ACL or route on the way is that of the subnet which the packets leave, and says so. */
const subnetOf = ({ forward }: Explanation): string | undefined =>
  forward
    .filter(({ component }) => component.type === 'network-acl' || component.type === 'route-table')
    .map(({ explanation }) => /\bsubnet-[0-9a-z]+/.exec(explanation)?.[0])
    .find((subnet) => subnet !== undefined)

const distinct = (
  paths: readonly Explanation[],
  keyOf: (path: Explanation) => string,
): readonly Explanation[] =>
  [...new Map([...paths].reverse().map((path) => [keyOf(path), path])).values()].reverse()
