/** Which objects a recorded API call changed: ids and ARNs in its parameters and in what AWS answered. */
import type { ObjectKind } from './configuration-calls.ts'

/** Rules name other groups, prefix lists and addresses; those are not what was changed. */
const ABOUT_OTHERS = /^(ipPermissions|securityGroupRules?|referencedGroupId|ipPermissionsToRevoke)$/i

const ARN_KINDS: Partial<Record<ObjectKind, RegExp>> = {
  loadbalancer: /^arn:[^:]+:elasticloadbalancing:[^:]+:\d{12}:loadbalancer\/(app|net|gwy)\//,
  targetgroup: /^arn:[^:]+:elasticloadbalancing:[^:]+:\d{12}:targetgroup\//,
  service: /^arn:[^:]+:ecs:[^:]+:\d{12}:service\//,
  policy: /^arn:[^:]+:iam::[^:]*:policy\//,
}

/** `.../listener/app/NAME/ID/...` and `.../listener-rule/app/NAME/ID/...` belong to `.../loadbalancer/app/NAME/ID`. */
const OF_BALANCER =
  /^(arn:[^:]+:elasticloadbalancing:[^:]+:\d{12}:)listener(?:-rule)?\/((?:app|net|gwy)\/[^/]+\/[^/]+)/

/** Every object has one name here: an id, an ARN, `role/NAME`, or `public-access`. */
export function changedObjects(kinds: readonly ObjectKind[], parts: readonly unknown[]): readonly string[] {
  const texts = parts.flatMap((part) => [...textsIn(part, '')])
  const found = texts.flatMap(([key, text]) => objectIn(kinds, key, text) ?? [])
  return [...new Set(kinds.includes('public-access') ? [...found, 'public-access'] : found)]
}

function objectIn(kinds: readonly ObjectKind[], key: string, text: string): string | undefined {
  if (kinds.includes('role') && key === 'roleName') return `role/${text}`
  const balancer = OF_BALANCER.exec(text)
  if (balancer && kinds.includes('loadbalancer')) return `${balancer[1]}loadbalancer/${balancer[2]}`
  const named = kinds.some((kind) => {
    const arn = ARN_KINDS[kind]
    return arn ? arn.test(text) : new RegExp(`^${kind}-[0-9a-f]+$`).test(text)
  })
  return named ? text : undefined
}

const MAX_DEPTH = 8

function* textsIn(value: unknown, key: string, depth = 0): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [key, value]
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return
  for (const [name, inner] of Object.entries(value)) {
    if (ABOUT_OTHERS.test(name)) continue
    yield* textsIn(inner, Array.isArray(value) ? key : name, depth + 1)
  }
}
