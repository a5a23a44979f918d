/** A service that cannot start, from real API responses to the printed fix, and audited again after it was made. */
import { ECS } from '@aws-sdk/client-ecs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Finding } from '../../shared/findings/finding.ts'
import { audit, collect, hca } from './hca.ts'
import { runAwsCommand } from './moto.ts'
import { createPostOffice } from './post-office.ts'

const REGION = 'us-west-2'
const live = ['--region', REGION, '--endpoint-url', process.env.AWS_ENDPOINT_URL ?? '']

const selected = ['--service', 'post/counter']

let office: Awaited<ReturnType<typeof createPostOffice>>

beforeAll(async () => {
  office = await createPostOffice(REGION)
})

const codesOf = ({ rootCause, otherCauses }: Finding) => [rootCause, ...otherCauses].map(({ code }) => code)

describe('a service in a private subnet without endpoints for ECR and logs', () => {
  let found: Finding

  test('the endpoints are the root cause, and the log group that the role may not make comes after', async () => {
    const { exitCode, stdout } = await hca(['audit', ...live, ...selected, '--output', 'json'])
    const { findings } = JSON.parse(stdout) as { findings: readonly Finding[] }
    const [finding] = findings
    if (!finding) throw new Error('nothing found')
    found = finding
    expect(findings).toHaveLength(1)
    expect(found.subject).toMatchObject({ kind: 'ecs-service', arn: office.service })
    expect(found.rootCause).toMatchObject({ code: 'ecs.vpce-missing', confidence: 'proven' })
    expect(found.rootCause.title).toMatch(/ecr\.api.*ecr\.dkr.*logs/)
    expect(codesOf(found)).toContain('ecs.exec-role-permission')
    expect(JSON.stringify(found)).toContain('logs:CreateLogGroup')
    expect(found.unknown).toEqual([])
    expect(exitCode).toBe(1)
  })

  test('the whole Region says the same', async () => {
    const { file, snapshot } = await collect('post-region.json', live)
    expect(snapshot.scopes[0]).toMatchObject({ coverage: 'region', errors: {} })
    const { findings } = await audit(file)
    expect(findings.map(({ id, rootCause }) => ({ id, code: rootCause.code }))).toEqual([
      { id: found.id, code: found.rootCause.code },
    ])
  })

  test('after the printed commands were run, nothing keeps the tasks from starting', async () => {
    const [cure] = found.remediation
    expect(cure?.verified).toBe(true)
    const commands = cure?.steps.flatMap((step) => step.cli) ?? []
    expect(commands.length).toBeGreaterThan(3)
    for (const command of commands) await runAwsCommand(command, REGION)
    // ECS would start the task by itself; moto has to be told.
    const awsvpcConfiguration = { subnets: [office.subnet], securityGroups: [office.group] }
    await new ECS({ region: REGION }).runTask({
      cluster: 'post',
      taskDefinition: office.taskDefinition,
      group: 'service:counter',
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration },
    })
    const { file } = await collect('post-after.json', [...live, ...selected])
    const { exitCode, findings } = await audit(file, selected)
    expect(findings).toEqual([])
    expect(exitCode).toBe(0)
  })
})
