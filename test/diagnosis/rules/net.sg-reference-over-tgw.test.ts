import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { type RailwayOptions, railway } from '../../fixtures/themes/railway.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'
import { findingsOf, theOne } from '../findings.ts'

const code = 'net.sg-reference-over-tgw'

/** The timetable admits the load balancer's group, which it sees over the transit gateway or not. */
function timetable(options: RailwayOptions = {}) {
  const lines = railway(options)
  aws.setIngress(lines.world, lines.timetableGroup, aws.tcp(8080).fromGroup(lines.albGroup))
  aws.setHealth(lines.world, lines.targetGroup, aws.health.timeout)
  return lines
}

const ofGroup = ({ world, targetGroup }: ReturnType<typeof railway>) =>
  theOne(findingsOf(world).filter(({ subject }) => subject.arn === targetGroup))

describe(code, () => {
  it('an inbound rule refers to a group, and the transit gateway does not support that', () => {
    const lines = timetable()
    const finding = ofGroup(lines)
    expect(finding.rootCause).toMatchObject({
      code,
      confidence: 'proven',
      awsExplanationCode: 'SG_REFERENCING_SUPPORT',
      title: expect.stringContaining(
        `the way leads over ${lines.gateway}: there inbound rules match only where all of it supports that`,
      ),
    })
    expect(finding.remediation[0]).toMatchObject({ verified: true })
  })

  it('an outbound rule never matches over a transit gateway, whatever it supports', () => {
    const lines = railway({ groupReferences: 'enable' })
    aws.setEgress(lines.world, lines.albGroup, aws.tcp(8080).toGroup(lines.timetableGroup))
    aws.setHealth(lines.world, lines.targetGroup, aws.health.timeout)
    const finding = ofGroup(lines)
    expect(finding.rootCause).toMatchObject({ code, component: { id: lines.albGroup } })
    expect(finding.rootCause.title).toContain('there outbound rules never match')
    expect(finding.remediation[0]).toMatchObject({ verified: true })
  })

  it('is not: everything supports references', () => {
    const lines = timetable({ groupReferences: 'enable' })
    expect(codes(diagnosed(lines.world, lines.targetGroup))).not.toContain(code)
  })

  it('is not: a rule for addresses that leaves the load balancer out is no reference', () => {
    const lines = timetable()
    aws.setIngress(lines.world, lines.timetableGroup, aws.tcp(8080).fromCidr('10.99.0.0/16'))
    expect(causeOf(diagnosed(lines.world, lines.targetGroup), 'net.target-sg-ingress').confidence).toBe(
      'proven',
    )
    expect(codes(diagnosed(lines.world, lines.targetGroup))).not.toContain(code)
  })

  it('is ruled out where addresses are admitted', () => {
    const lines = railway()
    aws.setHealth(lines.world, lines.targetGroup, aws.health.timeout)
    expect(reasonAgainst(diagnosed(lines.world, lines.targetGroup), code)).toContain(
      'no rule that the check needs',
    )
  })

  it.each(['ec2:DescribeTransitGateways', 'ec2:DescribeSecurityGroups'] as const)(
    'is unknown without %s',
    (operation) => {
      const lines = timetable()
      const json = aws.withError(aws.jsonOf(lines.world), operation)
      const diagnosis = diagnosed(json, lines.targetGroup)
      expect(codes(diagnosis)).not.toContain(code)
      expect(missingFor(diagnosis, code)).toContain(operation)
    },
  )
})
