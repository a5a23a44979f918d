import { expect, it } from 'vitest'
import { findingLinks, pageUrlOf } from '../../../shared/notifications/links.ts'
import { messageFor } from '../../../shared/notifications/message.ts'
import { messageText } from '../../../shared/notifications/text.ts'
import { checkoutFinding } from '../findings/checkout.ts'
import { recordOf } from './records.ts'

it.each([
  [undefined, undefined],
  ['', undefined],
  ['https://findings.example.com', 'https://findings.example.com'],
  ['https://example.com/hca//', 'https://example.com/hca'],
  ['http://localhost:8080/', 'http://localhost:8080'],
  ['https://user:hush@example.com/hca?tab=1#top', 'https://example.com/hca'],
])('FINDINGS_URL %j is %j', (given, url) => {
  expect(pageUrlOf(given)).toBe(url)
})

it.each(['findings.example.com', 'javascript:alert(1)', 'ftp://example.com'])(
  'FINDINGS_URL %j is refused in words',
  (given) => {
    expect(() => pageUrlOf(given)).toThrow(`FINDINGS_URL is "${given}": give the address of the page`)
  },
)

it('a message links to its finding and to its cause, where the page is known', () => {
  const record = recordOf(checkoutFinding())
  expect(findingLinks(messageFor(record))).toEqual([])
  const text = messageText(messageFor(record, 'opened', 'https://example.com/hca'))
  expect(text).toContain(`\n  This finding: https://example.com/hca/findings/${record.finding.id}\n`)
  expect(text).toContain('\n  About net.lb-sg-egress: https://example.com/hca/causes/net.lb-sg-egress\n')
})
