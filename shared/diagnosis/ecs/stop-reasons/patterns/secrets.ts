/**
 * What is fetched before any container starts: registry login, secrets, parameters, environment files.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-not-found-error.html
 */
import type { StopPattern } from '../pattern.ts'

const category = 'ResourceInitializationError'

export const secretPatterns: readonly StopPattern[] = [
  {
    id: 'kms-not-allowed',
    category,
    aims: ['authorization'],
    text: /access to kms is not allowed|not authorized to perform: kms:|the ciphertext refers to a customer master key/i,
  },
  {
    id: 'secret-without-key',
    category,
    aims: ['secret'],
    text: /did not contain json key|invalid character .{1,12} looking for beginning of|(?:unable|failed) to (?:parse|unmarshal)\b.*\bsecret|an invalid arn format for (?:the )?aws secrets manager/i,
    service: 'secretsmanager',
  },
  {
    id: 'secret-without-value',
    category,
    aims: ['secret'],
    text: /can't find the specified secret value/i,
    service: 'secretsmanager',
  },
  {
    id: 'secret-not-found',
    category: 'ResourceNotFoundException',
    aims: ['secret', 'authorization', 'network'],
    text: /can't (?:retrieve the secret with arn|find the specified secret)/i,
    service: 'secretsmanager',
  },
  {
    id: 'parameter-not-found',
    category,
    aims: ['secret'],
    text: /invalid (?:ssm )?parameters?: |parameternotfound/i,
    service: 'ssm',
  },
  {
    id: 'secret-not-fetched',
    category,
    aims: ['network', 'authorization', 'secret'],
    text: /unable to retrieve secrets?(?:\(s\))? (?:or \w+ )?from asm|secrets? from (?:aws )?secrets manager|failed to fetch secret|between the task and aws secrets manager/i,
    service: 'secretsmanager',
  },
  {
    id: 'parameter-not-fetched',
    category,
    aims: ['network', 'authorization', 'secret'],
    text: /unable to retrieve secrets?(?:\(s\))? from ssm|secrets? from aws systems manager|fetching secret data from ssm/i,
    service: 'ssm',
  },
  {
    id: 'registry-login-not-fetched',
    category,
    aims: ['network', 'authorization'],
    text: /ecr registry auth|registry auth from amazon ecr/i,
    service: 'ecr.api',
  },
  {
    id: 'environment-file-not-fetched',
    category,
    aims: ['network', 'authorization', 'environment-file'],
    text: /failed to download env files|can't download the environment variable files/i,
    service: 's3',
  },
  {
    id: 'pull-command-killed',
    category,
    aims: ['network'],
    text: /pull command failed: ?(?:: )?signal: killed|check your task network configuration\.? ?: ?signal: killed/i,
  },
  {
    id: 'secrets-or-login',
    category,
    aims: ['network', 'authorization', 'secret'],
    text: /unable to pull secrets or registry auth/i,
  },
  {
    id: 'role-not-assumed',
    category: 'TaskFailedToStart',
    aims: ['trust'],
    text: /ecs was unable to assume the role/i,
  },
]
