import type { FindingTarget } from '../../shared/findings/finding.ts'
import type { Explanation, HopVerdict, Verdict } from '../../shared/reachability/result.ts'
import { legVerdicts, pathMarks } from '../../shared/render/path-text.ts'
import { matrixOf } from './matrix.ts'

interface MatrixViewProps {
  readonly paths: readonly Explanation[]
  readonly targets: readonly FindingTarget[]
  readonly chosen: Explanation
  readonly onChoose: (path: Explanation) => void
}

const KINDS = {
  reachable: 'pass',
  partial: 'partial',
  blocked: 'block',
  unknown: 'unknown',
} as const satisfies Record<Verdict, HopVerdict>

export function MatrixView({ paths, targets, chosen, onChoose }: MatrixViewProps) {
  const { columns, rows } = matrixOf(paths, targets)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="matrix" aria-label="Load balancer subnets and targets" tabIndex={0}>
      <table>
        <caption>
          Each load balancer subnet against each target. Pairs that are equal are judged once (·).
        </caption>
        <thead>
          <tr>
            <th scope="col">from \ to</th>
            {columns.map(({ destination, port, zone }) => (
              <th scope="col" key={destination + port}>
                {destination}
                {port && `:${port}`}
                <small>{zone}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ source, subnet, cells }) => (
            <tr key={source}>
              <th scope="row">
                {source}
                <small>{subnet}</small>
              </th>
              {cells.map((path, at) => (
                <td key={columns[at]?.destination}>
                  {path ? <Cell path={path} pressed={path === chosen} onChoose={onChoose} /> : '·'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface CellProps extends Pick<MatrixViewProps, 'onChoose'> {
  readonly path: Explanation
  readonly pressed: boolean
}

function Cell({ path, pressed, onChoose }: CellProps) {
  const kind = KINDS[path.verdict]
  return (
    <button
      type="button"
      class={`badge verdict-${kind}`}
      aria-pressed={pressed}
      onClick={() => onChoose(path)}
    >
      {pathMarks[kind]} {legVerdicts[kind]}
    </button>
  )
}
