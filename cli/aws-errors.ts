/** Why AWS could not be asked, in one line that says what to do. */
import { InputError } from '../shared/input-error.ts'

interface AwsError extends Error {
  readonly code?: string
  readonly hostname?: string
  readonly errors?: readonly AwsError[]
}

type Explain = (error: AwsError, endpoint: string) => string

const credentialsMissing: Explain = (error) =>
  `no usable AWS credentials (${error.message}): give --profile, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`
const credentialsRefused: Explain = (error) =>
  `AWS refuses the credentials (${error.message}): log in again, or choose others with --profile`
const unreachable: Explain = (error, endpoint) =>
  `cannot reach ${endpoint} (${reasonOf(error)}): check --endpoint-url, --region and the network`

/** By the SDK's error name, or by Node's error code. */
const explanations: Readonly<Record<string, Explain>> = {
  CredentialsProviderError: credentialsMissing,
  TokenProviderError: credentialsMissing,
  ExpiredToken: credentialsRefused,
  ExpiredTokenException: credentialsRefused,
  InvalidClientTokenId: credentialsRefused,
  UnrecognizedClientException: credentialsRefused,
  SignatureDoesNotMatch: credentialsRefused,
  AuthFailure: credentialsRefused,
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  EHOSTUNREACH: unreachable,
  ETIMEDOUT: unreachable,
  TimeoutError: unreachable,
  ERR_INVALID_URL: (error, endpoint) =>
    `--endpoint-url ${endpoint}: ${error.message}, expected http(s)://HOST[:PORT]`,
  TargetGroupNotFound: (error) => `unknown target group: ${error.message}`,
  TargetGroupNotFoundException: (error) => `unknown target group: ${error.message}`,
  ClusterNotFoundException: (error) => `unknown cluster: ${error.message}`,
  ServiceNotFound: (error) => `unknown service: ${error.message}`,
  TaskNotFound: (error) => `unknown task: ${error.message}`,
}

/** @returns an InputError for what a person can put right; anything else as it came. */
export function explainAwsError(error: unknown, endpointUrl: string | undefined): unknown {
  if (!(error instanceof Error) || error instanceof InputError) return error
  const endpoint = endpointUrl ?? process.env.AWS_ENDPOINT_URL ?? 'AWS'
  if (/region is missing|region=""/i.test(error.message))
    return new InputError('no AWS Region: give --region, or set AWS_REGION')
  if (/invalid (configuration: )?region|not a valid hostname component/i.test(error.message))
    return new InputError(`--region: ${error.message}, expected a Region such as eu-central-1`)
  const { name, code } = error as AwsError
  const explain = explanations[code ?? ''] ?? explanations[name]
  if (explain) return new InputError(explain(error, endpoint))
  return isAwsAnswer(error) ? new InputError(`AWS: ${name}: ${error.message}`) : error
}

const isAwsAnswer = (error: object) => '$metadata' in error

/** Node gathers one error per address of a host, and leaves the message empty. */
const reasonOf = (error: AwsError) => error.message || error.errors?.[0]?.message || error.code || error.name
