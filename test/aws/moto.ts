/** moto_server.py's control endpoints, and the real AWS CLI against it. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

interface TargetHealth {
  readonly targetGroupArn: string
  readonly targetId: string
  /** null: moto's own answer again. */
  readonly state: string | null
  readonly reason?: string
  readonly description?: string
}

export const setTargetHealth = (health: TargetHealth) => control('target-health', health)

/** The operation answers with this error, in one Region or everywhere, until `code` is null. */
export const fail = (operation: string, code: string | null, message = '', region?: string) =>
  control('fail', { operation, code, message, region })

/** Lambda's invocations go to `URL/FUNCTION` from now on. */
export const runFunctionsAt = (url: string) => control('functions', { url })

/** For how long moto was at work on requests to a Region so far, in milliseconds. */
export const busyMilliseconds = async (region: string): Promise<number> =>
  1000 * ((await control('busy', { region })) as { readonly seconds: number }).seconds

async function control(path: string, body: object): Promise<unknown> {
  const answer = await fetch(`${process.env.AWS_ENDPOINT_URL}/_control/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`moto: ${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** Runs a command as a person would paste it; only `aws` is looked up in the tests' Python. */
export async function runAwsCommand(
  command: string,
  region: string,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const python = process.env.HCA_TEST_PYTHON ?? 'python3'
  const script = `set -euo pipefail\naws() { "${python}" -m awscli "$@"; }\n${command}\n`
  const env = { ...process.env, AWS_REGION: region, AWS_DEFAULT_REGION: region, ...more }
  return (await promisify(execFile)('bash', ['-c', script], { env })).stdout
}
