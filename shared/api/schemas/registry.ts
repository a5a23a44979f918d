import * as z from 'zod'

/** Schemas with a name of their own in the OpenAPI document. */
export const named = z.registry<{ readonly id: string }>()

export const moment = z.string().meta({ format: 'date-time', description: 'ISO 8601, UTC' })

export const SCHEMA_VERSION = '1' as const
export const schemaVersion = z.literal(SCHEMA_VERSION)
