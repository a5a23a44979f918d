/** Route 53 in a sweep: every zone, page by page, and of the record sets only those that lead somewhere. */
import { expect, test } from 'vitest'
import { collectRegion } from '../../../shared/snapshot/collect/index.ts'
import { type Answers, fakeAws, refusal } from './aws.ts'

async function collect(answers: Answers) {
  const aws = fakeAws({ GetCallerIdentity: { Account: '111122223333' }, ...answers })
  const [scope] = (await collectRegion(aws.clients)).scopes
  if (!scope) throw new Error('no scope')
  return { ...aws, scope, records: scope.responses['route53:ListResourceRecordSets'] }
}

const alias = {
  Name: 'shop.example.',
  Type: 'A',
  AliasTarget: { DNSName: 'lb.example.', EvaluateTargetHealth: true },
}
const weighted = {
  Name: 'shop.example.',
  Type: 'A',
  SetIdentifier: 'osaka',
  ResourceRecords: [{ Value: '192.0.2.1' }],
}
const token = { Name: 'example.', Type: 'TXT', ResourceRecords: [{ Value: '"verify=hunter2"' }] }

test('all zones and pages; plain records, which may hold tokens, stay behind', async () => {
  const { inputs, records, scope } = await collect({
    ListHostedZones: ({ Marker }) =>
      Marker === undefined
        ? { HostedZones: [{ Id: '/hostedzone/Z1' }], IsTruncated: true, NextMarker: 'more' }
        : { HostedZones: [{ Id: '/hostedzone/Z2' }], IsTruncated: false },
    ListResourceRecordSets: ({ HostedZoneId, StartRecordName }) => {
      if (HostedZoneId === '/hostedzone/Z2') return { ResourceRecordSets: [token], IsTruncated: false }
      return StartRecordName === undefined
        ? {
            ResourceRecordSets: [alias, token],
            IsTruncated: true,
            NextRecordName: 'shop.example.',
            NextRecordType: 'A',
            NextRecordIdentifier: 'osaka',
          }
        : { ResourceRecordSets: [weighted], IsTruncated: false }
    },
  })
  expect(inputs('ListResourceRecordSets')).toContainEqual({
    HostedZoneId: '/hostedzone/Z1',
    StartRecordName: 'shop.example.',
    StartRecordType: 'A',
    StartRecordIdentifier: 'osaka',
  })
  expect(records).toEqual({
    '/hostedzone/Z1': { ResourceRecordSets: [alias, weighted] },
    '/hostedzone/Z2': { ResourceRecordSets: [] },
  })
  expect(JSON.stringify(scope)).not.toContain('hunter2')
})

test('what may not be listed is an error of that operation, and no reason to stop', async () => {
  const { scope, records } = await collect({
    ListHostedZones: () => Promise.reject(refusal('AccessDenied', 'not authorized')),
  })
  expect(scope.errors['route53:ListHostedZones']).toEqual({ name: 'AccessDenied', message: 'not authorized' })
  expect(records).toEqual({})
})
