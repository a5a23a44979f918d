/** The real CDK app, deployed by the real CDK command line, and its functions as Lambda would run them. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { resourceName } from '../../infra/functions.ts'
import { runAwsCommand } from './moto.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const scratch = mkdtempSync(join(tmpdir(), 'hca-deploy-'))
const run = promisify(execFile)
const ACCOUNT = '123456789012'
const STACK = 'HealthCheckAuditor'

/** The word by which members know their hub. */
export const EXTERNAL_ID = 'night-shift'
const HUB = ['members=222233334444/eu-west-1', `memberExternalId=${EXTERNAL_ID}`]

export interface Deployment {
  readonly region: string
  readonly outputs: Readonly<Record<string, string>>
  /** Logical id, without CDK's prefix and hash -> physical id. */
  readonly physicalIds: Readonly<Record<string, string>>
  /** The template, as CDK made it. */
  readonly templateFile: string
}

/**
 * Bootstraps the Region and deploys a hub.
 * @param settings `name=value`; the members are somebody whom nobody asks, if these name none
 */
export async function deploy(region: string, settings: readonly string[] = []): Promise<Deployment> {
  const out = join(scratch, 'cdk.out')
  const outputsFile = join(scratch, 'outputs.json')
  await cdk(region, ['bootstrap', `aws://${ACCOUNT}/${region}`])
  const how = [
    '--require-approval',
    'never',
    '--method',
    'direct',
    '--output',
    out,
    '--outputs-file',
    outputsFile,
    ...[...HUB, ...settings].flatMap((setting) => ['-c', setting]),
  ]
  await cdk(region, ['deploy', ...how])
  const listed = await aws(region, `cloudformation describe-stack-resources --stack-name ${STACK}`)
  const { StackResources } = listed as { readonly StackResources: readonly Record<string, string>[] }
  return {
    region,
    outputs: JSON.parse(readFileSync(outputsFile, 'utf8'))[STACK],
    physicalIds: Object.fromEntries(
      StackResources.map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [
        LogicalResourceId.replace(/^Auditor(.+)[0-9A-F]{8}$/, '$1'),
        PhysicalResourceId,
      ]),
    ),
    templateFile: join(out, `${STACK}.template.json`),
  }
}

async function cdk(region: string, args: readonly string[]): Promise<void> {
  const url = new URL(process.env.AWS_ENDPOINT_URL ?? '')
  // moto finds the bucket of a template by the URL's host: S3 has to be another one than CloudFormation.
  const urls = {
    AWS_ENDPOINT_URL: `http://localhost:${url.port}`,
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${url.port}`,
  }
  const env = { ...process.env, ...urls, AWS_REGION: region, AWS_DEFAULT_REGION: region }
  try {
    await run('npx', ['cdk', ...args, '--no-color', '--no-notices'], { cwd: root, env, maxBuffer: 1 << 26 })
  } catch (error) {
    throw new Error(`cdk ${args[0]}: ${(error as { readonly stderr?: string }).stderr ?? error}`)
  }
}

/** An AWS CLI command, with its answer. The CLI does not take SQS's endpoint from the environment. */
export const aws = async (
  region: string,
  command: string,
  more: Readonly<Record<string, string>> = {},
): Promise<unknown> => {
  const endpoint = `--endpoint-url ${process.env.AWS_ENDPOINT_URL}`
  const text = await runAwsCommand(`aws ${command} ${endpoint} --output json`, region, more)
  return JSON.parse(text || '{}')
}

const INVOKE = `
  const [bundle, event] = process.argv.slice(1)
  const { handler } = await import(bundle)
  const result = await handler(JSON.parse(event), { awsRequestId: 'test', getRemainingTimeInMillis: () => 30_000 })
  console.log('RESULT ' + JSON.stringify(result))
`

/**
 * Runs the deployed bundle in a process of its own, with the environment that the deployed function has.
 * @throws Error with its log when it reports failures
 */
export async function invoke(deployment: Deployment, name: string, event: unknown): Promise<unknown> {
  const env = { ...process.env, ...(await settingsOf(deployment, name)) }
  const bundle = join(root, 'dist', 'functions', name, 'index.mjs')
  const args = ['--input-type=module', '-e', INVOKE, bundle, JSON.stringify(event)]
  const { stdout, stderr } = await run(process.execPath, args, { cwd: scratch, env })
  const result = /^RESULT (.*)$/m.exec(stdout)?.[1]
  if (result === undefined || result.includes('"itemIdentifier"'))
    throw new Error(`${name}:\n${stdout}\n${stderr}`)
  return JSON.parse(result)
}

export const physicalIdOf = ({ physicalIds }: Deployment, name: string): string =>
  physicalIds[`${resourceName(name)}Function`] ?? ''

/** The environment of a deployed function. */
export async function settingsOf(
  deployment: Deployment,
  name: string,
): Promise<Readonly<Record<string, string>>> {
  const { region } = deployment
  const id = physicalIdOf(deployment, name)
  const asked = await aws(region, `lambda get-function-configuration --function-name ${id}`)
  const { Environment } = asked as { readonly Environment: { readonly Variables: Record<string, string> } }
  return { ...Environment.Variables, AWS_REGION: region }
}

/** Takes what waits in a queue. @returns the bodies */
export async function receive({ region }: Deployment, queueUrl: string): Promise<readonly string[]> {
  const command = `sqs receive-message --queue-url ${queueUrl} --max-number-of-messages 10 --wait-time-seconds 2`
  const { Messages = [] } = (await aws(region, command)) as {
    readonly Messages?: readonly { readonly Body: string; readonly ReceiptHandle: string }[]
  }
  for (const { ReceiptHandle } of Messages)
    await aws(region, `sqs delete-message --queue-url ${queueUrl} --receipt-handle '${ReceiptHandle}'`)
  return Messages.map(({ Body }) => Body)
}
