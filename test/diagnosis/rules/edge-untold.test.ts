/** Whatever field AWS did not tell of a way in that works: nothing is called broken for it. */
import { expect, it } from 'vitest'
import { audit } from '../../../shared/audit.ts'
import { everything } from '../../../shared/selection.ts'
import { parseSnapshot } from '../../../shared/snapshot/parse.ts'
import * as aws from '../../fixtures/index.ts'
import { bakeryShop } from '../../fixtures/themes/bakery-shop.ts'
import { boxOffice } from '../../fixtures/themes/box-office.ts'
import { type Json, type Path, placesOf } from '../../fuzz/mutants.ts'
import { leavable, leaveOut, saysNone } from '../../fuzz/poorer.ts'
import { refusable } from '../../fuzz/refusable.ts'

/** What the causes of class upstream rest on. */
const READ =
  /^(elasticloadbalancing:Describe(LoadBalancers|Listeners)|apigateway(v2)?:\w+|ec2:Describe(SecurityGroups|RouteTables|Subnets))$/

/** Findings of load balancers; none where the parser refuses the snapshot. */
function told(json: unknown): readonly string[] {
  const result = refusable(() => audit(parseSnapshot(json), everything))
  if (result === 'refused') return []
  return result.findings.flatMap(({ subject, rootCause }) =>
    subject.kind === 'load-balancer' ? [rootCause.title] : [],
  )
}

it.each([
  ['a box office behind API Gateway', boxOffice],
  ['a shop on the internet', bakeryShop],
] as const)('%s', (_, open) => {
  const text = JSON.stringify(aws.jsonOf(open().world))
  const places = leavable(placesOf(JSON.parse(text) as Json), 'region').filter(
    (place: Path) => READ.test(String(place[3])) && !saysNone(place),
  )
  expect(places.length).toBeGreaterThan(100)
  const wrong = places.flatMap((place) => {
    const json = JSON.parse(text) as Json
    leaveOut(json, place)
    return told(json).map((title) => `without ${place.slice(3).join(' > ')}: ${title}`)
  })
  expect(wrong).toEqual([])
})
