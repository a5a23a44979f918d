/** Validates a snapshot (contract, section 1) and reports the first broken place as one line. */
import * as z from 'zod'
import { InputError } from '../input-error.ts'
import { keyedOperations, unkeyedOperations } from './operations.ts'
import type { Snapshot } from './types.ts'

const optionalShapes = (shapes: Record<string, z.ZodType>) =>
  Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, shape.optional()]))

const keyedShapes = Object.fromEntries(
  Object.entries(keyedOperations).map(([name, shape]) => [name, z.record(z.string(), shape).optional()]),
)

const collectError = z.object({ name: z.string(), message: z.string().default('') })

const scope = z.object({
  accountId: z.string().regex(/^\d{12}$/, 'not a 12-digit account id'),
  region: z.string().min(1),
  coverage: z.enum(['region', 'selection']).default('region'),
  responses: z.object({ ...optionalShapes(unkeyedOperations), ...keyedShapes }).default({}),
  errors: z.record(z.string(), collectError).default({}),
})

type Place = Pick<z.infer<typeof scope>, 'accountId' | 'region'>

const isSamePlace = (one: Place, other: Place): boolean =>
  one.accountId === other.accountId && one.region === other.region

const snapshot = z.object({
  schemaVersion: z.literal('1', {
    error: (issue) => `given ${JSON.stringify(issue.input)}, this version reads "1"`,
  }),
  collectedAt: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'not a point in time'),
  scopes: z.array(scope).superRefine((scopes, context) => {
    const second = scopes.findIndex(
      (one, index) => scopes.findIndex((other) => isSamePlace(one, other)) < index,
    )
    if (second < 0) return
    const { accountId, region } = scopes[second] as Place
    const message = `account ${accountId} in ${region} stands there twice: a snapshot has one scope of each`
    context.addIssue({ code: 'custom', path: [second], message })
  }),
})

/** @throws InputError naming the place, as in `scopes[0].responses["ec2:DescribeSubnets"].Subnets[3].CidrBlock: ...` */
export function parseSnapshot(json: unknown, name = 'snapshot'): Snapshot {
  const result = snapshot.safeParse(json)
  if (result.success) return result.data as unknown as Snapshot
  const [first, ...rest] = result.error.issues
  const more = rest.length > 0 ? ` (and ${rest.length} more)` : ''
  throw new InputError(`snapshot ${name}: ${place(first?.path ?? [])}${first?.message ?? 'invalid'}${more}`)
}

function place(path: readonly PropertyKey[]): string {
  if (path.length === 0) return ''
  return `${path.map(step).join('').replace(/^\./, '')}: `
}

function step(key: PropertyKey): string {
  if (typeof key === 'number') return `[${key}]`
  const name = String(key)
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
}
