/** The SAM template, transformed as `sam deploy` has it transformed, deployed: the same rules, queues and functions. */
import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { functions, resourceName } from '../../infra/functions.ts'
import { openPaths } from '../../shared/api/site.ts'
import { plain } from '../infra/template.ts'
import { aws } from './deployment.ts'
import { runAwsCommand } from './moto.ts'
import { createPageApi } from './page-api.ts'

const REGION = 'eu-west-2'
const BUCKET = 'hca-sam-code'
const STACK = 'health-check-auditor'
const MINUTES = 60_000

interface SamTemplate {
  readonly Parameters: Readonly<Record<string, { readonly Default?: string }>>
  readonly Conditions: Readonly<Record<string, unknown>>
  readonly Resources: Readonly<Record<string, unknown>>
}

interface Resource {
  readonly LogicalResourceId: string
  readonly PhysicalResourceId: string
  readonly ResourceType: string
}

/** The page's login, and nothing else that is not the default. */
const LOGIN = {
  PageLoginIssuer: 'https://login.bakery.example/tenant',
  PageLoginClientId: 'findings-page',
  PageLoginAudience: 'api://findings',
}

let resources: readonly Resource[]
let transformed: SamTemplate

const physicalId = (logicalId: string) =>
  resources.find(({ LogicalResourceId }) => LogicalResourceId === logicalId)?.PhysicalResourceId

beforeAll(async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'hca-sam-'))
  const python = process.env.HCA_TEST_PYTHON ?? 'python3'
  const script = fileURLToPath(new URL('sam_transform.py', import.meta.url))
  const env = { ...process.env, AWS_DEFAULT_REGION: REGION }
  const run = promisify(execFile)
  const { stdout } = await run(python, [script, 'infra/template.yaml', BUCKET], { env, maxBuffer: 1 << 24 })
  transformed = JSON.parse(stdout)
  const template = join(scratch, 'template.json')
  writeFileSync(template, stdout)

  const where = `--create-bucket-configuration LocationConstraint=${REGION}`
  await runAwsCommand(`aws s3api create-bucket --bucket ${BUCKET} ${where}`, REGION)
  for (const name of Object.keys(functions)) {
    const code = join(scratch, `${name}.zip`)
    await run(python, ['-m', 'zipfile', '-c', code, `dist/functions/${name}/index.mjs`])
    const key = `${resourceName(name)}Function`
    await runAwsCommand(`aws s3api put-object --bucket ${BUCKET} --key ${key} --body ${code}`, REGION)
  }
  const parameters = Object.entries(LOGIN)
    .map(([name, value]) => `ParameterKey=${name},ParameterValue=${value}`)
    .join(' ')
  const capabilities = '--capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND'
  await aws(
    REGION,
    `cloudformation create-stack --stack-name ${STACK} --template-body file://${template} ${capabilities} --parameters ${parameters}`,
  )
  const listed = await aws(REGION, `cloudformation describe-stack-resources --stack-name ${STACK}`)
  resources = (listed as { readonly StackResources: readonly Resource[] }).StackResources
}, 4 * MINUTES)

describe('the stack of the SAM template', () => {
  test('is complete', async () => {
    const { Stacks } = (await aws(REGION, `cloudformation describe-stacks --stack-name ${STACK}`)) as {
      readonly Stacks: readonly { readonly StackStatus: string }[]
    }
    expect(Stacks[0]?.StackStatus).toBe('CREATE_COMPLETE')
  })

  test.each(Object.keys(functions))('has %s, with the settings that it reads', async (name) => {
    const id = physicalId(`${resourceName(name)}Function`)
    const asked = await aws(REGION, `lambda get-function-configuration --function-name ${id}`)
    const { Environment, Runtime } = asked as {
      readonly Runtime: string
      readonly Environment: { readonly Variables: Readonly<Record<string, string>> }
    }
    expect(Runtime).toBe('nodejs24.x')
    expect(Environment.Variables.FINDINGS_TABLE).toBe(physicalId('FindingsTable'))
  })

  test('has a page whose data wants a token of the login', async () => {
    const { Parameters, Conditions: conditions } = transformed
    const defaults = Object.entries(Parameters).map(([name, { Default }]) => [name, Default])
    const parameters = { ...Object.fromEntries(defaults), ...LOGIN }
    const made = await createPageApi(REGION, plain(transformed, { parameters, conditions }))
    expect(made.authorizer).toMatchObject({
      AuthorizerType: 'JWT',
      JwtConfiguration: { Audience: [LOGIN.PageLoginAudience], Issuer: LOGIN.PageLoginIssuer },
    })
    const closed = made.routes.filter(({ AuthorizationType }) => AuthorizationType === 'JWT')
    expect(closed).toMatchObject([
      { RouteKey: 'ANY /api/{proxy+}', AuthorizerId: made.authorizer.AuthorizerId },
    ])
    expect(made.routes).toHaveLength(1 + openPaths.length)
  })

  test('tells query-findings of the login', async () => {
    const id = physicalId('QueryFindingsFunction')
    const asked = await aws(REGION, `lambda get-function-configuration --function-name ${id}`)
    expect(asked).toMatchObject({
      Environment: {
        Variables: {
          LOGIN_ISSUER: LOGIN.PageLoginIssuer,
          LOGIN_CLIENT_ID: LOGIN.PageLoginClientId,
          LOGIN_AUDIENCE: LOGIN.PageLoginAudience,
        },
      },
    })
  })

  test('lets what its rules want from the bus into the queue, and nothing else', async () => {
    const entry = (detailType: string) => ({
      EventBusName: physicalId('EventBus'),
      Source: 'health-check-auditor',
      DetailType: detailType,
      Detail: '{"bakery":"night"}',
    })
    const entries = JSON.stringify([entry('Target Health Changed'), entry('Bread Baked')])
    await aws(REGION, `events put-events --entries '${entries}'`)
    const queue = physicalId('AuditTargetHealthQueue')
    const { Messages = [] } = (await aws(
      REGION,
      `sqs receive-message --queue-url ${queue} --max-number-of-messages 10 --wait-time-seconds 2`,
    )) as { readonly Messages?: readonly { readonly Body: string }[] }
    expect(Messages.map(({ Body }) => JSON.parse(Body)['detail-type'])).toEqual(['Target Health Changed'])
  })
})
