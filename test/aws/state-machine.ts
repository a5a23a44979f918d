/** A deployed state machine, started as its schedule starts it. */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { aws, type Deployment } from './deployment.ts'

interface Execution {
  readonly status: string
  readonly error?: string
  readonly cause?: string
}

/** @returns how it ended */
export async function execute({ region, physicalIds }: Deployment, machine: string): Promise<Execution> {
  const start = `--state-machine-arn ${physicalIds[machine]} --name ${randomUUID()}`
  const { executionArn } = (await aws(region, `stepfunctions start-execution ${start}`)) as {
    readonly executionArn: string
  }
  for (;;) {
    const told = await aws(region, `stepfunctions describe-execution --execution-arn ${executionArn}`)
    const execution = told as Execution
    if (execution.status !== 'RUNNING') return execution
    await wait(500)
  }
}
