/** Two operations tell the association of an attachment; where they differ, neither is taken for an answer. */
import { expect, it } from 'vitest'
import { compileSnapshot, explainQuery } from '../../shared/explain.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import * as aws from '../fixtures/index.ts'
import { railway } from '../fixtures/themes/railway.ts'

const lines = railway()
const [machine = ''] = lines.instances

function verdictWith(association: object | undefined) {
  const snapshot = parseSnapshot(aws.jsonOf(lines.world))
  for (const { responses } of snapshot.scopes) {
    const list = responses['ec2:DescribeTransitGatewayAttachments']?.TransitGatewayAttachments ?? []
    for (const one of list)
      Object.assign(one, { Association: association && { ...one.Association, ...association } })
  }
  const { verdict, unknown } = explainQuery(compileSnapshot(snapshot), {
    from: lines.clerk,
    to: machine,
    port: 8080,
  })
  return [verdict, [...new Set(unknown.map(({ missing }) => missing))]]
}

const UNKNOWN = ['unknown', ['ec2:GetTransitGatewayRouteTableAssociations']]

it.each([
  ['another table', { TransitGatewayRouteTableId: 'tgw-rtb-0123456789abcdef0' }, UNKNOWN],
  ['that it ends', { State: 'disassociating' }, UNKNOWN],
  ['the same', {}, ['reachable', []]],
  ['nothing, as to who does not own the gateway', undefined, ['reachable', []]],
])('the attachments tell %s', (_, association, answer) => {
  expect(verdictWith(association)).toEqual(answer)
})
