/** `shared/findings/finding.ts` as a schema. */
import * as z from 'zod'
import { severities } from '../../findings/finding.ts'
import { componentSchema, explanationSchema, missingSchema } from './explanation.ts'
import { named } from './registry.ts'

const subjectSchema = z
  .object({
    kind: z.enum(['target-group', 'ecs-service', 'ecs-task', 'load-balancer']),
    arn: z.string(),
    name: z.string(),
    accountId: z.string(),
    region: z.string(),
  })
  .register(named, { id: 'Subject' })

const targetSchema = z
  .object({
    id: z.string(),
    port: z.int().optional(),
    availabilityZone: z.string().optional(),
    state: z.string(),
    reason: z.string().optional(),
    description: z.string().optional(),
  })
  .describe('A registered target as ELBv2 reports it')
  .register(named, { id: 'Target' })

const evidenceSchema = z
  .object({
    operation: z.string(),
    resource: z.string(),
    field: z.string(),
    observed: z.unknown(),
    expected: z.string(),
  })
  .describe('What AWS said, and what it should have said')
  .register(named, { id: 'Evidence' })

const causeSchema = z
  .object({
    code: z.string(),
    confidence: z.enum(['proven', 'likely', 'possible']),
    title: z.string(),
    component: componentSchema,
    awsExplanationCode: z.string().optional(),
    evidence: z.array(evidenceSchema),
  })
  .register(named, { id: 'Cause' })

const stepSchema = z.object({
  title: z.string(),
  cli: z.array(z.string()),
  cloudformation: z.string().optional(),
  terraform: z.string().optional(),
})

const remediationSchema = z
  .object({ title: z.string(), steps: z.array(stepSchema), opens: z.string(), verified: z.boolean() })
  .describe('A complete cure; verified: it was tried on a copy')
  .register(named, { id: 'Remediation' })

export const findingSchema = z
  .object({
    id: z.string(),
    subject: subjectSchema,
    targets: z.array(targetSchema),
    severity: z.enum(severities),
    rootCause: causeSchema,
    otherCauses: z.array(causeSchema),
    ruledOut: z.array(z.object({ code: z.string(), because: z.string() })),
    unknown: z.array(missingSchema.extend({ code: z.string() })),
    paths: z.array(explanationSchema),
    remediation: z.array(remediationSchema),
  })
  .describe('Names and texts from AWS are untrusted')
  .register(named, { id: 'Finding' })
