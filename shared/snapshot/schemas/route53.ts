/** What the analysis reads of Route 53. https://docs.aws.amazon.com/Route53/latest/APIReference/ */
import * as z from 'zod'
import { flag, text } from './common.ts'

export const hostedZone = z.object({ Id: z.string(), Name: text })

/** Whole, since a change of a record set names everything it has. */
export const recordSet = z.looseObject({
  Name: z.string(),
  Type: z.string(),
  SetIdentifier: text,
  Weight: z.number().optional(),
  Failover: text,
  /** Such record sets change with their policy only. */
  TrafficPolicyInstanceId: text,
  AliasTarget: z.object({ HostedZoneId: text, DNSName: text, EvaluateTargetHealth: flag }).optional(),
})
