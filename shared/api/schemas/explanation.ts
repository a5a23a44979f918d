/** `shared/reachability/result.ts` as a schema. */
import * as z from 'zod'
import { named, schemaVersion } from './registry.ts'

export const componentSchema = z
  .object({
    type: z.string().meta({ description: 'such as security-group' }),
    id: z.string(),
    name: z.string().optional(),
  })
  .describe('A part of the configuration; its name is untrusted text')
  .register(named, { id: 'Component' })

const hopSchema = z
  .object({
    sequence: z.int().min(1),
    component: componentSchema,
    direction: z.enum(['egress', 'ingress']).optional(),
    verdict: z.enum(['pass', 'block', 'partial', 'unknown']),
    rule: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).optional())
      .optional()
      .meta({ description: 'The rule or route that decided, in the words of AWS' }),
    explanation: z.string(),
  })
  .describe('A step of the way')
  .register(named, { id: 'Hop' })

const blockerSchema = z
  .object({
    leg: z.enum(['forward', 'return']),
    direction: z.enum(['egress', 'ingress']),
    component: componentSchema,
    awsExplanationCode: z.string(),
    blocked: z.object({ sourcePorts: z.string().optional(), destinationPorts: z.string().optional() }),
    explanation: z.string(),
  })
  .describe('What does not let all of the asked headers pass')
  .register(named, { id: 'Blocker' })

export const missingSchema = z
  .object({ missing: z.string(), because: z.string() })
  .describe('The operation of AWS that would tell')
  .register(named, { id: 'MissingKnowledge' })

export const explanationSchema = z
  .object({
    schemaVersion,
    verdict: z.enum(['reachable', 'partial', 'blocked', 'unknown']),
    flow: z.object({
      protocol: z.string(),
      source: z.string(),
      sourcePorts: z.string(),
      destination: z.string(),
      destinationPorts: z.string(),
    }),
    forward: z.array(hopSchema),
    return: z.array(hopSchema),
    blockers: z.array(blockerSchema),
    unknown: z.array(missingSchema),
  })
  .describe('Can X reach Y: there and back, with every blocker')
  .register(named, { id: 'Explanation' })
