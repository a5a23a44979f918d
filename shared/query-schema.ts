/** A question of `hca explain --queries` and of POST /explain. */
import * as z from 'zod'

/** Programs write null for what they leave out. */
const optional = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => value ?? undefined)

export const querySchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  protocol: optional,
  port: optional,
  sourcePort: optional,
})
