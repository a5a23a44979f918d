/** Which AWS service a text speaks of, named as in the last part of its endpoint's service name: `ecr.api`. */

interface KnownHost {
  readonly host: RegExp
  readonly service: string
}

const REGION = '([a-z]{2,4}(?:-[a-z]+)+-\\d+)'
const host = (front: string): RegExp => new RegExp(`^${front}(?:-fips)?\\.${REGION}\\.`)

/** The Region is in the first group. */
const hosts: readonly KnownHost[] = [
  { host: host('api\\.ecr'), service: 'ecr.api' },
  { host: host('ecr'), service: 'ecr.api' },
  { host: host('\\d{12}\\.dkr[.-]ecr'), service: 'ecr.dkr' },
  { host: host('(?:[\\w.-]+\\.)?s3(?:\\.dualstack)?'), service: 's3' },
  { host: host('secretsmanager'), service: 'secretsmanager' },
  { host: host('ssm'), service: 'ssm' },
  { host: host('logs'), service: 'logs' },
  { host: host('kms'), service: 'kms' },
  { host: host('fs-[0-9a-f]+\\.efs'), service: 'efs' },
  { host: host('ecs-a(?:-\\d+)?'), service: 'ecs-agent' },
  { host: host('ecs-t(?:-\\d+)?'), service: 'ecs-telemetry' },
  { host: host('ecs'), service: 'ecs' },
]

/** As the SDK names them: `operation error Secrets Manager: GetSecretValue`. */
const operations: Readonly<Record<string, string>> = {
  ECR: 'ecr.api',
  S3: 's3',
  'Secrets Manager': 'secretsmanager',
  SSM: 'ssm',
  'CloudWatch Logs': 'logs',
  KMS: 'kms',
}

export function serviceOfHost(
  name: string,
): { readonly service: string; readonly region: string } | undefined {
  for (const known of hosts) {
    const region = known.host.exec(name)?.[1]
    if (region !== undefined) return { service: known.service, region }
  }
  return undefined
}

export const serviceOfOperation = (name: string): string | undefined =>
  Object.hasOwn(operations, name) ? operations[name] : undefined
