import { describe, expect, it } from 'vitest'
import { bounded } from '../../../shared/findings/bounded.ts'
import { blockedPath, checkoutFinding, noEgress } from './checkout.ts'

const size = (value: unknown) => Buffer.byteLength(JSON.stringify(value))

describe('a finding within the size of an item', () => {
  it('a usual one is left as it is', () => {
    const finding = checkoutFinding()
    expect(bounded(finding, 10_000)).toEqual({ finding })
  })

  it('keeps the first paths that fit, and everything else', () => {
    const finding = checkoutFinding({ paths: Array.from({ length: 50 }, () => blockedPath) })
    const { finding: smaller, truncated } = bounded(finding, 10_000)
    expect(truncated).toEqual({ paths: { kept: smaller.paths.length, total: 50 } })
    expect(smaller.paths.length).toBeGreaterThan(2)
    expect(size(smaller)).toBeLessThanOrEqual(10_000)
    expect(size({ ...smaller, paths: [...smaller.paths, blockedPath] })).toBeGreaterThan(10_000)
    expect({ ...smaller, paths: [] }).toEqual({ ...finding, paths: [] })
  })

  it('targets are cut only when the paths were not enough, and the path that shows the break stays', () => {
    const targets = Array.from({ length: 400 }, (_, n) => ({ id: `10.0.1.${n}`, state: 'unhealthy' }))
    const open = { ...blockedPath, verdict: 'reachable' } as const
    const { finding, truncated } = bounded(
      checkoutFinding({ targets, paths: [open, open, blockedPath] }),
      8_000,
    )
    expect(truncated?.paths).toEqual({ kept: 1, total: 3 })
    expect(finding.paths).toEqual([blockedPath])
    expect(truncated?.targets?.total).toBe(400)
    expect(truncated?.targets?.kept).toBeGreaterThan(50)
  })

  it('when nothing else is left, the first of each go too', () => {
    const targets = [{ id: '10.0.1.15', state: 'unhealthy', description: 'é'.repeat(20_000) }]
    const { finding, truncated } = bounded(checkoutFinding({ targets }), 8_000)
    expect(truncated?.targets).toEqual({ kept: 0, total: 1 })
    expect(finding.rootCause).toEqual(noEgress)
  })

  it('evidence of any size does not break the limit', () => {
    const evidence = [
      {
        operation: 'ec2:DescribeSecurityGroups',
        resource: 'sg',
        field: 'x',
        observed: 'é'.repeat(50_000),
        expected: 'y',
      },
    ]
    const { finding, truncated } = bounded(checkoutFinding({ cause: { ...noEgress, evidence } }), 20_000)
    expect(truncated?.evidence).toEqual({ kept: 0, total: 1 })
    expect(size(finding)).toBeLessThanOrEqual(20_000)
  })
})
