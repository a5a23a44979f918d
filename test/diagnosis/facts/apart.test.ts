/** Scopes whose ids are the same, as snapshots that somebody wrote by hand may have them. */
import { describe, expect, it } from 'vitest'
import { audit } from '../../../shared/audit.ts'
import { everything } from '../../../shared/selection.ts'
import { parseSnapshot } from '../../../shared/snapshot/parse.ts'
import * as aws from '../../fixtures/index.ts'
import { bakeryShop } from '../../fixtures/themes/bakery-shop.ts'

/** The bakery at home, and the same one abroad: every id is there twice. */
function inTwoRegions(change: (shop: ReturnType<typeof bakeryShop>) => void) {
  const broken = bakeryShop()
  change(broken)
  const home = aws.jsonOf(broken.world)
  const abroad = JSON.parse(
    JSON.stringify(aws.jsonOf(bakeryShop().world)).replaceAll('ap-northeast-1', 'eu-west-1'),
  )
  return audit(parseSnapshot({ ...home, scopes: [...home.scopes, ...abroad.scopes] }), everything).findings
}

describe('two Regions with the same ids', () => {
  it('are told apart: the fault of one is neither hidden by the other nor blamed on it', () => {
    const findings = inTwoRegions((shop) => {
      aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
      aws.setEgress(shop.world, shop.albGroup)
    })
    const told = findings.map(({ subject, rootCause }) => [subject.kind, subject.region, rootCause.code])
    expect(told).toEqual([['target-group', 'ap-northeast-1', 'net.lb-sg-egress']])
    expect(findings[0]?.remediation[0]?.verified).toBe(true)
  })
})
