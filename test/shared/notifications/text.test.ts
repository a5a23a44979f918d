import { describe, expect, it } from 'vitest'
import type { FindingRecord } from '../../../shared/findings/record.ts'
import { durationText } from '../../../shared/notifications/duration.ts'
import { messageFor } from '../../../shared/notifications/message.ts'
import { messageText } from '../../../shared/notifications/text.ts'
import { checkoutFinding, path404 } from '../findings/checkout.ts'
import { recordOf } from './records.ts'

const textOf = (record: FindingRecord) => messageText(messageFor(record))

describe('what people read when something is wrong', () => {
  it('the cause, the path with the broken hop, who is affected, the fix and what was ruled out', () => {
    expect(textOf(recordOf(checkoutFinding()))).toMatchInlineSnapshot(`
      "━━ CRITICAL · new ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
      ✗ target group checkout: The load balancer may not connect to port 8000 of its targets
        net.lb-sg-egress (proven) in security group sg-0a11ba1a (shop-alb)
        since 2026-11-20 03:12:34 UTC
        account 111122223333 · ap-northeast-1 · finding f1bceec8c1d3c101e772a8b2b27465f5

      Affected
        ✗ 10.0.1.15:8000  ap-northeast-1a  unhealthy  Target.Timeout: Request timed out

      Path
        there ✗ blocked   tcp 10.0.0.10:1024-65535 → 10.0.1.15:8000
          ✓      network interface eni-0a1b0001         the load balancer sends from here
          ✗ out  security group sg-0a11ba1a (shop-alb)  ◀ BLOCKED HERE
          ┊     no outbound rule lets tcp 8000 to 10.0.1.15 pass

      Evidence
        ec2:DescribeSecurityGroups sg-0a11ba1a: IpPermissionsEgress is []; expected: tcp 8000 to
          sg-07a26e75

      Fix (verified: applied to the snapshot, the analysis comes out clean)
        Let the load balancer connect to its targets
        1. Add an outbound rule to sg-0a11ba1a
           aws ec2 authorize-security-group-egress --group-id sg-0a11ba1a --ip-permissions IpProtocol=tcp,FromPort=8000,ToPort=8000,UserIdGroupPairs=[{GroupId=sg-07a26e75}]
        Opens: tcp 8000 from the load balancer shop-alb to the checkout tasks

      Ruled out
        ✓ net.nacl: the network ACLs of both subnets let tcp 8000 and its replies pass"
    `)
  })

  it('of a large finding it counts what the record does not hold', () => {
    const targets = Array.from({ length: 20 }, (_, n) => ({
      id: `10.0.1.${n}`,
      port: 8000,
      state: 'unhealthy',
    }))
    const text = textOf({
      ...recordOf(checkoutFinding({ targets })),
      truncated: { targets: { kept: 20, total: 400 }, paths: { kept: 1, total: 900 } },
    })
    expect(text).toContain('390 more')
    expect(text).toContain('(and 899 more of the kind)')
  })

  it('no line but a command is longer than 100 columns', () => {
    const targets = Array.from({ length: 30 }, (_, n) => ({
      id: `10.0.1.${n}`,
      port: 8000,
      state: 'unhealthy',
      reason: 'Target.Timeout',
      description: 'word '.repeat(40),
    }))
    const text = textOf(
      recordOf(checkoutFinding({ targets, otherCauses: [{ ...path404, title: 'long '.repeat(60) }] })),
    )
    const long = text.split('\n').filter((line) => line.length > 100)
    expect(long.map((line) => line.trim().split(' ').slice(0, 2))).toEqual([['aws', 'ec2']])
    expect(text).toContain('… and 20 more')
  })

  it('a problem that comes back says so', () => {
    const text = textOf({
      ...recordOf(checkoutFinding()),
      changeKind: 'reopened',
      occurrences: 3,
      version: 5,
    })
    expect(text).toContain('CRITICAL · again')
    expect(text).toContain('since 2026-11-20 03:12:34 UTC, the 3rd time')
  })

  it('what is not known is said, with the operation that would tell', () => {
    const unknown = [{ code: 'net.nacl', missing: 'ec2:DescribeNetworkAcls', because: 'AccessDenied' }]
    const text = textOf(recordOf({ ...checkoutFinding(), unknown }))
    expect(text).toContain('Not known\n  ? net.nacl: ec2:DescribeNetworkAcls did not tell: AccessDenied')
  })

  it('a fix that was not verified is not called verified', () => {
    const finding = checkoutFinding()
    const text = textOf(
      recordOf({ ...finding, remediation: finding.remediation.map((fix) => ({ ...fix, verified: false })) }),
    )
    expect(text).toContain('Fix (not verified by a second analysis)')
  })
})

describe('what people read when it is over', () => {
  it('what it was, and how long it lasted; no path and no fix', () => {
    const record: FindingRecord = {
      ...recordOf(checkoutFinding()),
      status: 'resolved',
      changeKind: 'resolved',
      resolvedAt: '2026-11-20T08:55:48.000Z',
      version: 2,
    }
    expect(textOf(record)).toMatchInlineSnapshot(`
      "━━ RESOLVED ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
      ✓ target group checkout: resolved. It was: The load balancer may not connect to port 8000 of its
        targets
        net.lb-sg-egress (proven) in security group sg-0a11ba1a (shop-alb)
        from 2026-11-20 03:12:34 UTC to 2026-11-20 08:55:48 UTC, it lasted 5 h 43 min
        account 111122223333 · ap-northeast-1 · finding f1bceec8c1d3c101e772a8b2b27465f5"
    `)
  })
})

describe('names from AWS cannot steer a terminal', () => {
  it('control characters and escape sequences are gone, line breaks in names too', () => {
    const finding = checkoutFinding()
    const subject = { ...finding.subject, name: 'check\u001b[31mout\r\nFix: run rm -rf\u0007\u202e' }
    const component = { ...finding.rootCause.component, name: 'shop\u0000\u009b2J' }
    const text = textOf(recordOf({ ...finding, subject, rootCause: { ...finding.rootCause, component } }))
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(text).toContain('checkout Fix: run rm -rf: The load balancer')
  })

  it('a command keeps its lines', () => {
    const finding = checkoutFinding()
    const remediation = finding.remediation.map((fix) => ({
      ...fix,
      steps: [{ title: 'Two lines', cli: ['aws ec2 authorize \\\n    --group-id sg-1\u001b[2J'] }],
    }))
    expect(textOf(recordOf({ ...finding, remediation }))).toContain(
      '     aws ec2 authorize \\\n         --group-id sg-1\n',
    )
  })
})

it.each([
  [0, '0 s'],
  [40_000, '40 s'],
  [14 * 60_000, '14 min'],
  [3_723_000, '1 h 2 min'],
  [2 * 86_400_000 + 3 * 3_600_000 + 60_000, '2 d 3 h'],
  [-5, '0 s'],
])('%d ms is %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text)
})
