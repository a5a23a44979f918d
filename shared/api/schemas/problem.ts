import * as z from 'zod'
import { type ProblemCode, problemStatuses } from '../problem.ts'
import { named } from './registry.ts'

const codes = Object.keys(problemStatuses) as ProblemCode[]

export const problemSchema = z
  .object({ error: z.object({ code: z.enum(codes), message: z.string() }) })
  .describe('What was given, what is allowed, and what to do')
  .register(named, { id: 'Problem' })
