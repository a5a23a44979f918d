/** Container definitions as ECS's API has them, for CloudFormation and Terraform. */

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json }
type JsonObject = { readonly [key: string]: Json }

/** Values of a patch come from our own causes: they are JSON. */
export const valuesOf = (fields: { readonly [field: string]: unknown }): JsonObject =>
  JSON.parse(JSON.stringify(fields)) as JsonObject

/** Maps whose keys the user chose. */
const MAPS = ['options', 'dockerLabels', 'driverOpts', 'labels']

/** CloudFormation writes the API's camelCase names with a capital. */
export function propertiesOf(value: Json): Json {
  if (isList(value)) return value.map(propertiesOf)
  if (typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      capital(key),
      MAPS.includes(key) ? item : propertiesOf(item),
    ]),
  )
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
