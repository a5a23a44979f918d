/** Which AWS operations the code of a function can call, read from the sources that end up in its bundle. */
import { readFileSync } from 'node:fs'
import { build, type Metafile } from 'esbuild'
import { functions } from '../../infra/functions.ts'

/** Package of the SDK -> prefix of its IAM actions. Where they differ, the service authorization reference says so. */
const prefixes: Readonly<Record<string, string>> = {
  'client-api-gateway': 'apigateway',
  'client-apigatewayv2': 'apigateway',
  'client-cloudtrail': 'cloudtrail',
  'client-cloudwatch-logs': 'logs',
  'client-dynamodb': 'dynamodb',
  'client-ec2': 'ec2',
  'client-ecr': 'ecr',
  'client-ecs': 'ecs',
  'client-efs': 'elasticfilesystem',
  'client-elastic-load-balancing-v2': 'elasticloadbalancing',
  'client-eventbridge': 'events',
  'client-iam': 'iam',
  'client-opensearchserverless': 'aoss',
  'client-route-53': 'route53',
  'client-s3': 's3',
  'client-secrets-manager': 'secretsmanager',
  'client-sns': 'sns',
  'client-ssm': 'ssm',
  'client-sts': 'sts',
  'lib-dynamodb': 'dynamodb',
}

/** Needs no permission: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const FREE = 'sts:GetCallerIdentity'

/** What an action needs beside itself: without ListBucket S3 says AccessDenied of what is not there. */
const alsoNeeded: Readonly<Record<string, readonly string[]>> = { 's3:GetObject': ['s3:ListBucket'] }

/** Function -> the project's own sources in its bundle. */
export async function sourcesInBundles(): Promise<Readonly<Record<string, readonly string[]>>> {
  const { metafile } = await build({
    entryPoints: Object.keys(functions).map((name) => `functions/${name}.ts`),
    outdir: 'unwritten',
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
  const bundles = Object.values(metafile.outputs).flatMap(({ entryPoint, inputs }) =>
    entryPoint ? [[nameOf(entryPoint), keptOf(inputs)] as const] : [],
  )
  return Object.fromEntries(bundles)
}

const nameOf = (entryPoint: string) => entryPoint.replace(/^functions\/|\.ts$/g, '')
const keptOf = (inputs: Metafile['outputs'][string]['inputs']) =>
  Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []))

/** @returns IAM actions */
export async function actionsCalledBy(sources: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await Promise.all(sources.map((path) => actionsIn(readFileSync(path, 'utf8'))))
  const actions = new Set(found.flat().flatMap((one) => [one, ...(alsoNeeded[one] ?? [])]))
  actions.delete(FREE)
  return actions
}

async function actionsIn(source: string): Promise<readonly string[]> {
  const imported = [...source.matchAll(/import (?!type )\{([^}]+)\} from '@aws-sdk\/([\w-]+)'/g)]
  const commands = imported.flatMap(([, names = '', sdk = '']) =>
    names.split(',').flatMap((name) => actionOf(name.trim(), sdk)),
  )
  return [...commands, ...(await methodsIn(source))]
}

/** `DescribeVpcsCommand`, `paginateDescribeVpcs`; not a client, and not a type. */
function actionOf(name: string, sdk: string): readonly string[] {
  const operation = /^paginate(\w+)$/.exec(name)?.[1] ?? /^(?!type )(\w+)Command$/.exec(name)?.[1]
  return operation ? [action(sdk, operation)] : []
}

function action(sdk: string, operation: string): string {
  const prefix = prefixes[sdk]
  if (!prefix) throw new Error(`${sdk}: say in test/infra/sdk-calls.ts what its IAM actions begin with`)
  if (prefix === 'apigateway') return 'apigateway:GET'
  return `${prefix}:${sdk === 'lib-dynamodb' && /^(Get|Put|Delete|Update)$/.test(operation) ? `${operation}Item` : operation}`
}

/** Clients that load when they are needed have methods: `ecr.describeImages(...)`, `iam.paginateListRolePolicies(...)`. */
async function methodsIn(source: string): Promise<readonly string[]> {
  const services = [...source.matchAll(/further\(\s*'(\w+)'/g)].map(([, service = '']) => service)
  const methods = [...source.matchAll(/\.(paginate)?([A-Za-z]\w+)\(/g)].map(([, , method = '']) => method)
  const found = await Promise.all(
    services.map(async (service) => {
      const sdk = furtherPackages[service]
      if (!sdk) throw new Error(`${service}: say in test/infra/sdk-calls.ts which package it is`)
      const exported = Object.keys(await import(`@aws-sdk/${sdk}`))
      return methods.flatMap((method) => {
        const operation = method.charAt(0).toUpperCase() + method.slice(1)
        return exported.includes(`${operation}Command`) ? [action(sdk, operation)] : []
      })
    }),
  )
  return found.flat()
}

/** shared/snapshot/collect/further-clients.ts */
const furtherPackages: Readonly<Record<string, string>> = {
  iam: 'client-iam',
  logs: 'client-cloudwatch-logs',
  ecr: 'client-ecr',
  secretsmanager: 'client-secrets-manager',
  ssm: 'client-ssm',
  efs: 'client-efs',
  apigateway: 'client-api-gateway',
  apigatewayv2: 'client-apigatewayv2',
  opensearchserverless: 'client-opensearchserverless',
  cloudtrail: 'client-cloudtrail',
  route53: 'client-route-53',
}
